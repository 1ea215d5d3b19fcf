/** A long list of choices with a field that narrows it; the field keeps the focus. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { closePop } from "streamdesk/store/panes.js";

/**
 * @typedef {{ key: string | number, text: string, mark?: unknown, about?: string, chosen: boolean, run: () => void }} Option
 */

/** @param {{ label: string, placeholder: string, options: Option[], many?: boolean }} props */
export function Picker({ label, placeholder, options, many }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const asked = useSignal("");
  const at = useSignal(0);
  useEffect(() => field.current?.focus(), []);
  const words = asked.value.trim().toLowerCase();
  const found = options.filter((one) => one.text.toLowerCase().includes(words));
  const index = Math.min(at.value, Math.max(0, found.length - 1));
  useEffect(() => list.current?.children[index]?.scrollIntoView({ block: "nearest" }), [index]);

  const pick = (/** @type {Option | undefined} */ one) => {
    if (!one) return;
    if (!many) closePop();
    one.run();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const last = found.length - 1;
    const steps = /** @type {Record<string, number>} */ ({ ArrowDown: index >= last ? 0 : index + 1, ArrowUp: index <= 0 ? last : index - 1, Home: 0, End: last });
    if (event.key === "Escape" || event.key === "Tab") closePop();
    else if (event.key === "Enter") pick(found[index]);
    else if (event.key in steps && found.length) at.value = /** @type {number} */ (steps[event.key]);
    else return;
    event.preventDefault();
  };
  const onInput = (/** @type {InputEvent} */ event) => {
    asked.value = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    at.value = 0;
  };
  return html`<label><${Icon} name="search" small /><input ref=${field} role="combobox" aria-expanded="true" aria-controls="picks" aria-activedescendant=${found[index] ? `pick-${index}` : null} aria-label=${label} placeholder=${placeholder} value=${asked.value} onInput=${onInput} onKeyDown=${onKeyDown} /></label>
    <div id="picks" role="listbox" aria-label=${label} aria-multiselectable=${many ? "true" : null} ref=${list}>${found.map((one, n) => html`<div key=${one.key} id=${`pick-${n}`} class=${`opt${n === index ? " here" : ""}`} role="option" aria-selected=${n === index} onClick=${() => pick(one)} onMouseMove=${() => (at.value = n)}>${one.mark}<span class="cut" dir="auto">${one.text}</span><span class="push sm low">${one.about}</span>${one.chosen ? html`<${Icon} name="check" class="tick" label="Chosen" />` : null}</div>`)}</div>
    ${found.length ? null : html`<p class="nothing">Nothing for “${asked.value}”</p>`}`;
}

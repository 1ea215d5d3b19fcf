/** A long list of choices with a field that narrows it; the field keeps the focus. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { closePop } from "streamdesk/store/panes.js";

/**
 * @typedef {{
 *   key: string | number, text: string, mark?: unknown, about?: string, chosen: boolean,
 *   run: () => void
 * }} Choice
 */

/**
 * Where an arrow, Home or End leads in a list; undefined for other keys.
 * @param {string} key
 * @param {number} at
 * @param {number} length
 */
export function moved(key, at, length) {
  if (!length) return undefined;
  if (key === "ArrowDown") return at >= length - 1 ? 0 : at + 1;
  if (key === "ArrowUp") return at <= 0 ? length - 1 : at - 1;
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : undefined;
}

/** @param {{ one: Choice, n: number, here: boolean, pick: () => void, point: () => void }} props */
const Option = ({ one, n, here, pick, point }) => html`
  <div
    id=${`pick-${n}`}
    class="opt"
    role="option"
    aria-selected=${here}
    onClick=${pick}
    onMouseMove=${point}
  >
    ${one.mark}
    <span class="cut" dir="auto">${one.text}</span>
    <span class="push sm low">${one.about}</span>
    ${one.chosen ? html`<${Icon} name="check" class="tick" label="Chosen" />` : null}
  </div>
`;

/** @param {{ label: string, placeholder: string, options: Choice[], many?: boolean }} props */
export function Picker({ label, placeholder, options, many }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const asked = useSignal("");
  const at = useSignal(0);
  const words = asked.value.trim().toLowerCase();
  const found = options.filter((one) => one.text.toLowerCase().includes(words));
  const index = Math.min(at.value, Math.max(0, found.length - 1));
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEffect(() => list.current?.children[index]?.scrollIntoView({ block: "nearest" }), [index]);

  const pick = (/** @type {Choice | undefined} */ one) => {
    if (!one) return;
    if (!many) closePop();
    one.run();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const to = moved(event.key, index, found.length);
    if (event.key === "Escape" || event.key === "Tab") closePop();
    else if (event.key === "Enter") pick(found[index]);
    else if (to !== undefined) at.value = to;
    else return;
    event.preventDefault();
  };
  const onInput = () => {
    asked.value = field.current?.value ?? "";
    at.value = 0;
  };
  return html`
    <label>
      <${Icon} name="search" small />
      <input
        ref=${field}
        role="combobox"
        aria-expanded="true"
        aria-controls="picks"
        aria-activedescendant=${found.length ? `pick-${index}` : null}
        aria-label=${label}
        placeholder=${placeholder}
        value=${asked.value}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
      />
    </label>
    <div
      id="picks"
      role="listbox"
      aria-label=${label}
      aria-multiselectable=${many ? "true" : null}
      ref=${list}
    >
      ${found.map(
        (one, n) => html`<${Option}
          key=${one.key}
          one=${one}
          n=${n}
          here=${n === index}
          pick=${() => pick(one)}
          point=${() => (at.value = n)}
        />`,
      )}
    </div>
    ${found.length ? null : html`<p class="nothing">Nothing for “${asked.value}”</p>`}
  `;
}

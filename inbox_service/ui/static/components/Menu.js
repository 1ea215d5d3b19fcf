/** A short list of choices: arrows, Home, End, Enter, Esc, and typing goes to what begins so. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { closePop } from "streamdesk/store/panes.js";

/**
 * @typedef {{ label: string, icon?: string, hint?: unknown, checked?: boolean, href?: string, apart?: boolean, run?: () => void, stay?: boolean }} Choice
 */

/** @param {KeyboardEvent} event @param {HTMLElement[]} options */
function moveWithin(event, options) {
  const at = options.findIndex((one) => one === document.activeElement);
  const last = options.length - 1;
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : "";
  const to =
    event.key === "ArrowDown" ? (at >= last ? 0 : at + 1)
    : event.key === "ArrowUp" ? (at <= 0 ? last : at - 1)
    : event.key === "Home" ? 0
    : event.key === "End" ? last
    : letter ? [...options.keys()].map((n) => (at + 1 + n) % options.length).find((n) => options[n]?.textContent?.trim().toLowerCase().startsWith(letter)) ?? -1
    : -1;
  if (to < 0) return;
  event.preventDefault();
  options[to]?.focus();
}

/** @param {{ label: string, choices: Choice[] }} props */
export function Menu({ label, choices }) {
  const menu = useRef(/** @type {HTMLDivElement | null} */ (null));
  const options = () => /** @type {HTMLElement[]} */ ([...(menu.current?.querySelectorAll(".opt") ?? [])]);
  useEffect(() => {
    const all = options();
    (all.find((one) => one.getAttribute("aria-checked") === "true") ?? all[0])?.focus();
  }, []);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closePop();
    } else {
      moveWithin(event, options());
    }
  };
  const chosen = choices.some((one) => one.checked !== undefined);
  return html`<div role="menu" aria-label=${label} ref=${menu} onKeyDown=${onKeyDown}>${choices.map((one) => {
    const role = chosen ? "menuitemradio" : "menuitem";
    const inside = html`${one.icon ? html`<${Icon} name=${one.icon} />` : null}<span class="cut">${one.label}</span>${one.checked ? html`<${Icon} name="check" class="push tick" />` : html`<span class="push sm low num">${one.hint}</span>`}`;
    const run = () => {
      if (!one.stay) closePop();
      one.run?.();
    };
    return html`${one.apart ? html`<hr role="separator" />` : null}${one.href
      ? html`<a key=${one.label} class="opt" role=${role} tabindex="-1" href=${one.href}>${inside}</a>`
      : html`<button type="button" key=${one.label} class="opt" role=${role} tabindex="-1" aria-checked=${one.checked ?? null} onClick=${run}>${inside}</button>`}`;
  })}</div>`;
}

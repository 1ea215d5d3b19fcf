/** A short list of choices: arrows, Home, End, Enter, Esc, and typing goes to what begins so. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { closePop } from "streamdesk/store/panes.js";

/**
 * @typedef {{
 *   label: string, icon?: string, hint?: unknown, checked?: boolean, href?: string,
 *   apart?: boolean, stay?: boolean, run?: () => void
 * }} Choice
 */

/**
 * Which option a key goes to, from the one at `at`; -1 for none.
 * @param {string} key
 * @param {string[]} labels
 * @param {number} at
 */
function target(key, labels, at) {
  const last = labels.length - 1;
  if (key === "ArrowDown") return at >= last ? 0 : at + 1;
  if (key === "ArrowUp") return at <= 0 ? last : at - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key.length > 1) return -1;
  const inTurn = labels.map((_, n) => (at + 1 + n) % labels.length);
  return inTurn.find((n) => labels[n]?.toLowerCase().startsWith(key.toLowerCase())) ?? -1;
}

/** @param {{ one: Choice, radio: boolean }} props */
function Option({ one, radio }) {
  const role = radio ? "menuitemradio" : "menuitem";
  const run = () => {
    if (!one.stay) closePop();
    one.run?.();
  };
  const inside = html`
    ${one.icon ? html`<${Icon} name=${one.icon} />` : null}
    <span class="cut">${one.label}</span>
    ${
      one.checked
        ? html`<${Icon} name="check" class="push tick" />`
        : html`<span class="push sm low num">${one.hint}</span>`
    }
  `;
  if (one.href) {
    return html`<a class="opt" role=${role} tabindex="-1" href=${one.href}>${inside}</a>`;
  }
  return html`<button
    type="button"
    class="opt"
    role=${role}
    tabindex="-1"
    aria-checked=${one.checked ?? null}
    onClick=${run}
  >
    ${inside}
  </button>`;
}

/** @param {{ label: string, choices: Choice[] }} props */
export function Menu({ label, choices }) {
  const menu = useRef(/** @type {HTMLDivElement | null} */ (null));
  const options = () =>
    /** @type {HTMLElement[]} */ ([...(menu.current?.querySelectorAll(".opt") ?? [])]);
  useLayoutEffect(() => {
    const all = options();
    const first = all.find((one) => one.getAttribute("aria-checked") === "true") ?? all[0];
    first?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closePop();
      return;
    }
    const all = options();
    const at = all.findIndex((one) => one === document.activeElement);
    const to = target(
      event.key,
      choices.map((one) => one.label),
      at,
    );
    if (to < 0) return;
    event.preventDefault();
    all[to]?.focus();
  };
  const radio = choices.some((one) => one.checked !== undefined);
  return html`<div role="menu" aria-label=${label} ref=${menu} onKeyDown=${onKeyDown}>
    ${choices.map(
      (one) => html`
        ${one.apart ? html`<hr role="separator" />` : null}
        <${Option} key=${one.label} one=${one} radio=${radio && one.checked !== undefined} />
      `,
    )}
  </div>`;
}

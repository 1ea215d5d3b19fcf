/** One icon of the sprite: hidden beside words, named when alone. */
import { html } from "streamdesk/html.js";

/** @param {{ name: string, small?: boolean, label?: string, class?: string }} props */
export function Icon({ name, small, label, class: extra }) {
  const classes = `i${small ? " s" : ""}${extra ? ` ${extra}` : ""}`;
  const use = html`<use href=${`#${name}`} />`;
  return label
    ? html`<svg class=${classes} role="img" aria-label=${label}>${use}</svg>`
    : html`<svg class=${classes} aria-hidden="true">${use}</svg>`;
}

/**
 * A button that is only an icon; what else it is given goes to the button.
 * @param {{
 *   icon: string, label: string, hint?: string, class?: string,
 *   onClick: (event: Event) => void, [other: string]: unknown
 * }} props
 */
export function IconButton({ icon, label, hint = "", class: extra = "", onClick, ...rest }) {
  const name = label + hint;
  return html`<button
    type="button"
    class=${`btn ghost icon ${extra}`}
    aria-label=${name}
    title=${name}
    onClick=${onClick}
    ...${rest}
  >
    <${Icon} name=${icon} />
  </button>`;
}

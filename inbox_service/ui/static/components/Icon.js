/** One icon of the sprite: hidden beside words, named when alone. */
import { html } from "streamdesk/html.js";

/** @param {{ name: string, small?: boolean, label?: string, class?: string }} props */
export function Icon({ name, small, label, class: extra }) {
  const classes = `i${small ? " s" : ""}${extra ? ` ${extra}` : ""}`;
  return label
    ? html`<svg class=${classes} role="img" aria-label=${label}><use href=${`#${name}`} /></svg>`
    : html`<svg class=${classes} aria-hidden="true"><use href=${`#${name}`} /></svg>`;
}

/** A button that is only an icon. @param {{ icon: string, label: string, hint?: string, class?: string, onClick: (event: Event) => void, [other: string]: unknown }} props */
export function IconButton({ icon, label, hint = "", class: extra = "", onClick, ...rest }) {
  return html`<button type="button" class=${`btn ghost icon ${extra}`} aria-label=${label + hint} title=${label + hint} onClick=${onClick} ...${rest}><${Icon} name=${icon} /></button>`;
}

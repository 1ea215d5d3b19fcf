/** A person as two letters or a picture, in their own hue, with their presence. */
import { html } from "streamdesk/html.js";
import { hueClass, initials } from "streamdesk/names.js";
import { Icon } from "streamdesk/components/Icon.js";

/**
 * @param {{ id: number | string, name: string | null | undefined, thumbnail?: string | null, size?: "xs" | "md" | "xl", presence?: string, label?: string, class?: string }} props
 */
export function Avatar({ id, name, thumbnail, size, presence, label, class: extra }) {
  const at = presence === "online" ? "on" : presence === "busy" ? "on away" : "";
  const classes = ["av hue", hueClass(id), size, at, extra].filter(Boolean).join(" ");
  const inside = thumbnail ? html`<img src=${thumbnail} alt="" loading="lazy" />` : initials(name);
  return label
    ? html`<span class=${classes} role="img" aria-label=${label}>${inside}</span>`
    : html`<span class=${classes} aria-hidden="true">${inside}</span>`;
}

/** Nobody: a broken ring. @param {{ size?: "xs" | "md" }} props */
export const NobodyAvatar = ({ size = "xs" }) =>
  html`<span class=${`av ${size} none`} role="img" aria-label="Unassigned"><${Icon} name="unassigned" /></span>`;

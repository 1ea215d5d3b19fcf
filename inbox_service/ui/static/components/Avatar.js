/** A person as two letters or a picture, in their own hue, with their presence. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { hueClass, initials } from "streamdesk/names.js";

const PRESENCE = /** @type {Record<string, string>} */ ({ online: "on", busy: "on away" });

/**
 * @param {{
 *   id: number | string, name: string | null | undefined, thumbnail?: string | null,
 *   size?: "xs" | "md" | "xl", presence?: string, label?: string, class?: string
 * }} props
 */
export function Avatar({ id, name, thumbnail, size, presence = "", label, class: extra }) {
  const parts = ["av hue", hueClass(id), size, PRESENCE[presence], extra];
  const classes = parts.filter(Boolean).join(" ");
  const face = thumbnail ? html`<img src=${thumbnail} alt="" loading="lazy" />` : initials(name);
  return label
    ? html`<span class=${classes} role="img" aria-label=${label}>${face}</span>`
    : html`<span class=${classes} aria-hidden="true">${face}</span>`;
}

/**
 * Nobody: a broken ring.
 * @param {{ size?: "xs" | "md" }} props
 */
export const NobodyAvatar = ({ size = "xs" }) => html`
  <span class=${`av ${size} none`} role="img" aria-label="Unassigned">
    <${Icon} name="unassigned" />
  </span>
`;

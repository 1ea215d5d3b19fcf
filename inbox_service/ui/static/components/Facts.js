/** What the contact panel knows, as folding lists of terms and values. */
import { Icon } from "streamdesk/components/Icon.js";
import { date } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { now } from "streamdesk/store/clock.js";

/** @typedef {import("../types").Contact} Contact */

/** @param {{ title: string, children?: unknown }} props */
export const Part = ({ title, children }) => html`
  <details open>
    <summary>
      <span class="strong">${title}</span>
      <${Icon} name="down" small class="low turn push" />
    </summary>
    ${children}
  </details>
`;

const language = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** @param {unknown} code */
function languageName(code) {
  try {
    return language.of(String(code).replace("_", "-"));
  } catch {
    return String(code);
  }
}

/**
 * "loyalty_tier" is "Loyalty tier".
 * @param {string} key
 */
function titled(key) {
  const words = key.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {unknown} value */
function plain(value) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** @param {{ href: string, value: string, class?: string }} props */
const Way = ({ href, value, class: extra = "" }) => html`
  <a class=${`link cut ${extra}`} href=${href}>${value}</a>
`;

/**
 * Terms and values, as they are shown.
 * @param {Contact} contact
 * @returns {[string, unknown][]}
 */
function known(contact) {
  const { phone_number: phone, email, additional_attributes: more = {} } = contact;
  const spoken = more.language ?? more.browser_language;
  const own = Object.entries(contact.custom_attributes ?? {}).filter(([, value]) => value !== null);
  const place = [more.city, more.country].filter(Boolean).join(", ");
  return [
    ["Phone", phone && html`<${Way} href=${`tel:${phone}`} value=${phone} class="num" />`],
    ["E-mail", email && html`<${Way} href=${`mailto:${email}`} value=${email} />`],
    ["Language", spoken && languageName(spoken)],
    ["Place", place],
    ["Company", more.company_name],
    ...own.map(([key, value]) => /** @type {[string, string]} */ ([titled(key), plain(value)])),
    ["Since", contact.created_at && date(contact.created_at, now.value)],
  ];
}

/** @param {{ contact: Contact }} props */
export function Details({ contact }) {
  const facts = known(contact).filter(([, value]) => value);
  return html`<${Part} title="Contact">
    <dl class="facts">
      ${facts.map(
        ([term, value]) => html`
          <dt>${term}</dt>
          <dd class="num" dir="auto">${value}</dd>
        `,
      )}
    </dl>
  <//>`;
}

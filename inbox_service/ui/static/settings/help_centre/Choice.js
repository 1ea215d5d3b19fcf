/** One of several, in the form of the settings. */
import { html } from "streamdesk/html.js";
import { Wrong } from "streamdesk/settings/parts.js";

/**
 * @param {{
 *   id: string, label: string, value: string, options: [value: string, name: string][],
 *   onChange: (value: string) => void, wrong?: string
 * }} props
 */
export const Choice = ({ id, label, value, options, onChange, wrong }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <select
    class="in"
    id=${id}
    aria-invalid=${wrong ? "true" : null}
    aria-describedby=${wrong ? `${id}-wrong` : null}
    onChange=${(/** @type {Event} */ event) =>
      onChange(/** @type {HTMLSelectElement} */ (event.currentTarget).value)}
  >
    ${options.map(
      ([option, name]) => html`<option key=${option} value=${option} selected=${option === value}>${name}</option>`,
    )}
  </select>
  <${Wrong} id=${`${id}-wrong`} text=${wrong} />
</div>`;

/**
 * @param {{
 *   id: string, portal: import("./calls.js").Portal, value: string,
 *   onChange: (value: string) => void, wrong?: string
 * }} props
 */
export const Languages = ({ portal, ...rest }) => html`<${Choice}
  label="Language"
  options=${portal.config.allowed_locales.map((one) => [one.code, one.code])}
  ...${rest}
/>`;

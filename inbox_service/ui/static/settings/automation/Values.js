/** Where values are written or chosen: as pills, of which there can be several. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { known, nameOf } from "streamdesk/settings/automation/known.js";

/** @typedef {string | number | boolean} Value */

/** @param {{ text: string, remove: () => void }} props */
const Pill = ({ text, remove }) => html`<span class="pill" dir="auto"
  >${text}<button type="button" aria-label=${`Remove ${text}`} onClick=${remove}>
    <${Icon} name="x" /></button
></span>`;

/**
 * Words, numbers or addresses: Enter or a comma makes a pill.
 * @param {{
 *   label: string, values: Value[], change: (values: Value[]) => void, hint?: string,
 *   wrong?: string
 * }} props
 */
export function Words({ label, values, change, hint, wrong }) {
  const typed = useSignal("");
  const take = () => {
    const words = typed.value
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter(Boolean);
    typed.value = "";
    if (words.length) change([...new Set([...values, ...words])]);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !typed.value) change(values.slice(0, -1));
  };
  return html`<div
    class="in tokens"
    role="group"
    aria-label=${label}
    aria-invalid=${wrong ? "true" : null}
  >
    ${values.map(
      (value) =>
        html`<${Pill}
          key=${value}
          text=${String(value)}
          remove=${() => change(values.filter((one) => one !== value))}
        />`,
    )}
    <input
      aria-label=${`Add to ${label.toLowerCase()}`}
      placeholder=${values.length ? "" : (hint ?? "Write and press Enter")}
      dir="auto"
      value=${typed.value}
      onInput=${(/** @type {InputEvent} */ event) =>
        (typed.value = /** @type {HTMLInputElement} */ (event.currentTarget).value)}
      onKeyDown=${onKeyDown}
      onBlur=${take}
    />
  </div>`;
}

/**
 * Things the account has: chosen from a list, one after the other.
 * @param {{
 *   label: string, kind: string, values: Value[], change: (values: Value[]) => void,
 *   wrong?: string
 * }} props
 */
export function Chosen({ label, kind, values, change, wrong }) {
  const left = (known.value[kind] ?? []).filter((one) => !values.includes(one.value));
  const add = (/** @type {Event} */ event) => {
    const select = /** @type {HTMLSelectElement} */ (event.currentTarget);
    const chosen = left[Number(select.value)];
    select.value = "";
    if (chosen) change([...values, chosen.value]);
  };
  return html`<div
    class="in tokens"
    role="group"
    aria-label=${label}
    aria-invalid=${wrong ? "true" : null}
  >
    ${values.map(
      (value) =>
        html`<${Pill}
          key=${value}
          text=${nameOf(kind, value)}
          remove=${() => change(values.filter((one) => one !== value))}
        />`,
    )}
    ${
      left.length
        ? html`<select aria-label=${`Add to ${label.toLowerCase()}`} value="" onChange=${add}>
          <option value="">${values.length ? "or …" : "Choose"}</option>
          ${left.map((one, n) => html`<option key=${one.value} value=${n}>${one.label}</option>`)}
        </select>`
        : values.length
          ? null
          : html`<span class="low">There are none</span>`
    }
  </div>`;
}

/**
 * One of several, as a plain list.
 * @param {{
 *   label: string, value: unknown, options: { value: Value, label: string }[],
 *   change: (value: Value) => void, class?: string, wrong?: string
 * }} props
 */
export const Select = ({ label, value, options, change, class: extra = "", wrong }) => html`<select
  class=${`in ${extra}`}
  aria-label=${label}
  aria-invalid=${wrong ? "true" : null}
  value=${String(value)}
  onChange=${(/** @type {Event} */ event) => {
    const at = /** @type {HTMLSelectElement} */ (event.currentTarget).selectedIndex;
    const chosen = options[at];
    if (chosen) change(chosen.value);
  }}
>
  ${options.map(
    (one) =>
      html`<option key=${one.value} value=${String(one.value)} selected=${String(one.value) === String(value)}>
        ${one.label}
      </option>`,
  )}
</select>`;

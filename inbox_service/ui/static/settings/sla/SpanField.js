/** A span of time: a number and its unit, or nothing. */
import { html } from "streamdesk/html.js";
import { Wrong } from "streamdesk/settings/parts.js";

/** @typedef {import("./promises.js").Span} Span */
/** @typedef {import("./promises.js").Unit} Unit */

const UNITS = /** @type {[Unit, string][]} */ ([
  ["minute", "minutes"],
  ["hour", "hours"],
  ["day", "days"],
]);

/**
 * @param {{
 *   id: string, label: string, hint: string, span: Span, wrong: string | undefined,
 *   change: (span: Span) => void
 * }} props
 */
export const SpanField = ({ id, label, hint, span, wrong, change }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <div class="span">
    <input
      class="in num"
      id=${id}
      inputmode="decimal"
      autocomplete="off"
      placeholder="Not promised"
      value=${span.amount}
      aria-invalid=${wrong ? "true" : null}
      aria-describedby=${`${id}-hint${wrong ? ` ${id}-wrong` : ""}`}
      onInput=${(/** @type {InputEvent} */ event) =>
        change({ ...span, amount: /** @type {HTMLInputElement} */ (event.currentTarget).value })}
    />
    <select
      class="in"
      aria-label=${`${label}: unit`}
      value=${span.unit}
      onChange=${(/** @type {Event} */ event) => {
        const chosen = /** @type {HTMLSelectElement} */ (event.currentTarget).value;
        change({ ...span, unit: /** @type {Unit} */ (chosen) });
      }}
    >
      ${UNITS.map(
        ([unit, word]) =>
          html`<option key=${unit} value=${unit} selected=${unit === span.unit}>${word}</option>`,
      )}
    </select>
  </div>
  <p class="hint" id=${`${id}-hint`}>${hint}</p>
  <${Wrong} id=${`${id}-wrong`} text=${wrong} />
</div>`;

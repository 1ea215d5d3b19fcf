/** What pages of the settings are built from: a head, parts, fields, the bar that saves. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { addressOf, follows } from "streamdesk/settings/place.js";

/**
 * The head of a page; `under` names the list it belongs to and leads back there.
 * @param {{ title: string, under?: [path: string, name: string], children?: unknown }} props
 */
export const Top = ({ title, under, children }) => html`<header class="top">
  ${
    under
      ? html`<nav class="low desk" aria-label="Where you are">
        <a href=${addressOf(under[0])} onClick=${follows(under[0])}>${under[1]}</a> /${" "}
      </nav>`
      : null
  }
  <h1 class="cut" dir="auto">${title}</h1>
  ${children}
</header>`;

/** @param {{ id: string, title: string, sub?: string, children?: unknown }} props */
export const Part = ({ id, title, sub, children }) => html`<section
  class="part"
  aria-labelledby=${id}
>
  <h2 id=${id}>${title}</h2>
  ${sub ? html`<p class="sub">${sub}</p>` : null} ${children}
</section>`;

/** What is wrong with a field, under it. @param {{ id: string, text: string | undefined }} props */
export const Wrong = ({ id, text }) =>
  text
    ? html`<p class="wrong" id=${id} role="alert"><${Icon} name="error" small />${text}</p>`
    : null;

/**
 * A field with its label; `wrong` says what was expected.
 * @param {{
 *   id: string, label: string, value: string, onInput: (value: string) => void, type?: string,
 *   hint?: string, wrong?: string, long?: boolean, [other: string]: unknown
 * }} props
 */
export function Field({ id, label, value, onInput, type, hint, wrong, long, ...rest }) {
  const described = [hint ? `${id}-hint` : "", wrong ? `${id}-wrong` : ""].join(" ").trim();
  const given = {
    class: "in",
    id,
    value,
    dir: "auto",
    "aria-invalid": wrong ? "true" : null,
    "aria-describedby": described || null,
    onInput: (/** @type {InputEvent} */ event) =>
      onInput(/** @type {HTMLInputElement} */ (event.currentTarget).value),
    ...rest,
  };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${
      long
        ? html`<textarea rows="4" ...${given}></textarea>`
        : html`<input type=${type ?? "text"} ...${given} />`
    }
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : null}
    <${Wrong} id=${`${id}-wrong`} text=${wrong} />
  </div>`;
}

/**
 * A switch with its sentence.
 * @param {{
 *   label: string, hint?: string, checked: boolean, onChange: (on: boolean) => void,
 *   disabled?: boolean
 * }} props
 */
export const Switch = ({ label, hint, checked, onChange, disabled }) => html`<label class="check">
  <input
    type="checkbox"
    class="sw"
    role="switch"
    checked=${checked}
    disabled=${disabled}
    onChange=${(/** @type {Event} */ event) =>
      onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked)}
  />
  <span>${label}${hint ? html`<br /><span class="hint">${hint}</span>` : null}</span>
</label>`;

/**
 * The bar under a form: what is not saved yet, and what can be done about it.
 * @param {{ status: string, children?: unknown }} props
 */
export const SaveBar = ({ status, children }) => html`<footer class="save">
  <span class="sub" role="status">${status}</span>${children}
</footer>`;

/** An empty place: why it is empty, and what to do. @param {{ title: string, text: string, children?: unknown }} props */
export const Blank = ({ title, text, children }) => html`<div class="blank">
  <h2>${title}</h2>
  <p>${text}</p>
  ${children ? html`<div class="acts">${children}</div>` : null}
</div>`;

/**
 * What did not load, and another try.
 * @param {{ what: string, error: import("../api.js").ApiError, again: () => void }} props
 */
export const Unloaded = ({ what, error, again }) => html`<div class="blank" role="alert">
  <h2>${what} did not load</h2>
  <p>${error.message}</p>
  ${error.requestId ? html`<p class="sm low num">Request ${error.requestId}</p>` : null}
  <div class="acts">
    <button type="button" class="btn" onClick=${again}><${Icon} name="retry" />Try again</button>
  </div>
</div>`;

/** Who the visitor is, asked before the first message where the inbox wants it or is away. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { Head, Made, Offline } from "streamdesk/widget/Parts.js";
import { send } from "streamdesk/widget/sending.js";
import * as session from "streamdesk/widget/session.js";

const EMAIL = { name: "emailAddress", label: "E-mail", type: "email", required: true };
const COMPLETES = /** @type {Record<string, string>} */ ({
  emailAddress: "email",
  fullName: "name",
  phoneNumber: "tel",
});

/** What is wrong with an answer, or nothing. @param {any} field @param {string} value */
function fault(field, value) {
  if (!value) return field.required ? "This is needed" : "";
  if (field.name === "emailAddress") {
    if (!/^[^@\s]+@[^@\s]+$/.test(value)) return "An e-mail address has an @, such as name@example.com";
    if (!/\.[^.\s]{2,}$/.test(value)) return "The end is missing, such as .com";
  }
  if (field.name === "phoneNumber" && !/^\+[1-9]\d{6,14}$/.test(value.replace(/[\s().-]/g, "")))
    return "A number begins with + and the country, such as +47 22 55 01 00";
  return "";
}

/** @param {Record<string, string>} said @param {any[]} fields */
function asked(said, fields) {
  /** @type {Record<string, string>} */
  const known = {};
  /** @type {Record<string, string>} */
  const contact = {};
  /** @type {Record<string, string>} */
  const matter = {};
  for (const { name, field_type: kind } of fields) {
    const value = said[name]?.trim();
    if (!value) continue;
    if (name === "emailAddress") known.email = value;
    else if (name === "fullName") known.name = value;
    else if (name === "phoneNumber") known.phone_number = value.replace(/[\s().-]/g, "");
    else if (kind === "contact_attribute") contact[name] = value;
    else matter[name] = value;
  }
  return { contact: { ...known, custom_attributes: contact }, custom_attributes: matter };
}

/** @param {{ field: any, value: string, wrong: string, write: (value: string) => void }} props */
function Field({ field, value, wrong, write }) {
  const id = `ask-${field.name}`;
  const common = {
    id,
    class: "in",
    value,
    placeholder: field.placeholder || undefined,
    "aria-invalid": wrong ? "true" : undefined,
    "aria-describedby": wrong ? `${id}-wrong` : undefined,
    "aria-required": field.required ? "true" : undefined,
    onInput: (/** @type {any} */ event) => write(event.currentTarget.value),
  };
  return html`<div class="field">
    <label for=${id}>
      ${field.label || field.name}
      ${field.required ? null : html` <span class="low">(optional)</span>`}
    </label>
    ${
      field.type === "textarea"
        ? html`<textarea rows="4" dir="auto" ...${common}></textarea>`
        : html`<input
          type=${field.type === "email" ? "email" : "text"}
          dir="auto"
          autocomplete=${COMPLETES[field.name] ?? "off"}
          ...${common}
        />`
    }
    ${
      wrong
        ? html`<p class="wrong" id=${`${id}-wrong`}><${Icon} name="error" small />${wrong}</p>`
        : null
    }
  </div>`;
}

/** @param {{ boot: any, alone: boolean }} props */
export function First({ boot, alone }) {
  const said = useSignal(/** @type {Record<string, string>} */ ({}));
  const wrong = useSignal(/** @type {Record<string, string>} */ ({}));
  const settings = session.config.value;
  const away = settings.availability.open === false;
  const options = settings.pre_chat_form_options;
  const own = settings.pre_chat_form_enabled
    ? options.pre_chat_fields.filter((/** @type {any} */ field) => field.enabled)
    : [EMAIL];
  const ask = { name: "message", type: "textarea", required: true, label: away ? "Message" : "How can we help?" };
  const fields = [...own, ask];

  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const faults = fields.map((field) => [field.name, fault(field, (said.value[field.name] ?? "").trim())]);
    wrong.value = Object.fromEntries(faults.filter(([, text]) => text));
    const first = faults.find(([, text]) => text);
    if (first) {
      document.getElementById(`ask-${first[0]}`)?.focus();
      return;
    }
    send((said.value.message ?? "").trim(), { first: asked(said.value, own) });
    session.screen.value = "talk";
  };
  const text = away
    ? settings.out_of_office_message ||
      "We are away right now. Leave a message; the answer comes here."
    : options.pre_chat_message || "Tell us who you are, so that we can find you and reach you if you leave.";
  return html`
    <${Head} boot=${boot} title=${boot.name} alone=${alone} />
    <form class="body" novalidate onSubmit=${submit}>
      <p class=${away ? "t" : "sub"} dir="auto">${text}</p>
      ${fields.map(
        (field) => html`<${Field}
          key=${field.name}
          field=${field}
          value=${said.value[field.name] ?? ""}
          wrong=${wrong.value[field.name] ?? ""}
          write=${(/** @type {string} */ value) => (said.value = { ...said.value, [field.name]: value })}
        />`,
      )}
      <button class="btn primary lg">${away ? "Leave the message" : "Start the chat"}</button>
      <${Offline} />
    </form>
    <${Made} />
  `;
}

/** Name, e-mail and phone of a contact, to be corrected. */
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { openId } from "streamdesk/route.js";
import { changeContact, contactOf } from "streamdesk/store/contacts.js";
import { conversation } from "streamdesk/store/conversations.js";
import { closeDialog } from "streamdesk/store/panes.js";
import { toast } from "streamdesk/store/toasts.js";

const FIELDS = /** @type {const} */ ([
  ["name", "Name", "text"],
  ["email", "E-mail", "email"],
  ["phone_number", "Phone", "tel"],
]);

/** @param {HTMLFormElement} form */
function written(form) {
  const data = new FormData(form);
  return Object.fromEntries(FIELDS.map(([key]) => [key, String(data.get(key)).trim() || null]));
}

/** @param {{ name: string, label: string, type: string, value: string, wrong: boolean }} props */
const Field = ({ name, label, type, value, wrong }) => html`
  <div class="field">
    <label for=${`edit-${name}`}>${label}</label>
    <input
      class="in"
      id=${`edit-${name}`}
      name=${name}
      type=${type}
      dir="auto"
      value=${value}
      aria-describedby=${wrong ? "edit-wrong" : null}
    />
  </div>
`;

export function EditContact() {
  const wrong = useSignal("");
  const busy = useSignal(false);
  const sender = openId.value === null ? null : conversation(openId.value).value?.meta.sender;
  if (!sender) return null;
  const contact = { ...sender, ...contactOf(sender.id).value };
  const close = () => closeDialog();

  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    busy.value = true;
    try {
      const form = /** @type {HTMLFormElement} */ (event.currentTarget);
      await changeContact(contact.id, written(form));
      close();
      toast("Saved the contact");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error.message;
    } finally {
      busy.value = false;
    }
  };
  const why = html`<p class="wrong" id="edit-wrong" role="alert">
    <${Icon} name="error" small />${wrong.value}
  </p>`;
  return html`<${Dialog} class="edit" labelledby="edit-h">
    <header>
      <h2 id="edit-h">Edit the contact</h2>
      <${IconButton} icon="x" label="Close (Esc)" class="push" onClick=${close} />
    </header>
    <form onSubmit=${submit}>
      ${FIELDS.map(([name, label, type]) => {
        const props = { name, label, type, value: contact[name] ?? "", wrong: !!wrong.value };
        return html`<${Field} key=${name} ...${props} />`;
      })}
      ${wrong.value ? why : null}
      <div class="acts">
        <button type="button" class="btn ghost lg" onClick=${close}>Keep as it was</button>
        <button class="btn primary lg" disabled=${busy.value}>
          ${busy.value ? "Saving" : "Save"}
        </button>
      </div>
    </form>
  <//>`;
}

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

const FIELDS = /** @type {const} */ ([["name", "Name", "text"], ["email", "E-mail", "email"], ["phone_number", "Phone", "tel"]]);

export function EditContact() {
  const wrong = useSignal("");
  const busy = useSignal(false);
  const sender = openId.value === null ? null : conversation(openId.value).value?.meta.sender;
  if (!sender) return null;
  const contact = { ...sender, ...contactOf(sender.id).value };
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const part = Object.fromEntries(FIELDS.map(([key]) => [key, String(form.get(key) ?? "").trim() || null]));
    busy.value = true;
    try {
      await changeContact(contact.id, part);
      closeDialog();
      toast("Saved the contact");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error.message;
    } finally {
      busy.value = false;
    }
  };
  return html`<${Dialog} class="edit" labelledby="edit-h">
    <header><h2 id="edit-h">Edit the contact</h2><${IconButton} icon="x" label="Close (Esc)" class="push" onClick=${() => closeDialog()} /></header>
    <form onSubmit=${submit}>
      ${FIELDS.map(([key, label, type]) => html`<div class="field" key=${key}><label for=${`edit-${key}`}>${label}</label><input class="in" id=${`edit-${key}`} name=${key} type=${type} dir="auto" value=${contact[key] ?? ""} aria-describedby=${wrong.value ? "edit-wrong" : null} /></div>`)}
      ${wrong.value ? html`<p class="wrong" id="edit-wrong" role="alert"><${Icon} name="error" small />${wrong.value}</p>` : null}
      <div class="acts"><button type="button" class="btn ghost lg" onClick=${() => closeDialog()}>Keep as it was</button><button class="btn primary lg" disabled=${busy.value}>${busy.value ? "Saving" : "Save"}</button></div>
    </form>
  <//>`;
}

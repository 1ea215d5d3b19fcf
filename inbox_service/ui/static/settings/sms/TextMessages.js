/** From which number text messages of rules come. */
import { useSignal } from "@preact/signals";
import { ACCOUNT, ApiError, call } from "streamdesk/api.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Top, Unloaded } from "streamdesk/settings/parts.js";
import { unsaved } from "streamdesk/settings/place.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {{
 *   account_sid: string, from_number: string, api_base_url: string, has_auth_token: boolean
 * }} Sender
 */

const PATH = `${ACCOUNT}/sms_sender`;

/** @type {Sender} */
const NONE = { account_sid: "", from_number: "", api_base_url: "https://api.twilio.com", has_auth_token: false };

/** @returns {Promise<Sender>} */
async function load() {
  try {
    return await call("GET", PATH);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return NONE;
    throw error;
  }
}

/** @param {{ sender: Sender, put: (sender: Sender) => void }} props */
function Form({ sender, put }) {
  const draft = useSignal({ ...sender, auth_token: "" });
  const wrong = useSignal(/** @type {ApiError | null} */ (null));
  const busy = useSignal(false);
  const changed = useSignal(false);
  const named = sender.has_auth_token;
  const set = (/** @type {string} */ key) => (/** @type {string} */ value) => {
    draft.value = { ...draft.value, [key]: value };
    changed.value = unsaved.value = true;
  };
  const settle = (/** @type {Sender} */ next, /** @type {string} */ said) => {
    put(next);
    draft.value = { ...next, auth_token: "" };
    changed.value = unsaved.value = false;
    wrong.value = null;
    toast(said);
  };
  const trying = async (/** @type {() => Promise<void>} */ run) => {
    busy.value = true;
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error;
      if (!error.field) toast(`Not saved: ${error.message}`, { bad: true });
    } finally {
      busy.value = false;
    }
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const { auth_token: token, has_auth_token: _, ...rest } = draft.value;
      const body = token ? { ...rest, auth_token: token } : rest;
      settle(await call("PUT", PATH, { body }), "Saved the sender");
    });
  };
  const drop = () => {
    if (!confirm("Send no text messages any more? Rules that send one will fail.")) return;
    trying(async () => {
      await call("DELETE", PATH);
      settle(NONE, "Removed the sender");
    });
  };
  /** @param {string} key */
  const at = (key) => (wrong.value?.field === key ? wrong.value.message : undefined);
  const { account_sid: sid, from_number: number, auth_token: token, api_base_url: base } = draft.value;
  return html`
    <form class="form wide" id="sender" onSubmit=${save} noValidate>
      <${Part}
        id="twilio"
        title="Twilio"
        sub="Rules with the action “Send an SMS” send from this number."
      >
        <${Field} id="sid" label="Account SID" value=${sid} wrong=${at("account_sid")} onInput=${set("account_sid")} />
        <${Field}
          id="token"
          label="Auth token"
          type="password"
          autocomplete="off"
          value=${token}
          wrong=${at("auth_token")}
          hint=${named ? "One is kept, sealed. Write here only to replace it." : "Kept sealed and never shown again."}
          onInput=${set("auth_token")}
        />
        <${Field}
          id="from"
          label="From number"
          type="tel"
          value=${number}
          wrong=${at("from_number")}
          hint="With its country code, such as +47 22 55 01 00"
          onInput=${set("from_number")}
        />
        <${Field} id="base" label="API address" type="url" value=${base} wrong=${at("api_base_url")} onInput=${set("api_base_url")} />
      <//>
    </form>
    <${SaveBar} status=${changed.value ? "Changes not saved" : named ? "" : "No text messages can be sent yet"}>
      ${named ? html`<button type="button" class="btn ghost danger" onClick=${drop}>Remove</button>` : null}
      <span class="push"></span>
      <button form="sender" class="btn primary" disabled=${busy.value || !changed.value}>
        ${busy.value ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

export function TextMessages() {
  const { value, error, again, put } = useLoaded(load);
  return html`
    <${Top} title="Text messages" />
    ${error ? html`<div class="form wide"><${Unloaded} what="The sender" error=${error} again=${again} /></div>` : null}
    ${value ? html`<${Form} key=${value.account_sid} sender=${value} put=${put} />` : null}
  `;
}

/** One app in use: the settings that its schema names, and whether it is on. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { deleteHook, getHook, listInboxes, saveHook } from "streamdesk/settings/apps/calls.js";
import { Choice } from "streamdesk/settings/help_centre/Choice.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Switch, Top, Unloaded } from "streamdesk/settings/parts.js";
import { go, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {import("./calls.js").App} App
 * @typedef {import("./calls.js").Hook} Hook
 * @typedef {import("./calls.js").Inbox} Inbox
 */

const LIST = /** @type {[string, string]} */ (["apps", "Apps"]);
const NAMES = /** @type {Record<string, string>} */ ({ api_base_url: "Address of its API" });

/** @param {App} app @param {Record<string, string>} written @param {Hook | null} hook */
function settingsOf(app, written, hook) {
  /** @type {Record<string, string | null>} */
  const given = {};
  for (const [name, value] of Object.entries(written)) {
    if (value.trim()) given[name] = value.trim();
    // A secret that is left empty stays; anything else that is emptied goes.
    else if (hook && !app.secret_settings.includes(name)) given[name] = null;
  }
  return given;
}

/** @param {{ app: App, hook: Hook | null, inboxes: Inbox[] }} props */
function Form({ app, hook, inboxes }) {
  const properties = Object.entries(app.settings_json_schema.properties);
  const first = useSignal({
    on: hook?.status ?? true,
    inbox_id: String(hook?.inbox?.id ?? inboxes[0]?.id ?? ""),
    written: Object.fromEntries(properties.map(([name]) => [name, String(hook?.settings[name] ?? "")])),
  });
  const draft = useSignal(first.value);
  const { busy, trying, at } = useTrying();
  const changed = draft.value !== first.value;
  const set = (/** @type {Partial<typeof draft.value>} */ part) => {
    draft.value = { ...draft.value, ...part };
    unsaved.value = true;
  };
  const back = (/** @type {string} */ said) => {
    unsaved.value = false;
    toast(said);
    go("apps");
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const { on, inbox_id, written } = draft.value;
      const settings = settingsOf(app, written, hook);
      const where = app.hook_type === "inbox" ? { inbox_id } : {};
      const body = { status: on ? 1 : 0, settings };
      await saveHook(hook?.id ?? null, hook ? body : { app_id: app.id, ...where, ...body });
      back(`Saved ${app.name}`);
    });
  };
  const drop = () => {
    if (!hook || !confirm(`End ${app.name} here? What came of it in conversations stays.`)) return;
    trying(async () => {
      await deleteHook(hook.id);
      back(`Ended ${app.name}`);
    });
  };
  /** @param {[string, import("./calls.js").Setting]} property */
  const setting = ([name, { title, default: usual, type }]) => {
    const secret = app.secret_settings.includes(name);
    const inside = ["", ".client_email", ".private_key", ".token_uri"];
    return html`<${Field}
      key=${name}
      id=${`app-${name}`}
      label=${title ?? NAMES[name] ?? name}
      long=${secret && type !== "string"}
      type=${secret ? "password" : "text"}
      autocomplete="off"
      spellcheck="false"
      value=${draft.value.written[name]}
      placeholder=${typeof usual === "string" ? usual : ""}
      hint=${secret && hook ? "Kept and never shown; write another to replace it" : undefined}
      wrong=${inside.map((part) => at(`settings.${name}${part}`)).find(Boolean) ?? (name === "channel_id" ? at("app_id") : undefined)}
      onInput=${(/** @type {string} */ value) =>
        set({ written: { ...draft.value.written, [name]: value } })}
    />`;
  };
  return html`
    <form class="form wide" id="app-form" onSubmit=${save} noValidate>
      ${
        hook?.last_error
          ? html`<p class="notice bad" role="status">
              <${Icon} name="alert" />${hook.status ? "" : "Switched off. "}${hook.last_error}
            </p>`
          : null
      }
      <${Part} id="app-settings" title=${hook ? "How it is reached" : `Put ${app.name} to use`} sub=${app.description}>
        ${
          app.hook_type === "inbox" && !hook
            ? html`<${Choice}
                id="app-inbox"
                label="Inbox"
                value=${draft.value.inbox_id}
                options=${inboxes.map((one) => [String(one.id), one.name])}
                wrong=${at("inbox_id") ?? at("app_id")}
                onChange=${(/** @type {string} */ value) => set({ inbox_id: value })}
              />`
            : null
        }
        ${properties.map(setting)}
        <${Switch} label="On" checked=${draft.value.on} onChange=${(/** @type {boolean} */ on) => set({ on })} />
      <//>
    </form>
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${hook ? html`<button type="button" class="btn ghost danger" onClick=${drop}>End it</button>` : null}
      <span class="push"></span>
      <button form="app-form" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ appId: string, hookId: number | null }} props */
export function AppEditor({ appId, hookId }) {
  const { value, error, again } = useLoaded(async () => {
    const found = await getHook(appId, hookId);
    const inboxes = found.app.hook_type === "inbox" ? await listInboxes() : [];
    return { ...found, inboxes };
  }, hookId);
  return html`
    <${Top} title=${value ? (value.hook?.inbox?.name ?? value.app.name) : ""} under=${LIST} />
    ${
      error
        ? html`<div class="form wide"><${Unloaded} what="The app" error=${error} again=${again} /></div>`
        : null
    }
    ${value ? html`<${Form} app=${value.app} hook=${value.hook} inboxes=${value.inboxes} />` : null}
  `;
}

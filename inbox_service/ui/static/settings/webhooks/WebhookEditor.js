/** One webhook: where, of what, signed with what, and what became of it. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Top, Unloaded, Wrong } from "streamdesk/settings/parts.js";
import { go, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { Log } from "streamdesk/settings/webhooks/Log.js";
import { Secret } from "streamdesk/settings/webhooks/Secret.js";
import { Status } from "streamdesk/settings/webhooks/Status.js";
import { deleteWebhook, EVENTS, getWebhook, resumeWebhook, saveWebhook } from "streamdesk/settings/webhooks/calls.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("./calls.js").Webhook} Webhook */

const LIST = /** @type {[string, string]} */ (["webhooks", "Webhooks"]);

/** @param {{ webhook: Webhook, put: (webhook: Webhook) => void }} props */
function Trouble({ webhook, put }) {
  const { busy, trying } = useTrying();
  if (webhook.status === "active") return null;
  const paused = webhook.status === "paused";
  const resume = () =>
    trying(async () => {
      put(await resumeWebhook(webhook.id));
      toast("Switched on again");
    });
  const since = webhook.failing_since
    ? `Failing since ${fullTime(Date.parse(webhook.failing_since) / 1000)}. `
    : "";
  return html`<div class=${`notice ${paused ? "bad" : "warn"}`} role="status">
    <${Icon} name=${paused ? "block" : "alert"} />
    <span>
      ${
        paused
          ? html`<b class="strong">Paused.</b> ${webhook.paused_reason} Nothing is sent until you
              switch it on again; what happened meanwhile is not told.`
          : `${since}${webhook.last_error ?? ""} It is tried again by itself.`
      }
    </span>
    ${
      paused
        ? html`<button type="button" class="btn push" disabled=${busy} onClick=${resume}>
          <${Icon} name="play" />Switch on
        </button>`
        : null
    }
  </div>`;
}

/** @param {{ chosen: string[], wrong: string | undefined, set: (chosen: string[]) => void }} props */
const Events = ({ chosen, wrong, set }) => html`<${Part} id="events" title="Tell it when">
  ${EVENTS.map(
    ([event, label, hint]) => html`<label class="check" key=${event}>
      <input
        type="checkbox"
        class="ck"
        checked=${chosen.includes(event)}
        onChange=${(/** @type {Event} */ change) =>
          set(
            /** @type {HTMLInputElement} */ (change.currentTarget).checked
              ? [...chosen, event]
              : chosen.filter((one) => one !== event),
          )}
      />
      <span>
        ${label} <span class="sm low num">${event}</span>
        ${hint ? html`<br /><span class="hint">${hint}</span>` : null}
      </span>
    </label>`,
  )}
  <${Wrong} id="events-wrong" text=${wrong} />
<//>`;

/** @param {{ webhook: Webhook, put: (webhook: Webhook) => void }} props */
function Form({ webhook, put }) {
  const draft = useSignal(/** @type {Partial<Webhook>} */ ({}));
  const { busy, trying, at } = useTrying();
  const fresh = webhook.id === 0;
  const now = { ...webhook, ...draft.value };
  const changed = Object.keys(draft.value).length > 0;
  const set = (/** @type {Partial<Webhook>} */ part) => {
    draft.value = { ...draft.value, ...part };
    unsaved.value = true;
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const saved = await saveWebhook(now);
      draft.value = {};
      unsaved.value = false;
      toast("Saved the webhook");
      put(saved);
      if (fresh) go(`webhooks/${saved.id}`, { replace: true });
    });
  };
  const drop = () => {
    if (!confirm("Delete this webhook? Its log goes with it, and what waits is not sent.")) return;
    trying(async () => {
      await deleteWebhook(webhook.id);
      unsaved.value = false;
      toast("Deleted the webhook");
      go("webhooks");
    });
  };
  return html`
    <form class="form wide" id="webhook" onSubmit=${save} noValidate>
      <${Trouble} webhook=${webhook} put=${put} />
      <${Part} id="where" title="Where">
        <${Field}
          id="url"
          label="Address"
          type="url"
          value=${now.url}
          wrong=${at("url")}
          placeholder="https://example.com/streamdesk"
          hint="Must answer 2xx within 10 seconds. Redirects are not followed."
          onInput=${(/** @type {string} */ url) => set({ url })}
        />
        <${Field}
          id="name"
          label="Name"
          value=${now.name ?? ""}
          wrong=${at("name")}
          hint="What you call it; may be empty"
          onInput=${(/** @type {string} */ name) => set({ name })}
        />
      <//>
      <${Events}
        chosen=${now.subscriptions}
        wrong=${at("subscriptions")}
        set=${(/** @type {string[]} */ subscriptions) => set({ subscriptions })}
      />
      ${
        fresh
          ? null
          : html`<${Secret} webhook=${webhook} put=${put} /><${Log} webhook=${webhook.id} />`
      }
    </form>
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${
        fresh
          ? null
          : html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>`
      }
      <span class="push"></span>
      <button form="webhook" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ id: number | null }} props */
export function WebhookEditor({ id }) {
  const { value, error, again, put } = useLoaded(() => getWebhook(id), id);
  return html`
    <${Top} title=${value?.id ? value.name || value.url : "New"} under=${LIST}>
      ${value?.id ? html`<${Status} one=${value} />` : null}
    <//>
    ${
      error
        ? html`<div class="form wide">
          <${Unloaded} what="The webhook" error=${error} again=${again} />
        </div>`
        : null
    }
    ${value ? html`<${Form} webhook=${value} put=${put} />` : null}
  `;
}

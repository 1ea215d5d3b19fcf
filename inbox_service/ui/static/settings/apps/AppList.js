/** The programs that the account can work with, and where each is in use. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { listApps } from "streamdesk/settings/apps/calls.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Part, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

const ICONS = /** @type {Record<string, string>} */ ({ slack: "chat", dialogflow: "bot" });

/** @param {{ app: import("./calls.js").App, hook: import("./calls.js").Hook }} props */
function Row({ app, hook }) {
  const path = `apps/${app.id}/${hook.id}`;
  const where = hook.inbox?.name ?? String(hook.settings.channel_id ?? "The whole account");
  return html`<li class="thing">
    <${Icon} name=${ICONS[app.id] ?? "plug"} class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${where}</span>
      ${hook.last_error ? html`<span class="sm sub cut">${hook.last_error}</span>` : null}
    </a>
    <span class=${hook.status ? "pill good" : "pill"}>${hook.status ? "On" : "Off"}</span>
  </li>`;
}

/** @param {{ app: import("./calls.js").App }} props */
function One({ app }) {
  const free = app.hook_type === "inbox" || !app.hooks.length;
  return html`<${Part} id=${`app-${app.id}`} title=${app.name} sub=${app.description}>
    ${
      app.hooks.length
        ? html`<ul class="things" aria-labelledby=${`app-${app.id}`}>
            ${app.hooks.map((hook) => html`<${Row} key=${hook.id} app=${app} hook=${hook} />`)}
          </ul>`
        : null
    }
    ${
      free
        ? html`<p class="acts-row">
            <button type="button" class="btn" onClick=${() => go(`apps/${app.id}/new`)}>
              <${Icon} name="plus" />Put ${app.name} to use
            </button>
          </p>`
        : null
    }
  <//>`;
}

export function AppList() {
  const { value, error, again } = useLoaded(listApps);
  const apps = (value ?? []).filter((one) => one.id !== "webhook");
  return html`
    <${Top} title="Apps" />
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The apps" error=${error} again=${again} />` : null}
      ${apps.map((app) => html`<${One} key=${app.id} app=${app} />`)}
    </div>
  `;
}

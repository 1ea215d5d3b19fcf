/** All webhooks of the account, and how each is doing. */
import { Icon } from "streamdesk/components/Icon.js";
import { ago, number, plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";
import { Status } from "streamdesk/settings/webhooks/Status.js";
import { listWebhooks } from "streamdesk/settings/webhooks/calls.js";

/** @typedef {import("./calls.js").Webhook} Webhook */

const Add = () => html`<button type="button" class="btn primary" onClick=${() => go("webhooks/new")}>
  <${Icon} name="plus" />New webhook
</button>`;

/** @param {Webhook} one */
function lately(one) {
  if (one.waiting) return `${number(one.waiting)} waiting`;
  if (!one.last_delivered_at) return "Nothing delivered yet";
  return `Last ${ago(Date.parse(one.last_delivered_at) / 1000, Date.now() / 1000)}`;
}

/** @param {{ one: Webhook }} props */
function Row({ one }) {
  const path = `webhooks/${one.id}`;
  return html`<li class="thing">
    <${Icon} name="plug" class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${one.name || one.url}</span>
      <span class="sm sub cut">
        ${one.name ? `${one.url} · ` : ""}${plural(one.subscriptions.length, "event")}
      </span>
    </a>
    <${Status} one=${one} />
    <span class="sm low num desk">${lately(one)}</span>
  </li>`;
}

export function WebhookList() {
  const { value, error, again } = useLoaded(listWebhooks);
  return html`
    <${Top} title="Webhooks">
      <span class="push"></span>
      ${value?.length ? html`<${Add} />` : null}
    <//>
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The webhooks" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank}
            title="No webhooks yet"
            text="Tell a program of yours what happens here: a signed request for each event."
          >
            <${Add} />
          <//>`
          : null
      }
      ${
        value?.length
          ? html`<ul class="things" aria-label="Webhooks">
            ${value.map((one) => html`<${Row} key=${one.id} one=${one} />`)}
          </ul>`
          : null
      }
    </div>
  `;
}

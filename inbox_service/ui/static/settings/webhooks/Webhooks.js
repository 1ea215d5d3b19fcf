/** The webhooks section: the list, or one of them with its log. */
import { html } from "streamdesk/html.js";
import { WebhookEditor } from "streamdesk/settings/webhooks/WebhookEditor.js";
import { WebhookList } from "streamdesk/settings/webhooks/WebhookList.js";

/** @param {{ rest: string[] }} props */
export function Webhooks({ rest }) {
  const [what] = rest;
  if (!what) return html`<${WebhookList} key="list" />`;
  return html`<${WebhookEditor} key=${what} id=${what === "new" ? null : Number(what)} />`;
}

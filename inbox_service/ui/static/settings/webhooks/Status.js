/** How an endpoint is doing, in a word. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";

/** @param {{ one: import("./calls.js").Webhook }} props */
export function Status({ one }) {
  if (one.status === "paused")
    return html`<span class="pill bad"><${Icon} name="block" />Paused</span>`;
  if (one.status === "failing")
    return html`<span class="pill warn"><${Icon} name="alert" />Failing</span>`;
  return html`<span class="pill good"><${Icon} name="check" />On</span>`;
}

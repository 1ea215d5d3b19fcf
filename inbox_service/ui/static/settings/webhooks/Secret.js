/** The secret that deliveries are signed with: hidden until it is asked for. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { Part } from "streamdesk/settings/parts.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { renewSecret } from "streamdesk/settings/webhooks/calls.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("./calls.js").Webhook} Webhook */

const SUB =
  "Check webhook-signature as standardwebhooks.com describes, or X-Chatwoot-Signature. " +
  "The id of a delivery stays the same however often it is tried: by it you know what you have.";

/** @param {{ webhook: Webhook, put: (webhook: Webhook) => void }} props */
export function Secret({ webhook, put }) {
  const shown = useSignal(false);
  const { busy, trying } = useTrying();
  const secret = webhook.secret ?? "";
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    toast("Copied the secret");
  };
  const renew = () => {
    if (!confirm("Sign with a new secret from now on? The old one is forgotten at once.")) return;
    trying(async () => {
      put(await renewSecret(webhook.id));
      shown.value = true;
      toast("Made a new secret");
    });
  };
  return html`<${Part} id="signing" title="Signature" sub=${SUB}>
    <div class="field">
      <label for="secret">Secret</label>
      <input class="in num" id="secret" readonly type=${shown.value ? "text" : "password"} value=${secret} />
    </div>
    <div class="acts-row">
      <button type="button" class="btn" aria-pressed=${shown.value} onClick=${() => (shown.value = !shown.value)}>
        <${Icon} name="eye" />${shown.value ? "Hide" : "Show"}
      </button>
      ${
        navigator.clipboard
          ? html`<button type="button" class="btn" onClick=${copy}><${Icon} name="copy" />Copy</button>`
          : null
      }
      <button type="button" class="btn" disabled=${busy} onClick=${renew}>
        <${Icon} name="retry" />New secret
      </button>
    </div>
  <//>`;
}

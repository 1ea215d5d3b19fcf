/** Of what you are told, and whether this browser shows it outside the page. */
import { useSignal } from "@preact/signals";
import { ACCOUNT, call } from "streamdesk/api.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Part, Switch, Top, Unloaded } from "streamdesk/settings/parts.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { cannotRing, rings, setRings } from "streamdesk/store/ringing.js";

/** @typedef {{ selected_push_flags: string[], selected_email_flags: string[] }} Settings */

const PATH = `${ACCOUNT}/notification_settings`;

const KINDS = /** @type {const} */ ([
  ["conversation_assignment", "A conversation becomes yours", "When somebody else or a rule gives it to you"],
  ["assigned_conversation_new_message", "A new message in your conversation", "From the customer or a colleague"],
  ["participating_conversation_new_message", "A new message where you take part", "In conversations you once had or were called into"],
  ["sla_missed_first_response", "A first response is missed", "In your conversations, and in all if you are an administrator"],
  ["sla_missed_next_response", "A next response is missed", "Likewise"],
  ["sla_missed_resolution", "A resolution is missed", "Likewise"],
  ["conversation_creation", "A new conversation in your inboxes", "All of them: for quiet inboxes"],
]);

/** @param {{ settings: Settings, put: (settings: Settings) => void }} props */
function Kinds({ settings, put }) {
  const { trying } = useTrying();
  const told = (/** @type {string} */ kind) =>
    settings.selected_push_flags.includes(`push_${kind}`) ||
    settings.selected_email_flags.includes(`email_${kind}`);
  const set = (/** @type {string} */ kind) => (/** @type {boolean} */ on) => {
    const without = (/** @type {string[]} */ flags) =>
      flags.filter((one) => one !== `push_${kind}` && one !== `email_${kind}`);
    const next = {
      selected_push_flags: [...without(settings.selected_push_flags), ...(on ? [`push_${kind}`] : [])],
      selected_email_flags: without(settings.selected_email_flags),
    };
    put({ ...settings, ...next });
    trying(async () => put(await call("PATCH", PATH, { body: { notification_settings: next } }))).then(
      (well) => well || put(settings),
    );
  };
  return html`
    ${KINDS.map(
      ([kind, label, hint]) => html`<${Switch}
        key=${kind}
        label=${label}
        hint=${hint}
        checked=${told(kind)}
        onChange=${set(kind)}
      />`,
    )}
    <${Switch}
      label="Somebody calls you by name in a note"
      hint="Always: they wait for you"
      checked=${true}
      disabled
      onChange=${() => undefined}
    />
  `;
}

function Browser() {
  const why = useSignal(cannotRing());
  const set = async (/** @type {boolean} */ on) => {
    await setRings(on);
    why.value = cannotRing();
  };
  return html`<${Switch}
    label="Show notifications of this browser while the page is hidden"
    hint=${why.value ?? "They say who and which conversation, never what was written"}
    checked=${rings.value}
    disabled=${why.value !== null}
    onChange=${set}
  />`;
}

export function Notifications() {
  const { value, error, again, put } = useLoaded(() => call("GET", PATH));
  return html`
    <${Top} title="Notifications" />
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The settings" error=${error} again=${again} />` : null}
      ${
        value
          ? html`<${Part}
              id="told"
              title="Tell me when"
              sub="You find it under the bell. Nobody is told of their own doing."
            >
              <${Kinds} settings=${value} put=${put} />
            <//>
            <${Part} id="browser" title="Outside the page"><${Browser} /><//>`
          : null
      }
    </div>
  `;
}

/** One policy: what it promises, which hours count, and how conversations get it. */
import { useSignal } from "@preact/signals";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Switch, Top, Unloaded, Wrong } from "streamdesk/settings/parts.js";
import { addressOf, follows, leave, unsaved } from "streamdesk/settings/place.js";
import { SpanField } from "streamdesk/settings/sla/SpanField.js";
import { deletePolicy, getPolicy, savePolicy } from "streamdesk/settings/sla/calls.js";
import { PROMISES, secondsOf, spanOf } from "streamdesk/settings/sla/promises.js";
import { showWrong, useTrying } from "streamdesk/settings/trying.js";

/** @typedef {import("./calls.js").Policy} Policy */
/** @typedef {import("./calls.js").Rule} Rule */
/** @typedef {import("./promises.js").Span} Span */
/** @typedef {import("./promises.js").Key} Key */

const LIST = /** @type {[string, string]} */ (["sla", "Service levels"]);
const NO_SPAN = "Give a number above 0 and at most a year, or leave it empty.";
const NOTHING = "Promise at least one of the three.";

/** @param {{ rules: Rule[] }} props */
const Ways = ({ rules }) => html`<${Part} id="sla-ways" title="Who gets it">
  ${
    rules.length
      ? html`<ul class="things" aria-label="Rules that add it">
          ${rules.map((rule) => {
            const path = `automation/${rule.id}`;
            return html`<li class="row-link" key=${rule.id}>
              <a class="link" href=${addressOf(path)} onClick=${follows(path)} dir="auto">${rule.name}</a>
              <span class=${`pill ${rule.active ? "good" : ""}`}>${rule.active ? "On" : "Off"}</span>
            </li>`;
          })}
        </ul>`
      : html`<p class="sub">No rule adds it yet.</p>`
  }
  <p class="sub">
    A rule in
    ${" "}<a class="link" href=${addressOf("automation")} onClick=${follows("automation")}>Automation</a>${" "}
    with the action “Add an SLA policy” gives it to conversations by themselves; by hand it is chosen in the side panel
    of a conversation, or by a macro. Once given it is neither changed nor taken away.
  </p>
<//>`;

/** @param {{ policy: Policy, rules: Rule[] }} props */
function Form({ policy, rules }) {
  const spans = () =>
    /** @type {Record<Key, Span>} */ (
      Object.fromEntries(PROMISES.map(({ key }) => [key, spanOf(policy[key])]))
    );
  const draft = useSignal({ ...policy, spans: spans() });
  const changed = useSignal(false);
  const asked = useSignal(false);
  const { busy, trying, at } = useTrying();
  const fresh = policy.id === 0;
  const set = (/** @type {Partial<typeof draft.value>} */ part) => {
    draft.value = { ...draft.value, ...part };
    changed.value = true;
    unsaved.value = true;
  };
  const promised = PROMISES.map(({ key }) => secondsOf(draft.value.spans[key]));
  const odd = promised.some(Number.isNaN);
  const nothing = promised.every((one) => one === null);
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    asked.value = true;
    if (odd || nothing) {
      showWrong();
      return;
    }
    trying(async () => {
      const { spans: _, ...rest } = draft.value;
      const kept = Object.fromEntries(PROMISES.map(({ key }, n) => [key, promised[n]]));
      const saved = await savePolicy({ .../** @type {Policy} */ (rest), ...kept });
      leave("sla", fresh ? `Made the policy “${saved.name}”` : `Saved “${saved.name}”`);
    });
  };
  const drop = () => {
    const used = rules.length ? " Rules that add it will say that it is gone." : "";
    if (!confirm(`Delete “${policy.name}”? Conversations that have it keep it.${used}`)) return;
    trying(async () => {
      await deletePolicy(policy.id);
      leave("sla", `Deleted the policy “${policy.name}”`);
    });
  };
  return html`
    <form class="form wide" id="sla-form" onSubmit=${save} noValidate>
      <${Part} id="sla-named" title=${fresh ? "New policy" : "What it is called"}>
        <${Field}
          id="sla-name"
          label="Name"
          value=${draft.value.name}
          maxlength="255"
          autocomplete="off"
          wrong=${at("name")}
          hint="Agents see it beside the conversation"
          onInput=${(/** @type {string} */ value) => set({ name: value })}
        />
        <${Field}
          id="sla-description"
          label="Description"
          value=${draft.value.description ?? ""}
          maxlength="2000"
          wrong=${at("description")}
          onInput=${(/** @type {string} */ value) => set({ description: value || null })}
        />
      <//>
      <${Part}
        id="sla-promises"
        title="What it promises"
        sub="What is left empty is not promised. A change counts for conversations that get the policy afterwards."
      >
        ${PROMISES.map(
          ({ key, label, hint }, n) => html`<${SpanField}
            key=${key}
            id=${`sla-${key}`}
            label=${label}
            hint=${hint}
            span=${draft.value.spans[key]}
            wrong=${asked.value && Number.isNaN(promised[n]) ? NO_SPAN : at(key)}
            change=${(/** @type {Span} */ span) => set({ spans: { ...draft.value.spans, [key]: span } })}
          />`,
        )}
        <${Wrong} id="sla-nothing" text=${asked.value && nothing ? NOTHING : undefined} />
        <${Switch}
          label="Only during business hours"
          hint="The clocks run while the conversation’s inbox is open: a day is then 24 open hours. Without opening hours they always run."
          checked=${draft.value.only_during_business_hours}
          onChange=${(/** @type {boolean} */ on) => set({ only_during_business_hours: on })}
        />
      <//>
      ${fresh ? null : html`<${Ways} rules=${rules} />`}
    </form>
    <${SaveBar} status=${changed.value ? "Changes not saved" : ""}>
      ${
        fresh
          ? null
          : html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>`
      }
      <span class="push"></span>
      <button form="sla-form" class="btn primary" disabled=${busy || !changed.value}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ id: number | null }} props */
export function PolicyEditor({ id }) {
  const { value, error, again } = useLoaded(() => getPolicy(id), id);
  return html`
    <${Top} title=${value?.policy.name || "New"} under=${LIST} />
    ${
      error
        ? html`<div class="form wide">
          <${Unloaded} what="The policy" error=${error} again=${again} />
        </div>`
        : null
    }
    ${value ? html`<${Form} policy=${value.policy} rules=${value.rules} />` : null}
  `;
}

/** One rule: when, if, then; and beside it what it did. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { Icon } from "streamdesk/components/Icon.js";
import { EVENTS } from "streamdesk/automation/words.js";
import { html } from "streamdesk/html.js";
import { Actions } from "streamdesk/settings/automation/Actions.js";
import { Conditions } from "streamdesk/settings/automation/Conditions.js";
import { History } from "streamdesk/settings/automation/History.js";
import { Select } from "streamdesk/settings/automation/Values.js";
import { cloneRule, createRule, deleteRule, updateRule } from "streamdesk/settings/automation/calls.js";
import { bodyOf, draftOf, newDraft } from "streamdesk/settings/automation/draft.js";
import { Field, Part, SaveBar, Switch, Top, Wrong } from "streamdesk/settings/parts.js";
import { go, pane, unsaved } from "streamdesk/settings/place.js";
import { showWrong } from "streamdesk/settings/trying.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../../types").Rule} Rule */
/** @typedef {import("./draft.js").Draft} Draft */

const HAPPENINGS = Object.entries(EVENTS).map(([value, label]) => ({ value, label }));
const LIST = /** @type {[string, string]} */ (["automation", "Automation"]);

/** @param {{ rule: Rule | null, put: (rule: Rule) => void }} props */
export function RuleEditor({ rule, put }) {
  const draft = useSignal(rule ? draftOf(rule) : newDraft());
  const wrong = useSignal(/** @type {{ field: string, message: string } | null} */ (null));
  const busy = useSignal(false);
  const changed = useSignal(!rule);

  useEffect(() => () => void (pane.value = null), []);
  const change = (/** @type {Partial<Draft>} */ part) => {
    draft.value = { ...draft.value, ...part };
    changed.value = true;
    unsaved.value = true;
  };
  const wrongAt = (/** @type {string} */ place) => {
    const at = wrong.value;
    const here = at?.field === place || (place.startsWith("conditions") && at?.field.startsWith(place));
    return here ? at?.message : undefined;
  };
  const settled = () => {
    changed.value = false;
    unsaved.value = false;
    wrong.value = null;
  };
  const failed = (/** @type {unknown} */ error) => {
    if (!(error instanceof ApiError)) throw error;
    wrong.value = { field: error.field ?? "", message: error.message };
    if (!error.field) toast(`Not saved: ${error.message}`, { bad: true });
    showWrong();
  };
  const save = async () => {
    busy.value = true;
    try {
      const body = bodyOf(draft.value);
      const kept = rule ? await updateRule(rule.id, body) : await createRule(body);
      settled();
      toast("Saved the rule");
      if (rule) {
        put(kept);
        draft.value = draftOf(kept);
      } else go(`automation/${kept.id}`, { replace: true });
    } catch (error) {
      failed(error);
    } finally {
      busy.value = false;
    }
  };
  const discard = () => {
    draft.value = rule ? draftOf(rule) : newDraft();
    settled();
    if (!rule) go("automation");
  };
  const drop = async () => {
    if (!rule || !confirm(`Delete rule “${rule.name}”? Its history stays.`)) return;
    try {
      await deleteRule(rule.id);
      settled();
      toast(`Deleted the rule “${rule.name}”`);
      go("automation");
    } catch (error) {
      failed(error);
    }
  };
  const copy = async () => {
    if (!rule) return;
    try {
      const copied = await cloneRule(rule.id);
      go(`automation/${copied.id}`);
      toast("Copied the rule; the copy is off");
    } catch (error) {
      failed(error);
    }
  };
  const { name, event_name: event, active, groups, actions } = draft.value;
  const submit = (/** @type {SubmitEvent} */ submitted) => {
    submitted.preventDefault();
    save();
  };
  const showHistory = () => (pane.value = pane.value === "dry" ? null : "dry");
  const status = changed.value ? (rule ? "Changes not saved" : "A new rule, not saved yet") : "";
  return html`
    <${Top} title=${name || "New rule"} under=${LIST}>
      ${
        rule?.active
          ? html`<span class="pill good"><${Icon} name="check" />On</span>`
          : html`<span class="pill">Off</span>`
      }
      ${rule?.last_error ? html`<span class="pill warn"><${Icon} name="alert" />Had trouble</span>` : null}
      <span class="push"></span>
      ${
        rule
          ? html`<button type="button" class="btn ghost" onClick=${copy}>
              <${Icon} name="copy" />Copy
            </button>
            <button type="button" class="btn ghost narrow" aria-pressed=${pane.value === "dry"} onClick=${showHistory}>
              <${Icon} name="clock" />History
            </button>`
          : null
      }
    <//>
    <form class="form" id="rule" onSubmit=${submit} noValidate>
      ${
        rule?.last_error
          ? html`<p class="notice warn long"><${Icon} name="alert" /><span>Last trouble: ${rule.last_error}</span></p>`
          : null
      }
      <${Part} id="when" title="When">
        <${Field}
          id="rule-name"
          label="Name of the rule"
          value=${name}
          wrong=${wrongAt("name")}
          maxlength="255"
          onInput=${(/** @type {string} */ value) => change({ name: value })}
        />
        <div class="field">
          <span class="label" id="event-label">Something happens</span>
          <${Select}
            label="Something happens"
            value=${event}
            options=${HAPPENINGS}
            change=${(/** @type {string} */ value) => change({ event_name: value })}
            wrong=${wrongAt("event_name")}
          />
          <${Wrong} id="event-wrong" text=${wrongAt("event_name")} />
        </div>
      <//>
      <${Part} id="if" title="If">
        <${Conditions} draft=${draft.value} change=${(/** @type {Draft["groups"]} */ next) => change({ groups: next })} wrongAt=${wrongAt} />
        <${Wrong} id="conditions-wrong" text=${wrong.value?.field === "conditions" ? wrong.value.message : undefined} />
      <//>
      <${Part} id="then" title="Then" sub="In this order. If one fails, the next ones still run and the failure is in the history.">
        <${Actions} actions=${actions} change=${(/** @type {Draft["actions"]} */ next) => change({ actions: next })} wrongAt=${wrongAt} />
        <${Wrong} id="actions-wrong" text=${wrong.value?.field === "actions" ? wrong.value.message : undefined} />
      <//>
      <${Part} id="limits" title="Limits" sub="A rule never fires because of what it did itself, and at most five rules fire because of one another.">
        <${Switch} label="Switched on" checked=${active} onChange=${(/** @type {boolean} */ on) => change({ active: on })} />
      <//>
    </form>
    ${
      rule
        ? html`<${History} id=${rule.id} count=${rule.runs_count} />`
        : html`<aside class="dry" aria-label="What it did"><h2>What it did</h2><p class="sub">Once it is saved, every firing stands here with its reasons.</p></aside>`
    }
    <${SaveBar} status=${status}>
      ${rule ? html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete rule</button>` : null}
      <span class="push"></span>
      <button type="button" class="btn ghost" disabled=${!changed.value || busy.value} onClick=${discard}>Discard</button>
      <button form="rule" class="btn primary" disabled=${!changed.value || busy.value}>
        ${busy.value ? "Saving" : "Save rule"}
      </button>
    <//>
  `;
}

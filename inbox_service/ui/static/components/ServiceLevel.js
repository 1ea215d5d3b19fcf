/** What a conversation is promised: what is due and when, what was kept, what was missed. */
import { useEffect } from "preact/hooks";
import { Icon } from "streamdesk/components/Icon.js";
import { duration, fullTime, soon } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { now } from "streamdesk/store/clock.js";
import { opens } from "streamdesk/store/panes.js";
import { canPromise, loadPolicies } from "streamdesk/store/promises.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../types").AppliedSla} Applied */

const CLOSE = 900;

/**
 * @typedef {{
 *   label: string, what: "frt" | "nrt" | "rt", promised: number | null | undefined,
 *   due: number | null | undefined
 * }} Promised
 */

/** @param {Applied} sla @returns {Promised[]} */
const promisesOf = (sla) => [
  {
    label: "First reply",
    what: "frt",
    promised: sla.sla_first_response_time_threshold,
    due: sla.first_response_due_at,
  },
  {
    label: "Next reply",
    what: "nrt",
    promised: sla.sla_next_response_time_threshold,
    due: sla.next_response_due_at,
  },
  {
    label: "Resolution",
    what: "rt",
    promised: sla.sla_resolution_time_threshold,
    due: sla.resolution_due_at,
  },
];

/** @param {{ due: number }} props */
function Due({ due }) {
  const left = due - now.value;
  const look = left < 0 ? "bad" : left < CLOSE ? "warn" : "";
  const words = left < 0 ? `${duration(-left)} over` : `in ${duration(left)}`;
  return html`
    <span class=${`pill num ${look}`} title=${`Due ${fullTime(due)}`}><${Icon} name="clock" />${words}</span>
    <span class="low num">${soon(due, now.value)}</span>
  `;
}

/** @param {{ one: Promised, missed: number[] }} props */
function Standing({ one, missed }) {
  const last = missed.at(-1);
  const times = missed.length > 1 ? ` ${missed.length} times` : "";
  return html`
    ${
      last
        ? html`<span class="pill bad" title=${`Last ${fullTime(last)}`}><${Icon} name="alert" />Missed${times}</span>`
        : null
    }
    ${one.due ? html`<${Due} due=${one.due} />` : null}
    ${
      last || one.due
        ? null
        : html`<span class="pill good"><${Icon} name="check" />Kept</span>`
    }
  `;
}

/** @param {{ c: Conversation }} props */
export function ServiceLevel({ c }) {
  useEffect(() => void loadPolicies(), []);
  const sla = c.applied_sla;
  if (!c.sla_policy_id || !sla?.id) {
    if (!canPromise(c)) return null;
    return html`
      <dt>SLA</dt>
      <dd>
        <button
          type="button"
          class="set"
          data-anchor="sla"
          aria-haspopup="listbox"
          title="Add an SLA policy"
          onClick=${opens("sla")}
        >
          <span class="low">None</span>
        </button>
      </dd>
    `;
  }
  // What ended with a merge was neither kept nor missed.
  const promises = c.merged_into ? [] : promisesOf(sla);
  const about = [sla.sla_description, sla.sla_only_during_business_hours && "Only open hours count"];
  const missed = (/** @type {string} */ what) =>
    (c.sla_events ?? []).filter((one) => one.event_type === what).map((one) => one.created_at);
  return html`
    <dt>SLA</dt>
    <dd title=${about.filter(Boolean).join(". ")} dir="auto">${sla.sla_name}</dd>
    ${promises
      .filter(({ what, promised, due }) => promised && (what !== "nrt" || due || missed(what).length))
      .map(
        (one) => html`
          <dt key=${one.what}>${one.label}</dt>
          <dd><${Standing} one=${one} missed=${missed(one.what)} /></dd>
        `,
      )}
  `;
}

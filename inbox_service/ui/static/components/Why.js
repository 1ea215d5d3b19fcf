/** Why a rule did what a line of the thread tells of. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError, getRun } from "streamdesk/api.js";
import { Reasons } from "streamdesk/automation/Reasons.js";
import { EVENTS, FIELDS } from "streamdesk/automation/words.js";
import { boot } from "streamdesk/boot.js";
import { fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { agentName } from "streamdesk/names.js";
import { openId } from "streamdesk/route.js";
import { agents, nameOf } from "streamdesk/store/directory.js";
import { openPop, whyRun } from "streamdesk/store/panes.js";

/** @typedef {import("../types").Run} Run */
/** @typedef {import("../types").Message} Message */

/** The firing that a message or a line came from. @param {Message} m @returns {number | null} */
export const runOf = (m) => m.content_attributes?.automation_run_id ?? null;

/** @param {{ m: Message }} props */
export function WhyButton({ m }) {
  const run = runOf(m);
  if (run === null) return null;
  const open = (/** @type {Event} */ event) => {
    whyRun.value = run;
    openPop("why", event);
  };
  return html`<button type="button" class="link" aria-haspopup="dialog" onClick=${open}>Why</button>`;
}

/** @param {import("../types").RuleCondition} condition @param {unknown} value */
function named({ attribute_key: key }, value) {
  const kind = FIELDS[key]?.values;
  if (kind === "inbox" || kind === "team") return nameOf(kind, Number(value)) ?? String(value);
  if (kind !== "agent") return String(value);
  const agent = agents.value.find((one) => one.id === Number(value));
  return agent ? agentName(agent) : String(value);
}

/** What the popover holds. */
export function Why() {
  const run = useSignal(/** @type {Run | null} */ (null));
  const wrong = useSignal("");
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const id = whyRun.value;
  useEffect(() => {
    box.current?.focus();
    if (id === null || openId.value === null) return;
    getRun(openId.value, id).then(
      (found) => (run.value = found),
      (error) => {
        if (!(error instanceof ApiError)) throw error;
        wrong.value = error.message;
      },
    );
  }, [id]);
  const one = run.value;
  const event = one && (EVENTS[one.event_name] ?? one.event_name);
  const manages = boot.user.role === "administrator";
  return html`<div class="why" role="dialog" aria-label="Why" tabindex="-1" ref=${box}>
    ${wrong.value ? html`<p class="wrong">${wrong.value}</p>` : null}
    ${
      one
        ? html`
          <p class="strong" dir="auto">${one.rule_name}</p>
          <p class="sm low">${event}, ${fullTime(one.created_at)}</p>
          <${Reasons} run=${one} named=${named} />
          ${
            manages
              ? html`<a
                class="link sm"
                href=${`/app/accounts/${boot.account.id}/settings/automation/${one.rule_id}`}
                >Open the rule</a
              >`
              : null
          }
        `
        : wrong.value
          ? null
          : html`<i class="skel"></i>`
    }
  </div>`;
}

/** Why a rule did something, and what came of it: one firing as a list. */
import { Icon } from "streamdesk/components/Icon.js";
import { ACTIONS, actionLabel, conditionWords, ENDINGS, foundWords } from "streamdesk/automation/words.js";
import { html } from "streamdesk/html.js";

/** @typedef {import("../types").Run} Run */
/** @typedef {import("../types").RunCondition} RunCondition */
/** @typedef {(condition: import("../types").RuleCondition, value: unknown) => string} Named */

/** @param {{ one: RunCondition, named?: Named }} props */
function Condition({ one, named }) {
  const found = Array.isArray(one.found)
    ? foundWords(one.found)
    : foundWords(one.found === null || !named ? one.found : named(one, one.found));
  return html`<li>
    <${Icon} name=${one.held ? "check" : "x"} small class="low" label=${one.held ? "Held" : "Did not hold"} />
    <span
      >${conditionWords(one, named)}<span class="low">: found </span
      ><span class="low" dir="auto">${found}</span></span
    >
  </li>`;
}

/** @param {{ one: import("../types").RunAction }} props */
function Action({ one }) {
  const [icon, word] = ENDINGS[one.ending ?? ""] ?? ["clock", "not begun"];
  const failed = one.ending === "failed";
  return html`<li class=${failed ? "bad" : ""}>
    <${Icon} name=${failed ? icon : (ACTIONS[one.action_name]?.icon ?? icon)} small class=${failed ? "" : "low"} />
    <span
      >${actionLabel(one.action_name)}: ${word}${
        one.detail ? html`<span class="low" dir="auto"> (${one.detail})</span>` : null
      }</span
    >
  </li>`;
}

/** @param {{ run: Run, named?: Named }} props */
export const Reasons = ({ run, named }) => html`
  <ul class="reasons">
    ${
      run.conditions.length
        ? run.conditions.map((one, n) => html`<${Condition} key=${n} one=${one} named=${named} />`)
        : html`<li class="low">It has no conditions.</li>`
    }
    ${
      run.stopped
        ? html`<li class="warn"><${Icon} name="alert" small /><span>Stopped: ${run.stopped}</span></li>`
        : run.actions.map((one, n) => html`<${Action} key=${`a${n}`} one=${one} />`)
    }
  </ul>
`;

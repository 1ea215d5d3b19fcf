/** A rule in one sentence. */
import { actionLabel, conditionWords, EVENTS, FIELDS } from "streamdesk/automation/words.js";
import { nameOf } from "streamdesk/settings/automation/known.js";

/** @typedef {import("../../types").Rule} Rule */
/** @typedef {import("../../types").RuleCondition} RuleCondition */

/** Ids as the names of what they stand for. @param {RuleCondition} condition @param {unknown} value */
export const named = (condition, value) =>
  nameOf(FIELDS[condition.attribute_key]?.values ?? "words", value);

/** @param {string} text */
const small = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** @param {Rule} rule */
export function summary(rule) {
  const when = EVENTS[rule.event_name] ?? rule.event_name;
  const tests = rule.conditions.map((one, n) => {
    const joint = n < rule.conditions.length - 1 ? ` ${(one.query_operator ?? "").toLowerCase()} ` : "";
    return small(conditionWords(one, named)) + joint;
  });
  const doing = rule.actions.map((one) => small(actionLabel(one.action_name))).join(", ");
  return `${when}${tests.length ? `, ${tests.join("")}` : ""}: ${doing}`;
}

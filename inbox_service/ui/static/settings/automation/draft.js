/** A rule while it is edited: conditions in groups, so that it can be seen how they join. */
import { FIELDS, NO_VALUES } from "streamdesk/automation/words.js";

/** @typedef {import("../../types").Rule} Rule */
/** @typedef {import("../../types").RuleCondition} RuleCondition */
/** @typedef {import("../../types").RuleAction} RuleAction */
/**
 * Any of the groups must hold; a group holds if all in it do.
 * @typedef {{
 *   name: string, event_name: string, active: boolean, groups: RuleCondition[][],
 *   actions: RuleAction[]
 * }} Draft
 */

/** @returns {RuleCondition} */
export const newCondition = () => ({
  attribute_key: "content",
  filter_operator: "contains",
  values: [],
  query_operator: null,
});

/** @returns {RuleAction} */
export const newAction = () => ({ action_name: "add_label", action_params: [] });

/** @returns {Draft} */
export const newDraft = () => ({
  name: "",
  event_name: "message_created",
  active: true,
  groups: [[{ ...newCondition(), attribute_key: "message_type", filter_operator: "equal_to", values: ["incoming"] }]],
  actions: [newAction()],
});

/** AND joins inside a group, OR begins the next. @param {Rule} rule @returns {Draft} */
export function draftOf({ name, event_name, active, conditions, actions }) {
  /** @type {RuleCondition[][]} */
  const groups = [];
  let open = true;
  for (const condition of conditions) {
    if (open) groups.push([]);
    groups.at(-1)?.push({ ...condition, query_operator: null });
    open = condition.query_operator === "OR";
  }
  return structuredClone({ name, event_name, active, groups, actions });
}

/** What the API is sent. @param {Draft} draft */
export function bodyOf({ groups, ...rest }) {
  const full = groups.filter((group) => group.length);
  const conditions = full.flatMap((group, n) =>
    group.map((condition, at) => ({
      ...condition,
      values: NO_VALUES.has(condition.filter_operator) ? [] : condition.values,
      query_operator:
        at < group.length - 1 ? "AND" : n < full.length - 1 ? "OR" : null,
    })),
  );
  return { ...rest, conditions };
}

/** Which condition of a group the API's n-th is. @param {Draft} draft @param {number} group @param {number} at */
export const placeOf = (draft, group, at) =>
  draft.groups.slice(0, group).reduce((sum, one) => sum + one.length, 0) + at;

/**
 * Another field: a test that it takes, and no values of the one before.
 * @param {RuleCondition} condition
 * @param {string} key
 */
export function aboutField(condition, key) {
  const operators = FIELDS[key]?.operators ?? [];
  const keeps = operators.includes(condition.filter_operator);
  const same = FIELDS[key]?.values === FIELDS[condition.attribute_key]?.values;
  return {
    ...condition,
    attribute_key: key,
    filter_operator: keeps ? condition.filter_operator : (operators[0] ?? "equal_to"),
    values: same ? condition.values : [],
  };
}

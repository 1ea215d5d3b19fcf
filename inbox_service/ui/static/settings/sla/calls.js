/** The operations of the API that the service levels' page uses. */
import { ACCOUNT, call } from "streamdesk/api.js";

/** @typedef {import("../../types").SlaPolicy} Policy */
/** @typedef {import("../../types").Rule} Rule */

const POLICIES = `${ACCOUNT}/sla_policies`;

/** @type {Policy} */
const NEW = {
  id: 0,
  name: "",
  description: null,
  first_response_time_threshold: null,
  next_response_time_threshold: null,
  resolution_time_threshold: null,
  only_during_business_hours: false,
};

/** @param {Rule} rule @returns {unknown[]} */
const promised = (rule) =>
  rule.actions.filter((one) => one.action_name === "add_sla").map((one) => one.action_params[0]);

/** Rules that promise something. @returns {Promise<Rule[]>} */
async function promisingRules() {
  /** @type {Rule[]} */
  const rules = (await call("GET", `${ACCOUNT}/automation_rules`)).payload;
  return rules.filter((rule) => promised(rule).length > 0);
}

/** Every policy, each with the rules that add it. @returns {Promise<{ policy: Policy, rules: Rule[] }[]>} */
export async function listPolicies() {
  const [policies, rules] = await Promise.all([call("GET", POLICIES), promisingRules()]);
  return policies.payload.map((/** @type {Policy} */ policy) => ({
    policy,
    rules: rules.filter((rule) => promised(rule).includes(policy.id)),
  }));
}

/** @param {number | null} id @returns {Promise<{ policy: Policy, rules: Rule[] }>} */
export async function getPolicy(id) {
  if (id === null) return { policy: NEW, rules: [] };
  const [found, rules] = await Promise.all([call("GET", `${POLICIES}/${id}`), promisingRules()]);
  return { policy: found.payload, rules: rules.filter((rule) => promised(rule).includes(id)) };
}

/** @param {Policy} policy @returns {Promise<Policy>} */
export async function savePolicy({ id, ...body }) {
  const path = id ? `${POLICIES}/${id}` : POLICIES;
  return (await call(id ? "PATCH" : "POST", path, { body })).payload;
}

/** @param {number} id */
export const deletePolicy = (id) => call("DELETE", `${POLICIES}/${id}`);

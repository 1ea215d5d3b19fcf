/** What rules can name: inboxes, teams, agents, labels, and the fixed words. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { agentName, teamName } from "streamdesk/names.js";

/** @typedef {{ value: string | number | boolean, label: string }} Named */
/** @typedef {import("../../types").RuleCondition} RuleCondition */

/** @type {Record<string, Named[]>} */
const FIXED = {
  status: ["open", "pending", "snoozed", "resolved"].map(plain),
  priority: ["urgent", "high", "medium", "low"].map(plain),
  message_type: [
    { value: "incoming", label: "From the customer" },
    { value: "outgoing", label: "From us" },
    { value: "template", label: "Automatic question" },
  ],
  flag: [
    { value: true, label: "Yes" },
    { value: false, label: "No" },
  ],
};

/** What the account has, by kind; empty until it is loaded. */
export const known = signal(/** @type {Record<string, Named[]>} */ (FIXED));

/** @param {string} word @returns {Named} */
function plain(word) {
  return { value: word, label: word.charAt(0).toUpperCase() + word.slice(1) };
}

export async function loadKnown() {
  const [inboxes, teams, agents, labels, policies] = await Promise.all([
    api.listInboxes(),
    api.listTeams(),
    api.listAgents(),
    api.listLabels(),
    api.call("GET", `${api.ACCOUNT}/sla_policies`),
  ]);
  known.value = {
    ...FIXED,
    inbox: inboxes.map(({ id, name }) => ({ value: id, label: name })),
    team: teams.map(({ id, name }) => ({ value: id, label: teamName(name) })),
    agent: agents.map((agent) => ({ value: agent.id, label: agentName(agent) })),
    sla: policies.payload.map((/** @type {{ id: number, name: string }} */ { id, name }) => ({ value: id, label: name })),
    label: labels.map(({ title }) => ({ value: title, label: title })),
  };
}

/** @param {string} kind @param {unknown} value */
export const nameOf = (kind, value) =>
  known.value[kind]?.find((one) => String(one.value) === String(value))?.label ?? String(value);

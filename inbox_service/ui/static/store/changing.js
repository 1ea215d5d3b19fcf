/**
 * What a person decides about a conversation: shown at once, undone when it can be, taken back
 * when it failed.
 */
import * as api from "streamdesk/api.js";
import { line } from "streamdesk/cable.js";
import { soon } from "streamdesk/format.js";
import { agentName, contactName, teamName } from "streamdesk/names.js";
import { conversation, overlay, put } from "streamdesk/store/conversations.js";
import { countAgain } from "streamdesk/store/counts.js";
import { me } from "streamdesk/store/directory.js";
import { place } from "streamdesk/store/list.js";
import { dismiss, toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../types").Agent} Agent */
/** @typedef {import("../types").Team} Team */

/**
 * @param {Conversation} c
 * @param {{
 *   part: Partial<Conversation>, call: () => Promise<unknown>, said?: string, undo?: () => void,
 *   not: string
 * }} what `not` is what did not happen, when it failed
 */
async function change(c, { part, call, said, undo, not }) {
  const shown = overlay(c.id, part);
  place(c.id, { ours: true });
  const key = said ? toast(`${said}, ${contactName(c.meta.sender)}`, { undo }) : 0;
  try {
    await call();
    shown.settle();
    if (line.peek() !== "on") put(await api.getConversation(c.id));
  } catch (error) {
    shown.revert();
    if (!(error instanceof api.ApiError)) throw error;
    if (key) dismiss(key);
    toast(`${not}: ${error.message}`, { bad: true });
  }
  place(c.id, { ours: true });
  countAgain();
}

/** @param {number} id */
const current = (id) => /** @type {Conversation} */ (conversation(id).peek());

const SAID = {
  open: "Reopened",
  resolved: "Resolved",
  pending: "Set to pending",
  snoozed: "Snoozed",
};

/**
 * @param {number} id
 * @param {Conversation["status"]} status
 * @param {number | null} [until]
 * @param {{ quiet?: boolean }} [options]
 */
export function changeStatus(id, status, until = null, { quiet = false } = {}) {
  const c = current(id);
  const { status: before, snoozed_until: beforeUntil } = c;
  const when = status === "snoozed" && until ? ` until ${soon(until, Date.now() / 1000)}` : "";
  return change(c, {
    part: { status, snoozed_until: until },
    call: () => api.setStatus(id, status, until),
    said: quiet ? undefined : SAID[status] + when,
    undo: () => changeStatus(id, before, beforeUntil, { quiet: true }),
    not: `Not ${SAID[status].toLowerCase()}`,
  });
}

/** @param {number} id @param {Agent | null} agent @param {{ quiet?: boolean }} [options] */
export function changeAssignee(id, agent, { quiet = false } = {}) {
  const c = current(id);
  const before = c.meta.assignee;
  if ((before?.id ?? null) === (agent?.id ?? null)) return Promise.resolve();
  const whom = agent?.id === me.peek().id ? "you" : agentName(agent);
  return change(c, {
    part: { meta: { ...c.meta, assignee: agent } },
    call: () => api.setAssignee(id, agent?.id ?? null),
    said: quiet ? undefined : agent ? `Assigned to ${whom}` : "Unassigned",
    undo: () => changeAssignee(id, before, { quiet: true }),
    not: "Not assigned",
  });
}

/** @param {number} id @param {Team | null} team @param {{ quiet?: boolean }} [options] */
export function changeTeam(id, team, { quiet = false } = {}) {
  const c = current(id);
  const before = c.meta.team;
  return change(c, {
    part: { meta: { ...c.meta, team } },
    call: () => api.setTeam(id, team?.id ?? null),
    said: quiet ? undefined : team ? `Moved to ${teamName(team.name)}` : "Taken from the team",
    undo: () => changeTeam(id, before, { quiet: true }),
    not: "Team not changed",
  });
}

/**
 * @param {number} id
 * @param {Conversation["priority"]} priority
 * @param {{ quiet?: boolean }} [options]
 */
export function changePriority(id, priority, { quiet = false } = {}) {
  const c = current(id);
  const before = c.priority;
  if (before === priority) return Promise.resolve();
  return change(c, {
    part: { priority },
    call: () => api.setPriority(id, priority),
    said: quiet ? undefined : priority ? `Priority ${priority}` : "No priority",
    undo: () => changePriority(id, before, { quiet: true }),
    not: "Priority not changed",
  });
}

/**
 * Add a label, or take it away.
 * @param {number} id
 * @param {string} title
 * @param {{ quiet?: boolean }} [options]
 */
export function toggleLabel(id, title, { quiet = false } = {}) {
  const c = current(id);
  const had = c.labels.includes(title);
  const labels = had ? c.labels.filter((one) => one !== title) : [...c.labels, title];
  return change(c, {
    part: { labels },
    call: () => api.setLabels(id, labels),
    said: quiet ? undefined : had ? `Removed “${title}”` : `Labelled “${title}”`,
    undo: () => toggleLabel(id, title, { quiet: true }),
    not: `“${title}” not ${had ? "removed" : "added"}`,
  });
}

/** The account's inboxes, teams, labels and agents, and who is online. */
import { computed, signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { boot } from "streamdesk/boot.js";
import { teamName } from "streamdesk/names.js";

/** @typedef {import("../types").Inbox} Inbox */
/** @typedef {import("../types").Team} Team */
/** @typedef {import("../types").Label} Label */
/** @typedef {import("../types").Agent} Agent */
/** @typedef {import("../types").Presence} Presence */

export const me = signal(boot.user);
export const inboxes = signal(/** @type {Inbox[]} */ ([]));
export const teams = signal(/** @type {Team[]} */ ([]));
export const labels = signal(/** @type {Label[]} */ ([]));
export const agents = signal(/** @type {Agent[]} */ ([]));

/** False until the first answer; an account without an inbox is on its first run. */
export const loaded = signal(false);

export const presence = signal(
  /** @type {{ users: Record<string, Presence>, contacts: Record<string, Presence> }} */ ({
    users: {},
    contacts: {},
  }),
);

export const inboxById = computed(() => new Map(inboxes.value.map((inbox) => [inbox.id, inbox])));
export const labelByTitle = computed(
  () => new Map(labels.value.map((label) => [label.title, label])),
);

/** @param {"inbox" | "team"} kind @param {number} id */
export const nameOf = (kind, id) => {
  if (kind === "inbox") return inboxById.value.get(id)?.name;
  const team = teams.value.find((one) => one.id === id);
  return team && teamName(team.name);
};

/** @param {number | undefined} id @returns {Presence} */
export const agentPresence = (id) => {
  if (id === me.value.id) return me.value.availability;
  return presence.value.users[String(id)] ?? "offline";
};

/** @param {number | undefined} id */
export const contactIsOnline = (id) => presence.value.contacts[String(id)] === "online";

export async function loadDirectory() {
  const [allInboxes, allLabels, allTeams, allAgents] = await Promise.all([
    api.listInboxes(),
    api.listLabels(),
    api.listTeams(),
    api.listAgents(),
  ]);
  inboxes.value = allInboxes;
  labels.value = allLabels;
  teams.value = allTeams;
  agents.value = allAgents;
  loaded.value = true;
}

/** @param {Presence} availability */
export async function changeAvailability(availability) {
  const before = me.value;
  me.value = { ...before, availability };
  try {
    await api.setAvailability(availability);
  } catch (error) {
    me.value = before;
    throw error;
  }
}

/** What the palette finds: commands, places and people. */
import * as api from "streamdesk/api.js";
import { COMMANDS } from "streamdesk/commands.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { channel, contactName, teamName } from "streamdesk/names.js";
import { go, openId } from "streamdesk/route.js";
import { inboxes, labels, teams } from "streamdesk/store/directory.js";
import { macros, runMacro } from "streamdesk/store/macros.js";
import { show } from "streamdesk/store/moving.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {{
 *   key: string, label: string, icon: string, hint?: unknown, run: () => void
 * }} Found
 */
/** @typedef {import("../types").Contact} Contact */

const PLACES_AT_MOST = 6;
const HERE = new Set(["Answer", "Decide"]);
const NOT_LISTED = new Set([
  ...["palette", "next", "previous", "older", "newer"],
  ...["send", "send-resolve", "list", "undo"],
]);

/**
 * @param {string} words
 * @param {boolean} here those that concern the open conversation, or the others
 * @returns {Found[]}
 */
const commands = (words, here) =>
  COMMANDS.filter(
    (one) =>
      !NOT_LISTED.has(one.id) &&
      HERE.has(one.group) === here &&
      (one.when?.() ?? true) &&
      one.label.toLowerCase().includes(words),
  ).map(({ id, label, icon, keys, run }) => ({
    key: id,
    label,
    icon,
    hint: keys?.[0] && caps(keys[0]).map((cap) => html`<kbd>${cap}</kbd>${" "}`),
    run: () => run(),
  }));

/**
 * @param {string} words
 * @returns {Found[]}
 */
function places(words) {
  if (!words) return [];
  const all = [
    ...inboxes.value.map(({ id, name, channel_type: type }) => ({
      key: `inbox ${id}`,
      label: name,
      icon: channel(type).icon,
      run: () => show({ inbox: id }),
    })),
    ...teams.value.map(({ id, name }) => ({
      key: `team ${id}`,
      label: teamName(name),
      icon: "team",
      run: () => show({ team: id }),
    })),
    ...labels.value.map(({ title }) => ({
      key: `label ${title}`,
      label: title,
      icon: "tag",
      run: () => show({ label: title }),
    })),
  ];
  return all.filter((one) => one.label.toLowerCase().includes(words)).slice(0, PLACES_AT_MOST);
}

/**
 * Macros that can be run on the open conversation.
 * @param {string} words
 * @returns {Found[]}
 */
function runnable(words) {
  const id = openId.value;
  if (!words || id === null) return [];
  return (macros.value ?? [])
    .filter((one) => `run ${one.name}`.toLowerCase().includes(words))
    .slice(0, PLACES_AT_MOST)
    .map((one) => ({
      key: `macro ${one.id}`,
      label: `Run “${one.name}”`,
      icon: "bolt",
      run: () => runMacro(id, one),
    }));
}

/**
 * "#48213" or "48213" is a conversation.
 * @param {string} words
 * @returns {Found[]}
 */
function numbered(words) {
  const number = Number(/^#?(\d+)$/.exec(words)?.[1]);
  if (!number) return [];
  const run = () => go({ open: number });
  return [{ key: "number", label: `Conversation #${number}`, icon: "chat", run }];
}

/** @param {Contact} contact */
async function openLatestOf(contact) {
  try {
    const all = await api.contactConversations(contact.id);
    const [latest] = all.sort((a, b) => b.last_activity_at - a.last_activity_at);
    if (latest) go({ open: latest.id });
    else toast(`No conversation with ${contactName(contact)} yet`);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(`Not opened: ${error.message}`, { bad: true });
  }
}

/**
 * @param {Contact} contact
 * @returns {Found}
 */
const person = (contact) => ({
  key: `contact ${contact.id}`,
  label: contactName(contact),
  icon: "person",
  hint: contact.phone_number ?? contact.email,
  run: () => openLatestOf(contact),
});

/**
 * Results by group, groups without any left out.
 * @param {string} words
 * @param {Contact[]} people
 * @returns {[string, Found[]][]}
 */
export function find(words, people) {
  /** @type {[string, Found[]][]} */
  const groups = [
    ["This conversation", openId.value === null ? [] : [...commands(words, true), ...runnable(words)]],
    ["Go to", [...numbered(words), ...commands(words, false), ...places(words)]],
    ["People", people.map(person)],
  ];
  return groups.filter(([, found]) => found.length > 0);
}

/**
 * Everything a person can do, once: the keys, the palette and the shortcuts sheet all read this
 * table.
 */
import { openId } from "streamdesk/route.js";
import { changeAssignee } from "streamdesk/store/changing.js";
import { current, leaveUnread, resolveOrReopen } from "streamdesk/store/deciding.js";
import { me, teams } from "streamdesk/store/directory.js";
import { standsAlone } from "streamdesk/store/merging.js";
import * as moving from "streamdesk/store/moving.js";
import { openDialog, openPop, seeking, toggleRail, toggleSide } from "streamdesk/store/panes.js";
import { canPromise } from "streamdesk/store/promises.js";
import { undoLast } from "streamdesk/store/toasts.js";

/** @typedef {import("./types").Command} Command */

const isOpen = () => current() !== null;

/** @param {string} mode */
const write = (mode) => dispatchEvent(new CustomEvent("streamdesk:write", { detail: mode }));

/** @param {string} kind @returns {(event?: Event) => void} */
const popover = (kind) => (event) => openPop(kind, event);

/** @type {Command[]} */
export const COMMANDS = [
  {
    id: "next",
    label: "Next conversation",
    icon: "down",
    group: "Move",
    keys: ["j"],
    run: () => moving.step(1),
  },
  {
    id: "previous",
    label: "Previous conversation",
    icon: "arrow-up",
    group: "Move",
    keys: ["k"],
    run: () => moving.step(-1),
  },
  {
    id: "waiting",
    label: "Next in need of a reply",
    icon: "clock",
    group: "Move",
    keys: ["g n"],
    run: moving.openNextWaiting,
  },
  {
    id: "list",
    label: "Back to the list",
    icon: "back",
    group: "Move",
    keys: ["escape"],
    when: isOpen,
    run: moving.backToList,
  },
  {
    id: "fresh",
    label: "Jump to unread",
    icon: "down",
    group: "Move",
    keys: ["u"],
    when: isOpen,
    run: moving.jumpToFresh,
  },
  {
    id: "older",
    label: "Older message",
    icon: "arrow-up",
    group: "Move",
    keys: ["shift+k"],
    when: isOpen,
    run: () => moving.stepMessage(-1),
  },
  {
    id: "newer",
    label: "Newer message",
    icon: "down",
    group: "Move",
    keys: ["shift+j"],
    when: isOpen,
    run: () => moving.stepMessage(1),
  },
  {
    id: "seek",
    label: "Search this list",
    icon: "search",
    group: "Move",
    keys: ["/"],
    run: () => (seeking.value = true),
  },
  {
    id: "palette",
    label: "Commands",
    icon: "search",
    group: "Move",
    keys: ["mod+k"],
    anywhere: true,
    run: () => openDialog("palette"),
  },

  {
    id: "go-mine",
    label: "Mine",
    icon: "person",
    group: "Go to",
    keys: ["g m"],
    run: () => moving.show({ who: "me" }),
  },
  {
    id: "go-unassigned",
    label: "Unassigned",
    icon: "unassigned",
    group: "Go to",
    keys: ["g u"],
    run: () => moving.show({ who: "unassigned" }),
  },
  {
    id: "go-all",
    label: "All open",
    icon: "inbox",
    group: "Go to",
    keys: ["g a"],
    run: () => moving.show({}),
  },
  {
    id: "go-snoozed",
    label: "Snoozed",
    icon: "snooze",
    group: "Go to",
    keys: ["g s"],
    run: () => moving.show({ status: "snoozed" }),
  },
  {
    id: "bell",
    label: "Notifications",
    icon: "bell",
    group: "Go to",
    keys: ["g b"],
    run: popover("bell"),
  },

  {
    id: "reply",
    label: "Reply",
    icon: "reply",
    group: "Answer",
    keys: ["r"],
    when: standsAlone,
    run: () => write("reply"),
  },
  {
    id: "note",
    label: "Private note",
    icon: "lock",
    group: "Answer",
    keys: ["n"],
    when: standsAlone,
    run: () => write("note"),
  },
  {
    id: "send",
    label: "Send",
    icon: "send",
    group: "Answer",
    keys: ["mod+enter"],
    anywhere: true,
    when: standsAlone,
    run: () => write("send"),
  },
  {
    id: "send-resolve",
    label: "Send and resolve",
    icon: "check",
    group: "Answer",
    keys: ["mod+shift+enter"],
    anywhere: true,
    when: standsAlone,
    run: () => write("send-resolve"),
  },
  {
    id: "attach",
    label: "Attach a file",
    icon: "clip",
    group: "Answer",
    keys: ["mod+shift+f"],
    anywhere: true,
    when: standsAlone,
    run: () => write("attach"),
  },

  {
    id: "resolve",
    label: "Resolve, reopen",
    icon: "check",
    group: "Decide",
    keys: ["e"],
    when: standsAlone,
    run: resolveOrReopen,
  },
  {
    id: "snooze",
    label: "Snooze",
    icon: "snooze",
    group: "Decide",
    keys: ["z"],
    when: standsAlone,
    run: popover("snooze"),
  },
  {
    id: "assign",
    label: "Assign",
    icon: "person",
    group: "Decide",
    keys: ["a"],
    when: standsAlone,
    run: popover("assign"),
  },
  {
    id: "assign-me",
    label: "Assign to me",
    icon: "person",
    group: "Decide",
    keys: ["i"],
    when: standsAlone,
    run: () => changeAssignee(Number(openId.value), me.value),
  },
  {
    id: "team",
    label: "Assign to a team",
    icon: "team",
    group: "Decide",
    keys: ["t"],
    when: () => standsAlone() && teams.value.length > 0,
    run: popover("team"),
  },
  {
    id: "label",
    label: "Label",
    icon: "tag",
    group: "Decide",
    keys: ["l"],
    when: standsAlone,
    run: popover("label"),
  },
  {
    id: "priority",
    label: "Priority",
    icon: "flag",
    group: "Decide",
    keys: ["p"],
    when: standsAlone,
    run: popover("priority"),
  },
  {
    id: "macro",
    label: "Run a macro",
    icon: "bolt",
    group: "Decide",
    keys: ["d"],
    when: standsAlone,
    run: popover("macro"),
  },
  {
    id: "sla",
    label: "Add an SLA policy",
    icon: "clock",
    group: "Decide",
    when: () => canPromise(current()),
    run: popover("sla"),
  },
  {
    id: "merge",
    label: "Merge into another conversation…",
    icon: "merge",
    group: "Decide",
    when: standsAlone,
    run: () => openDialog("merge"),
  },
  {
    id: "unread",
    label: "Mark as unread",
    icon: "eye",
    group: "Decide",
    when: standsAlone,
    run: leaveUnread,
  },
  { id: "undo", label: "Undo", icon: "undo", group: "Decide", keys: ["mod+z"], run: undoLast },

  {
    id: "more",
    label: "More actions",
    icon: "more",
    group: "Window",
    keys: ["."],
    when: standsAlone,
    run: popover("more"),
  },
  {
    id: "side",
    label: "Contact panel",
    icon: "panel",
    group: "Window",
    keys: ["]"],
    when: isOpen,
    run: toggleSide,
  },
  { id: "rail", label: "Folders", icon: "menu", group: "Window", keys: ["\\"], run: toggleRail },
  {
    id: "keys",
    label: "Keyboard shortcuts",
    icon: "help",
    group: "Window",
    keys: ["?"],
    run: () => openDialog("keys"),
  },
];

const byId = new Map(COMMANDS.map((one) => [one.id, one]));

/** @param {string} id @param {Event} [event] */
export function run(id, event) {
  const command = byId.get(id);
  if (command && (command.when?.() ?? true)) command.run(event);
}

/** What was begun and not sent, per conversation, kept in the browser until it is stored on the server. */
import { signal } from "@preact/signals";
import { KEEP } from "streamdesk/boot.js";

/** @typedef {{ mode: "reply" | "note", reply: string, note: string, begunAt: number | null }} Draft */

const PREFIX = `${KEEP}:draft:`;
const SAVE_AFTER = 300;

/** @type {Draft} */
const EMPTY = { mode: "reply", reply: "", note: "", begunAt: null };

/** @type {Map<number, import("@preact/signals").Signal<Draft>>} */
const drafts = new Map();
/** @type {Map<number, import("@preact/signals").Signal<File[]>>} */
const files = new Map();
/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/** @param {number} id @returns {Draft} */
function read(id) {
  const kept = localStorage.getItem(PREFIX + id);
  return kept ? { ...EMPTY, ...JSON.parse(kept) } : EMPTY;
}

/** @param {number} id */
export function draftOf(id) {
  let draft = drafts.get(id);
  if (!draft) {
    draft = signal(read(id));
    drafts.set(id, draft);
  }
  return draft;
}

/** @param {number} id */
export function filesOf(id) {
  let list = files.get(id);
  if (!list) {
    list = signal(/** @type {File[]} */ ([]));
    files.set(id, list);
  }
  return list;
}

/** @param {number} id */
function save(id) {
  const draft = draftOf(id).peek();
  timers.delete(id);
  if (draft.reply || draft.note || draft.mode !== "reply") localStorage.setItem(PREFIX + id, JSON.stringify(draft));
  else localStorage.removeItem(PREFIX + id);
}

/** @param {number} id @param {Partial<Draft>} part */
export function writeDraft(id, part) {
  const cell = draftOf(id);
  const before = cell.peek();
  const next = { ...before, ...part };
  if (!next.reply && !next.note) next.begunAt = null;
  else if (next.begunAt === null) next.begunAt = Math.floor(Date.now() / 1000);
  cell.value = next;
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => save(id), SAVE_AFTER));
}

addEventListener("pagehide", () => timers.forEach((_, id) => save(id)));

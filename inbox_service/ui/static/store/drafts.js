/**
 * What was begun and not sent, per conversation, kept in the browser until it is stored on the
 * server.
 */
import { signal } from "@preact/signals";
import { KEEP } from "streamdesk/boot.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {{ mode: "reply" | "note", reply: string, note: string, begunAt: number | null }} Draft
 */

const PREFIX = `${KEEP}:draft:`;
const SAVE_AFTER = 300;
const FILES_AT_MOST = 15;
const LARGEST = 40 * 1000 * 1000;

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
  if (draft.reply || draft.note || draft.mode !== "reply")
    localStorage.setItem(PREFIX + id, JSON.stringify(draft));
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
  timers.set(
    id,
    setTimeout(() => save(id), SAVE_AFTER),
  );
}

/**
 * Choose files for the next message, as many and as large as a message takes.
 * @param {number} id
 * @param {Iterable<File>} added
 */
export function addFiles(id, added) {
  const chosen = filesOf(id);
  const all = [...chosen.peek()];
  for (const file of added) {
    if (file.size > LARGEST) toast(`“${file.name}” is larger than 40 MB`, { bad: true });
    else all.push(file);
  }
  if (all.length > FILES_AT_MOST) {
    toast(`A message takes ${FILES_AT_MOST} files; the rest was left out`, { bad: true });
  }
  chosen.value = all.slice(0, FILES_AT_MOST);
}

/**
 * @param {number} id
 * @param {File} file
 */
export const removeFile = (id, file) =>
  (filesOf(id).value = filesOf(id)
    .peek()
    .filter((one) => one !== file));

addEventListener("pagehide", () => timers.forEach((_, id) => save(id)));

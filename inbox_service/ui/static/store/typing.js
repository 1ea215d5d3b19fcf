/** Who is writing where, and telling others that we are. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";

/** @typedef {{ key: string, id: number, name: string, contact: boolean, note: boolean }} Writer */

const FORGET_AFTER = 30_000;
const SAY_AGAIN = 10_000;
const IDLE = 4000;

/** @type {Map<number, import("@preact/signals").Signal<Writer[]>>} */
const writers = new Map();
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/** @param {number} id */
export function writersIn(id) {
  let cell = writers.get(id);
  if (!cell) {
    cell = signal(/** @type {Writer[]} */ ([]));
    writers.set(id, cell);
  }
  return cell;
}

/** @param {number} id @param {Writer} writer */
export function startsWriting(id, writer) {
  stopsWriting(id, writer.key);
  const cell = writersIn(id);
  cell.value = [...cell.peek(), writer];
  timers.set(
    `${id} ${writer.key}`,
    setTimeout(() => stopsWriting(id, writer.key), FORGET_AFTER),
  );
}

/** @param {number} id @param {string} key */
export function stopsWriting(id, key) {
  const timer = `${id} ${key}`;
  clearTimeout(timers.get(timer));
  timers.delete(timer);
  const cell = writersIn(id);
  if (cell.peek().some((one) => one.key === key))
    cell.value = cell.peek().filter((one) => one.key !== key);
}

/** @type {{ id: number, note: boolean, saidAt: number } | null} */
let own = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/** @param {number} id @param {boolean} on @param {boolean} note */
const say = (id, on, note) => api.sayTyping(id, on, note).catch(() => undefined);

/**
 * Nobody waits for these: a lost one is forgotten after seconds anyway.
 * @param {number} id
 * @param {boolean} note
 */
export function weWrite(id, note) {
  if (own && (own.id !== id || own.note !== note)) weStop();
  if (!own || Date.now() - own.saidAt > SAY_AGAIN) {
    own = { id, note, saidAt: Date.now() };
    say(id, true, note);
  }
  clearTimeout(idle);
  idle = setTimeout(weStop, IDLE);
}

export function weStop() {
  clearTimeout(idle);
  if (!own) return;
  const { id, note } = own;
  own = null;
  say(id, false, note);
}

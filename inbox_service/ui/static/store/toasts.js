/**
 * What just happened, and its undo: at most two at a time, six seconds each, longer while looked
 * at.
 */
import { signal } from "@preact/signals";

/** @typedef {{ key: number, text: string, undo?: () => void, bad?: boolean }} Toast */

const LASTS = 6000;
const UNDO_LASTS = 10_000;
const AT_MOST = 2;

export const toasts = signal(/** @type {Toast[]} */ ([]));

let keys = 0;
/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();
/** @type {{ key: number, undo: () => void, until: number } | null} */
let last = null;

/** @param {string} text @param {{ undo?: () => void, bad?: boolean }} [options] */
export function toast(text, { undo, bad } = {}) {
  keys += 1;
  const key = keys;
  toasts.value = [...toasts.value, { key, text, undo, bad }].slice(-AT_MOST);
  if (undo) last = { key, undo, until: Date.now() + UNDO_LASTS };
  keep(key, false);
  return key;
}

/** @param {number} key */
export function dismiss(key) {
  clearTimeout(timers.get(key));
  timers.delete(key);
  toasts.value = toasts.value.filter((one) => one.key !== key);
}

/**
 * Hold a toast while it is hovered or focused; let it go six seconds after.
 * @param {number} key
 * @param {boolean} held
 */
export function keep(key, held) {
  clearTimeout(timers.get(key));
  if (!held)
    timers.set(
      key,
      setTimeout(() => dismiss(key), LASTS),
    );
}

/** Take back what this toast tells of. @param {Toast} one */
export function takeBack({ key, undo }) {
  if (last?.key === key) last = null;
  dismiss(key);
  undo?.();
}

/** Take back the last action while that is still offered. */
export function undoLast() {
  if (last && last.until > Date.now()) takeBack({ key: last.key, text: "", undo: last.undo });
}

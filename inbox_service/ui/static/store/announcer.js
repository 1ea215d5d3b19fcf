/** What a screen reader is told: politely for progress, at once for failures, bursts summed up. */
import { signal } from "@preact/signals";

export const polite = signal("");
export const assertive = signal("");

const GATHER = 2000;

/** @type {string[]} */
let from = [];

/** A message came in somewhere else than the open thread. @param {string} name */
export function announceMessage(name) {
  from.push(name);
  if (from.length > 1) return;
  setTimeout(() => {
    polite.value = from.length === 1 ? `New message from ${name}` : `${from.length} new messages`;
    from = [];
  }, GATHER);
}

/** @param {string} text */
export const announceNow = (text) => (assertive.value = text);

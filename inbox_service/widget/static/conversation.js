/** The visitor's conversation: what was said, how it stands, who writes, what is unread. */
import { batch, computed, signal } from "@preact/signals";
import * as api from "streamdesk/widget/api.js";

/**
 * @typedef {{
 *   id: number | string, content: string | null, message_type: number, content_type: string,
 *   content_attributes: any, created_at: number, conversation_id: number, status: string,
 *   echo_id: string | null, sender: { id: number, name: string, type: string } | null,
 *   attachments: any[], local?: { state: "sending" | "waiting" | "failed", reason?: string, files: File[] }
 * }} Message
 */

export const conversation = signal(/** @type {any} */ (null));
export const messages = signal(/** @type {Message[]} */ ([]));
export const older = signal(false);
export const writer = signal(/** @type {string | null} */ (null));

/** Whether the visitor looks at the conversation right now. */
export const looking = signal(false);

const PAGE = 20;
const FORGET_WRITER = 30_000;

/** @param {Message} m */
export const isOurs = (m) => m.message_type !== 0;

/** The id of the last message that the visitor has had before their eyes. */
const seenUpTo = signal(0);

export const unread = computed(
  () =>
    messages.value.filter((m) => isOurs(m) && typeof m.id === "number" && m.id > seenUpTo.value)
      .length,
);

/** @param {Message} m */
const order = (m) => (typeof m.id === "number" ? m.id : Number.MAX_SAFE_INTEGER);

/** @param {Message[]} fresh */
export function merge(fresh) {
  const list = [...messages.peek()];
  for (const message of fresh) {
    const at = list.findIndex(
      (m) => m.id === message.id || (!!message.echo_id && m.echo_id === message.echo_id),
    );
    if (at < 0) list.push(message);
    else if (!message.local || list[at]?.local) list[at] = message;
  }
  messages.value = list.sort((a, b) => order(a) - order(b) || a.created_at - b.created_at);
}

/** @param {string} echo */
export const drop = (echo) =>
  (messages.value = messages.peek().filter((m) => !m.local || m.echo_id !== echo));

/** @param {any} shape */
export function take(shape) {
  if (!shape?.id) return;
  const before = conversation.peek();
  // What the desk has merged is one matter, and goes on under the number of one of them.
  const parts = [shape.id, ...(shape.absorbed ?? [])];
  if (before?.absorbed?.includes(shape.id)) return;
  if (before && shape.id < before.id && !parts.includes(before.id)) return;
  batch(() => {
    // Another matter: what was said about the last one is behind us.
    if (before && shape.id > before.id)
      messages.value = messages.peek().filter((m) => m.local || parts.includes(m.conversation_id));
    conversation.value = { ...before, ...shape };
  });
}

/** Forget it all: somebody else sits at this browser. */
export function clear() {
  batch(() => {
    conversation.value = null;
    messages.value = [];
    older.value = false;
    writer.value = null;
    seenUpTo.value = 0;
  });
}

/** Read what is there, or what came since. */
export async function catchUp() {
  const known = messages.peek().filter((m) => typeof m.id === "number");
  const last = known.length ? order(/** @type {Message} */ (known[known.length - 1])) : 0;
  const { payload, meta } = await api.messages(last ? { after: last } : undefined);
  batch(() => {
    take(meta);
    merge(payload);
    if (!last) {
      older.value = payload.length >= PAGE;
      const seen = payload.filter((m) => !isOurs(m) || m.status === "read");
      seenUpTo.value = Math.max(seenUpTo.peek(), ...seen.map(order));
    }
  });
  if (last && payload.length >= 100) await catchUp();
}

export async function loadOlder() {
  const first = messages.peek().find((m) => typeof m.id === "number");
  if (!first || !older.peek()) return;
  const { payload } = await api.messages({ before: order(first) });
  batch(() => {
    merge(payload);
    older.value = payload.length >= PAGE;
  });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgetting;

/** @param {string | null} name */
export function writes(name) {
  clearTimeout(forgetting);
  writer.value = name;
  if (name) forgetting = setTimeout(() => (writer.value = null), FORGET_WRITER);
}

let telling = false;

/** The visitor has it all before their eyes: tell the desk, once for several. */
export async function see() {
  const last = Math.max(0, ...messages.peek().filter((m) => !m.local).map(order));
  if (!looking.peek() || document.hidden || telling || last <= seenUpTo.peek()) return;
  const news = unread.peek() > 0;
  seenUpTo.value = last;
  if (!news) return;
  telling = true;
  try {
    await api.seen();
  } catch (error) {
    // Said again with the next message, or when the line is back.
    if (!(error instanceof api.ApiError)) throw error;
    seenUpTo.value = last - 1;
  } finally {
    telling = false;
  }
}

/** The messages of each conversation that was opened, kept up to date by the live line. */
import { batch, signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { conversation } from "streamdesk/store/conversations.js";
import { isIncoming } from "streamdesk/store/lines.js";

/** @typedef {import("../types").Message} Message */

const PAGE = 20;

/** One conversation's messages. */
export class Thread {
  /** @param {number} id */
  constructor(id) {
    this.id = id;
    this.messages = signal(/** @type {Message[]} */ ([]));
    this.state = signal(/** @type {"loading" | "ready" | "failed"} */ ("loading"));
    this.failure = signal(/** @type {api.ApiError | null} */ (null));
    this.older = signal(false);
    this.loadingOlder = signal(false);
    /** The first message that was unread when the thread was opened. */
    this.fresh = signal(/** @type {number | string | null} */ (null));
    this.stale = true;
  }
}

/** @type {Map<number, Thread>} */
const threads = new Map();

/** @param {number} id */
export function threadOf(id) {
  let thread = threads.get(id);
  if (!thread) {
    thread = new Thread(id);
    threads.set(id, thread);
  }
  return thread;
}

/** @param {number} id */
export const loadedThread = (id) => threads.get(id) ?? null;

/** The line was down: what we hold may have gaps. */
export const allStale = () => threads.forEach((thread) => (thread.stale = true));

/** @param {Message} m */
const order = (m) => (typeof m.id === "number" ? m.id : Number.MAX_SAFE_INTEGER);

/** @param {Message} a @param {Message} b */
const inOrder = (a, b) =>
  Number(!!a.local) - Number(!!b.local) || a.created_at - b.created_at || order(a) - order(b);

const STEPS = { sent: 0, delivered: 1, read: 2, failed: 3 };

/**
 * A receipt never goes backwards, except that a failed message may be sent again.
 * @param {Message} old
 * @param {Message} fresh
 */
function newer(old, fresh) {
  if (old.local) return fresh;
  const back = STEPS[fresh.status ?? "sent"] < STEPS[old.status ?? "sent"];
  return back && old.status === "read" ? { ...fresh, status: old.status } : fresh;
}

/**
 * Add or replace messages by id, or by the echo id we sent them with.
 * @param {Thread} thread
 * @param {Message[]} fresh
 */
export function merge(thread, fresh) {
  const list = [...thread.messages.peek()];
  let added = 0;
  for (const message of fresh) {
    const at = list.findIndex(
      (m) => m.id === message.id || (!!message.echo_id && m.echo_id === message.echo_id),
    );
    const old = at < 0 ? null : /** @type {Message} */ (list[at]);
    if (!old) {
      list.push(message);
      added += 1;
    } else {
      const next = newer(old, message);
      list[at] = next.echo_id || !old.echo_id ? next : { ...next, echo_id: old.echo_id };
    }
  }
  const stored = new Set(list.filter((m) => !m.local && m.echo_id).map((m) => m.echo_id));
  thread.messages.value = list.filter((m) => !m.local || !stored.has(m.echo_id)).sort(inOrder);
  return added;
}

/** @param {Thread} thread @param {number | string} id */
export function drop(thread, id) {
  thread.messages.value = thread.messages.peek().filter((m) => m.id !== id);
}

/**
 * Where "New" stands: before the first message the team had not seen.
 * @param {Thread} thread
 * @param {number} seenAt
 */
function markFresh(thread, seenAt) {
  const first = thread.messages.peek().find((m) => isIncoming(m) && m.created_at > seenAt);
  thread.fresh.value = first?.id ?? null;
}

/**
 * Read the newest page; a hole between it and what we hold empties what we hold. Answers how many
 * were new.
 * @param {Thread} thread
 */
export async function loadThread(thread) {
  if (!thread.stale && thread.state.value === "ready") return 0;
  const first = thread.state.value !== "ready";
  if (first) thread.state.value = "loading";
  const seenAt = conversation(thread.id).peek()?.agent_last_seen_at ?? 0;
  const unread = conversation(thread.id).peek()?.unread_count ?? 0;
  try {
    const page = await api.listMessages(thread.id);
    let added = 0;
    batch(() => {
      const held = thread.messages.peek().filter((m) => !m.local);
      const oldest = Math.min(...page.map(order));
      const hole = held.length > 0 && page.length >= PAGE && held.every((m) => order(m) < oldest);
      if (hole) thread.messages.value = thread.messages.peek().filter((m) => m.local);
      added = merge(thread, page);
      if (first || hole) thread.older.value = page.length >= PAGE;
      if (first && unread) markFresh(thread, seenAt);
      thread.state.value = "ready";
      thread.stale = false;
    });
    return added;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    thread.failure.value = error;
    if (first) thread.state.value = "failed";
    return 0;
  }
}

/** @param {Thread} thread */
export async function loadOlder(thread) {
  if (!thread.older.value || thread.loadingOlder.value) return;
  const oldest = thread.messages.peek().find((m) => typeof m.id === "number");
  if (!oldest) return;
  thread.loadingOlder.value = true;
  try {
    const page = await api.listMessages(thread.id, { before: oldest.id });
    batch(() => {
      merge(thread, page);
      thread.older.value = page.length >= PAGE;
    });
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    thread.failure.value = error;
  } finally {
    thread.loadingOlder.value = false;
  }
}

/**
 * A message came over the line. Answers whether the thread had not seen it.
 * @param {Message} message
 */
export function take(message) {
  const thread = threads.get(message.conversation_id);
  if (!thread || thread.state.peek() !== "ready") return true;
  const had = thread.messages.peek().some((m) => m.id === message.id);
  merge(thread, [message]);
  return !had;
}

/** Look again: the reader comes back to a thread it has open or kept. @param {Thread} thread */
export function refreshFresh(thread) {
  const c = conversation(thread.id).peek();
  if (thread.state.peek() !== "ready") return;
  if (c?.unread_count) markFresh(thread, c.agent_last_seen_at ?? 0);
  else thread.fresh.value = null;
}

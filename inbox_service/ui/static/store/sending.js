/**
 * Messages on their way out: shown at once, kept until the server has stored them, sent again only
 * when it has not.
 */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { KEEP } from "streamdesk/boot.js";
import { line } from "streamdesk/cable.js";
import { announceNow } from "streamdesk/store/announcer.js";
import { amend } from "streamdesk/store/conversations.js";
import { me } from "streamdesk/store/directory.js";
import { place } from "streamdesk/store/list.js";
import { drop, loadThread, merge, threadOf } from "streamdesk/store/threads.js";
import { uploadMessage } from "streamdesk/upload.js";

/** @typedef {import("../types").Message} Message */
/**
 * @typedef {{
 *   echo: string, id: number, content: string, note: boolean, at: number, files: File[],
 *   then?: () => void
 * }} Sending
 */

const KEY = `${KEEP}:outbox`;
const LOOK_BACK = 5;
const BLIP = 4000;

/** @type {Map<string, Sending>} */
const outbox = new Map();
/** @type {Map<string, import("@preact/signals").Signal<number>>} */
const shares = new Map();

/** How much of a message's files has gone out, from 0 to 1. @param {string} echo */
export function shareOf(echo) {
  let share = shares.get(echo);
  if (!share) {
    share = signal(0);
    shares.set(echo, share);
  }
  return share;
}

function keep() {
  const plain = [...outbox.values()].map(({ echo, id, content, note, at }) => ({
    echo,
    id,
    content,
    note,
    at,
  }));
  if (plain.length) localStorage.setItem(KEY, JSON.stringify(plain));
  else localStorage.removeItem(KEY);
}

/**
 * @param {Sending} one
 * @param {"sending" | "waiting" | "failed"} state
 * @param {string} [reason]
 */
function show(one, state, reason) {
  merge(threadOf(one.id), [
    {
      id: `echo ${one.echo}`,
      echo_id: one.echo,
      content: one.content || null,
      conversation_id: one.id,
      message_type: 1,
      private: one.note,
      status: "sent",
      queued: true,
      created_at: one.at,
      sender_type: "User",
      sender_id: me.peek().id,
      sender: { id: me.peek().id, name: me.peek().name, type: "user" },
      attachments: [],
      local: { state, reason, files: one.files },
    },
  ]);
}

/** @param {Sending} one */
function forget(one) {
  outbox.delete(one.echo);
  shares.delete(one.echo);
  keep();
}

/** @param {Sending} one */
async function attempt(one) {
  show(one, "sending");
  try {
    const body = { content: one.content, private: one.note, echo_id: one.echo };
    const share = shareOf(one.echo);
    const stored = one.files.length
      ? await uploadMessage(one.id, body, one.files, (part) => (share.value = part))
      : await api.createMessage(one.id, body);
    merge(threadOf(one.id), [{ ...stored, echo_id: one.echo }]);
    forget(one);
    amend(one.id, { last_non_activity_message: stored, last_activity_at: stored.created_at });
    place(one.id);
    one.then?.();
    return true;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    if (error.status === 0) {
      show(one, "waiting");
      if (line.value === "on") setTimeout(sendWaiting, BLIP);
    } else {
      const request = error.requestId ? ` Request ${error.requestId}.` : "";
      const reason = error.message.replace(/\.?$/, ".");
      show(one, "failed", `${reason}${request}`);
      announceNow(`Not sent: ${reason}`);
    }
    return false;
  }
}

/**
 * @param {number} id
 * @param {{ content: string, note: boolean, files: File[], then?: () => void }} what
 */
export function send(id, { content, note, files, then }) {
  const echo = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
  const one = { echo, id, content, note, files, then, at: Math.floor(Date.now() / 1000) };
  outbox.set(echo, one);
  keep();
  return attempt(one);
}

/** @param {Message} message one of ours that the server has not stored */
export async function sendAgain(message) {
  const one = outbox.get(message.echo_id ?? "");
  if (one && !(await wasStored(one))) await attempt(one);
}

/** @param {Message} message */
export function discard(message) {
  const one = outbox.get(message.echo_id ?? "");
  if (one) forget(one);
  drop(threadOf(message.conversation_id), message.id);
}

/**
 * A lost answer says nothing about the request: look before sending twice.
 * @param {Sending} one
 */
async function wasStored(one) {
  const thread = threadOf(one.id);
  thread.stale = true;
  await loadThread(thread);
  if (thread.stale) return false;
  return settleStored(one);
}

/**
 * Whether the thread holds what we thought unsent; then it is ours no longer.
 * @param {Sending} one
 */
function settleStored(one) {
  const thread = threadOf(one.id);
  const stored = thread.messages
    .peek()
    .some(
      (m) =>
        !m.local &&
        (m.echo_id === one.echo ||
          (!m.echo_id &&
            m.sender_id === me.peek().id &&
            m.private === one.note &&
            (m.content ?? "") === one.content &&
            m.created_at >= one.at - LOOK_BACK)),
    );
  if (stored) {
    forget(one);
    drop(thread, `echo ${one.echo}`);
  }
  return stored;
}

/** @param {number} id */
export const settleThread = (id) =>
  [...outbox.values()].filter((one) => one.id === id).forEach((one) => settleStored(one));

/** The line is back: what waited goes out. Answers how many went. */
export async function sendWaiting() {
  let sent = 0;
  for (const one of [...outbox.values()]) {
    const shown = threadOf(one.id)
      .messages.peek()
      .find((m) => m.echo_id === one.echo);
    if (shown?.local?.state !== "waiting") continue;
    if ((await wasStored(one)) || (await attempt(one))) sent += 1;
  }
  return sent;
}

/** What a closed page left behind. */
export function restoreOutbox() {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  for (const one of kept) {
    const entry = { ...one, files: [] };
    outbox.set(entry.echo, entry);
    show(entry, "failed", "The page was closed before it was stored.");
  }
}

/** Ask the provider once more. @param {Message} message failed, and stored */
export async function retry(message) {
  const thread = threadOf(message.conversation_id);
  merge(thread, [{ ...message, status: "sent", queued: true }]);
  try {
    await api.retryMessage(message.conversation_id, Number(message.id));
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    merge(thread, [message]);
    announceNow(`Not sent: ${error.message}`);
  }
}

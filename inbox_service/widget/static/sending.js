/** What the visitor says: shown at once, kept until it is stored, sent in order and never twice. */
import * as api from "streamdesk/widget/api.js";
import { keep, kept } from "streamdesk/widget/keeping.js";
import { tryNow } from "streamdesk/widget/line.js";
import * as talk from "streamdesk/widget/conversation.js";

/**
 * @typedef {{ echo: string, content: string, at: number, files: File[], first?: any, page: string }} Sending
 */

const WAITS = [1, 2, 4, 8, 15];

/** @type {Sending[]} */
let outbox = [];
let running = false;
let tries = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** Where the visitor is. */
export const place = { page: "" };

/** @type {(conversation: any) => void} */
let begun = () => undefined;

const key = () => `streamdesk.outbox.${api.who.website}.${api.who.contact}`;

function remember() {
  const plain = outbox.filter((one) => !one.files.length);
  keep(key(), plain.length ? plain.map(({ files: _, ...one }) => one) : null);
}

/** @param {Sending} one @param {"sending" | "waiting" | "failed"} state @param {string} [reason] */
function show(one, state, reason) {
  talk.merge([
    {
      id: `echo ${one.echo}`,
      echo_id: one.echo,
      content: one.content || null,
      message_type: 0,
      content_type: "text",
      content_attributes: {},
      created_at: one.at,
      conversation_id: talk.conversation.peek()?.id ?? 0,
      status: "sent",
      sender: null,
      attachments: [],
      local: { state, reason, files: one.files },
    },
  ]);
}

/** @param {Sending} one */
function forget(one) {
  outbox = outbox.filter((other) => other !== one);
  remember();
}

/** @param {Sending} one */
async function attempt(one) {
  const message = { content: one.content, echo_id: one.echo, referer_url: one.page };
  if (one.files.length) return api.uploadMessage(message, one.files);
  if (!one.first) return api.createMessage(message);
  const conversation = await api.createConversation({ ...one.first, message });
  talk.take({ ...conversation, messages: undefined });
  return conversation.messages[0];
}

/** One after the other, so that nothing overtakes; a lost answer is asked for again. */
async function run() {
  if (running) return;
  running = true;
  clearTimeout(timer);
  try {
    for (let one = next(); one; one = next()) {
      show(one, "sending");
      const stored = await attempt(one);
      tries = 0;
      // Whoever answers this answers the line as well.
      tryNow();
      const fresh = !talk.conversation.peek();
      forget(one);
      talk.merge([stored]);
      talk.take({ id: stored.conversation_id, status: "open" });
      if (fresh || one.first) begun(talk.conversation.peek());
    }
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    fail(error);
  } finally {
    running = false;
  }
}

/** @type {Set<string>} */
const refused = new Set();
const next = () => outbox.find((one) => !refused.has(one.echo));

/** @param {api.ApiError} error */
function fail(error) {
  const one = next();
  if (!one) return;
  if (error.status === 0 || error.status === 429 || error.status >= 500) {
    const reason = error.status === 429 ? "Goes out in a moment" : "Goes out when the connection is back";
    for (const other of outbox) if (!refused.has(other.echo)) show(other, "waiting", reason);
    const wait = error.wait || WAITS[Math.min(tries, WAITS.length - 1)] || 15;
    tries += 1;
    timer = setTimeout(run, wait * 1000);
    return;
  }
  refused.add(one.echo);
  show(one, "failed", error.message);
  timer = setTimeout(run, 0);
}

const handle = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}`;

/**
 * @param {string} content
 * @param {{ files?: File[], first?: any }} [more] `first`: what was asked before the first message
 */
export function send(content, { files = [], first } = {}) {
  const one = { echo: handle(), content, files, first, at: Math.floor(Date.now() / 1000), page: place.page };
  outbox.push(one);
  remember();
  show(one, "sending");
  run();
}

/** @param {string} echo */
export function again(echo) {
  refused.delete(echo);
  run();
}

/** @param {string} echo */
export function discard(echo) {
  outbox = outbox.filter((one) => one.echo !== echo);
  refused.delete(echo);
  remember();
  talk.drop(echo);
}

/** What a closed page left behind goes out now; the server knows what it has already. */
export function restore() {
  outbox = (kept(key()) ?? []).map((/** @type {any} */ one) => ({ ...one, files: [] }));
  for (const one of outbox) show(one, "sending");
  run();
}

/** Somebody else: what the one before left is not theirs to send. */
export function empty() {
  outbox = [];
  remember();
}

/** @param {typeof begun} told */
export const onBegun = (told) => (begun = told);

/** The line is back: do not wait any longer. */
export const hurry = () => {
  tries = 0;
  run();
};

/** What comes over the live line, and catching up after it was down. */
import { batch, signal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { connect, line } from "streamdesk/cable.js";
import { contactName } from "streamdesk/names.js";
import { openId } from "streamdesk/route.js";
import { announceMessage, announceNow } from "streamdesk/store/announcer.js";
import { takeContact } from "streamdesk/store/contacts.js";
import { amend, conversation, knows, put } from "streamdesk/store/conversations.js";
import { countAgain } from "streamdesk/store/counts.js";
import { loadDirectory, me, presence } from "streamdesk/store/directory.js";
import { isActivity, isFailed, isIncoming } from "streamdesk/store/lines.js";
import { catchUp, lookAtHead, place } from "streamdesk/store/list.js";
import { loadNotices, noticeCreated, noticeDeleted, noticeUpdated } from "streamdesk/store/notices.js";
import { openConversation, seen } from "streamdesk/store/opening.js";
import { sendWaiting } from "streamdesk/store/sending.js";
import { allStale, loadedThread, loadThread, take } from "streamdesk/store/threads.js";
import { startsWriting, stopsWriting } from "streamdesk/store/typing.js";

/** What was caught up when the line came back; null once it has been said long enough. */
export const backWith = signal(/** @type {{ changes: number, sent: number } | null} */ (null));

const SAY_BACK = 8000;
const SHAPE_FOLLOWS = 200;
const WORTH_SAYING = 1500;

/** @param {any} message with the conversation's new counts */
function messageCreated(message) {
  const id = message.conversation_id;
  const fresh = take(message);
  stopsWriting(
    id,
    writerKey(message.sender_type ?? message.sender?.type, message.sender_id ?? message.sender?.id),
  );
  if (!knows(id)) {
    // Its whole shape usually follows at once.
    setTimeout(() => knows(id) || lookAtHead(), SHAPE_FOLLOWS);
    return;
  }
  const before = conversation(id).peek();
  const { unread_count: unread, last_activity_at: activity } = message.conversation ?? {};
  const incoming = isIncoming(message);
  const answered = message.message_type === 1 && !message.private;
  amend(id, {
    ...(isActivity(message) ? {} : { last_non_activity_message: message }),
    ...(typeof unread === "number" ? { unread_count: unread } : {}),
    ...(incoming && !before?.waiting_since ? { waiting_since: message.created_at } : {}),
    ...(answered ? { waiting_since: null } : {}),
    last_activity_at: Math.max(activity ?? message.created_at, before?.last_activity_at ?? 0),
  });
  place(id);
  if (incoming && fresh) {
    if (openId.peek() === id) seen(id);
    else announceMessage(contactName(before?.meta.sender));
  }
}

/** @param {any} message */
function messageUpdated(message) {
  const id = message.conversation_id;
  const thread = loadedThread(id);
  const before = thread?.messages.peek().find((m) => m.id === message.id);
  if (thread && before) take(message);
  const c = conversation(id).peek();
  if (c?.last_non_activity_message?.id === message.id)
    amend(id, { last_non_activity_message: message });
  if (before && !isFailed(before) && isFailed(message) && message.sender_id === me.peek().id) {
    announceNow(`Not delivered to ${contactName(c?.meta.sender)}`);
  }
}

/** @param {any} shape */
function conversationChanged(shape) {
  put(shape);
  place(shape.id);
  if (openId.peek() === shape.id) seen(shape.id);
}

/** @param {string | undefined} type @param {number | undefined} id */
const writerKey = (type, id) => `${(type ?? "").toLowerCase()} ${id}`;

/**
 * @param {{
 *   conversation: { id: number }, user: { id: number, name: string, type?: string },
 *   is_private?: boolean
 * }} data
 */
function typingOn({ conversation: where, user, is_private: note = false }) {
  const contact = user.type?.toLowerCase() === "contact";
  if (!contact && user.id === me.peek().id) return;
  const key = writerKey(contact ? "contact" : "user", user.id);
  startsWriting(where.id, { key, id: user.id, name: user.name, contact, note });
}

/** @param {{ conversation: { id: number }, user: { id: number, type?: string } }} data */
function typingOff({ conversation: where, user }) {
  stopsWriting(
    where.id,
    writerKey(user.type?.toLowerCase() === "contact" ? "contact" : "user", user.id),
  );
}

/** @param {{ users?: Record<string, any>, contacts?: Record<string, any> }} data */
function presenceUpdated({ users, contacts }) {
  presence.value = {
    users: users ?? presence.peek().users,
    contacts: contacts ?? presence.peek().contacts,
  };
  const own = users?.[String(me.peek().id)];
  if (own && own !== me.peek().availability && own !== "offline")
    me.value = { ...me.peek(), availability: own };
}

/** @type {Record<string, (data: any) => void>} */
const HANDLERS = {
  "message.created": messageCreated,
  "message.updated": messageUpdated,
  "conversation.created": conversationChanged,
  "conversation.updated": conversationChanged,
  "conversation.status_changed": conversationChanged,
  "conversation.read": conversationChanged,
  "assignee.changed": conversationChanged,
  "team.changed": conversationChanged,
  "conversation.contact_changed": conversationChanged,
  "conversation.typing_on": typingOn,
  "conversation.typing_off": typingOff,
  "presence.update": presenceUpdated,
  "contact.updated": takeContact,
  "notification.created": noticeCreated,
  "notification.updated": noticeUpdated,
  "notification.deleted": noticeDeleted,
  "account.cache_invalidated": () => loadDirectory(),
};

const COUNTED =
  /^(conversation\.(created|updated|status_changed)|assignee\.changed|team\.changed)$/;

/** @param {{ event: string, data: any }} frame */
function received({ event, data }) {
  batch(() => HANDLERS[event]?.(data));
  if (COUNTED.test(event)) countAgain();
}

/** When the line went down, in milliseconds; 0 while it is up. */
let downSince = 0;

async function back() {
  const away = downSince ? Date.now() - downSince : 0;
  downSince = 0;
  allStale();
  countAgain();
  loadNotices();
  try {
    await catchUpAll(away);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The line dropped again, or soon will: the next return starts over.
  }
}

/** @param {number} away milliseconds */
async function catchUpAll(away) {
  const id = openId.peek();
  const thread = id === null ? null : loadedThread(id);
  const ready = thread?.state.peek() === "ready";
  const [changed, added] = await Promise.all([catchUp(), thread && ready ? loadThread(thread) : 0]);
  if (id !== null && ready) await seen(id);
  else if (id !== null) await openConversation(id);
  const sent = await sendWaiting();
  if (away < WORTH_SAYING && !sent) return;
  const said = { changes: changed + Math.max(0, added - 1), sent };
  backWith.value = said;
  setTimeout(() => backWith.peek() === said && (backWith.value = null), SAY_BACK);
}

export function startLive() {
  line.subscribe((now) => {
    if (now === "off" && !downSince) downSince = Date.now();
  });
  connect({ received, back });
}

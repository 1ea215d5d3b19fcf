/** What the reader was told: the bell's list and its count, kept right by the live line. */
import { effect, signal } from "@preact/signals";
import { ACCOUNT, ApiError, call, markSeen } from "streamdesk/api.js";
import { go, openId } from "streamdesk/route.js";
import { conversation } from "streamdesk/store/conversations.js";
import { ring } from "streamdesk/store/ringing.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {{
 *   id: number, notification_type: string, push_message_title: string, push_message_body: string,
 *   primary_actor_id: number, primary_actor: import("../types").Conversation,
 *   read_at: number | null, snoozed_until: number | null, created_at: number
 * }} Notice
 */

const KEPT = 40;

export const unread = signal(0);
export const notices = signal(/** @type {Notice[]} */ ([]));
export const state = signal(/** @type {"loading" | "ready" | "failed"} */ ("loading"));

const PLACE = `${ACCOUNT}/notifications`;

/** Our own changes: how many were made, and how many the server has yet to answer. */
let made = 0;
let underWay = 0;
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * After what was asked before: whoever presses keys quickly means them in that order.
 * @param {() => Promise<unknown>} ask
 */
function inTurn(ask) {
  made += 1;
  underWay += 1;
  const mine = turn.then(ask).finally(() => (underWay -= 1));
  turn = mine.catch(() => undefined);
  return mine;
}

export async function loadNotices() {
  const before = made;
  try {
    const { data } = await call("GET", PLACE, { query: { "includes[]": ["read"] } });
    // What was changed meanwhile is not in this answer.
    if (made !== before || underWay) {
      await turn;
      return loadNotices();
    }
    unread.value = data.meta.unread_count;
    notices.value = data.payload;
    state.value = "ready";
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (state.peek() === "loading") state.value = "failed";
  }
}

/** @param {Notice} one */
const isHere = (one) =>
  openId.peek() === one.primary_actor.id && document.visibilityState === "visible";

/** @param {{ notification: Notice, unread_count: number }} data */
export function noticeCreated({ notification, unread_count }) {
  unread.value = unread_count;
  notices.value = [notification, ...notices.value.filter(({ id }) => id !== notification.id)].slice(
    0,
    KEPT,
  );
  if (isHere(notification)) readHere(notification.primary_actor.id);
  else ring(notification, () => open(notification));
}

/** @param {{ notification: Notice, unread_count: number }} data */
export function noticeUpdated({ notification, unread_count }) {
  // It may tell of the change before the last one; what is shown is what will be.
  if (underWay) return;
  unread.value = unread_count;
  notices.value = notices.value.map((one) => (one.id === notification.id ? notification : one));
}

/** @param {{ notification: { id: number }, unread_count: number }} data */
export function noticeDeleted({ notification, unread_count }) {
  unread.value = unread_count;
  notices.value = notices.value.filter(({ id }) => id !== notification.id);
}

/** @param {Promise<unknown>} asked @param {() => void} takeBack */
async function orTakeBack(asked, takeBack) {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    takeBack();
    toast(`Not changed: ${error.message}`, { bad: true });
  }
}

/** @param {(before: Notice[]) => Notice[]} next @param {number} count @param {() => Promise<unknown>} ask */
function change(next, count, ask) {
  const [list, n] = [notices.peek(), unread.peek()];
  notices.value = next(list);
  unread.value = Math.max(0, count);
  return orTakeBack(inTurn(ask), () => {
    notices.value = list;
    unread.value = n;
  });
}

const now = () => Math.floor(Date.now() / 1000);

/** Read it, or leave it unread for later. @param {Notice} one */
export function toggleRead(one) {
  const read = one.read_at === null;
  return change(
    (list) => list.map((n) => (n.id === one.id ? { ...n, read_at: read ? now() : null } : n)),
    unread.peek() + (read ? -1 : 1),
    () => (read ? call("PATCH", `${PLACE}/${one.id}`) : call("POST", `${PLACE}/${one.id}/unread`)),
  );
}

export const readAll = () =>
  change(
    (list) => list.map((one) => ({ ...one, read_at: one.read_at ?? now() })),
    0,
    () => call("POST", `${PLACE}/read_all`, { body: {} }),
  );

/** Go where it points; being there reads it. @param {Notice} one */
export function open(one) {
  go({ open: one.primary_actor.id });
  if (one.read_at === null) toggleRead(one);
}

/** The open conversation has nothing unread, yet something was told of it. @param {number} id */
async function readHere(id) {
  try {
    await markSeen(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // It stays unread, and is read the next time.
  }
}

/** Opening a conversation reads what was told of it. */
export function startNotices() {
  loadNotices();
  effect(() => {
    const id = openId.value;
    if (id === null || !unread.peek()) return;
    // With unread messages the opening itself says that they were seen.
    if (!conversation(id).peek()?.unread_count) readHere(id);
  });
}

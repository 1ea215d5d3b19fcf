/** Deciding about the open conversation; the focus goes on to the next row. */
import { ApiError } from "streamdesk/api.js";
import { openId } from "streamdesk/route.js";
import { changeStatus } from "streamdesk/store/changing.js";
import { conversation } from "streamdesk/store/conversations.js";
import { neighbour } from "streamdesk/store/list.js";
import { backToList, focusRow } from "streamdesk/store/moving.js";
import { putBackUnread } from "streamdesk/store/opening.js";
import { toast } from "streamdesk/store/toasts.js";

/** The open conversation, once it is known. */
export const current = () => (openId.value === null ? null : conversation(openId.value).value);

/**
 * @param {import("../types").Status} status
 * @param {number | null} [until] when a snoozed one wakes, in seconds; null: when they write
 */
export function decide(status, until = null) {
  const c = current();
  if (!c) return;
  const next = status === "open" ? null : neighbour(c.id);
  changeStatus(c.id, status, until);
  if (next !== null) requestAnimationFrame(() => focusRow(next));
}

export function resolveOrReopen() {
  decide(current()?.status === "resolved" ? "open" : "resolved");
}

/** Put it back among the unread, and leave it: what is open is being read. */
export async function leaveUnread() {
  const id = openId.value;
  if (id === null) return;
  backToList();
  try {
    await putBackUnread(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(`Not marked as unread: ${error.message}`, { bad: true });
  }
}

/** Two conversations turn out to be one: which could be, and making them one. */
import { ACCOUNT, call } from "streamdesk/api.js";
import { go } from "streamdesk/route.js";
import { earlierOf } from "streamdesk/store/contacts.js";
import { amend, put } from "streamdesk/store/conversations.js";
import { countAgain } from "streamdesk/store/counts.js";
import { current } from "streamdesk/store/deciding.js";
import { place } from "streamdesk/store/list.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../types").Conversation} Conversation */

/** @param {Conversation} c */
const isOver = (c) => Number(c.status === "resolved");

/**
 * The contact's others of the same inbox, those that are not over first; null while they load.
 * @param {Conversation} c
 */
export const couldTake = (c) =>
  earlierOf(c.meta.sender.id)
    .value?.filter((one) => one.id !== c.id && one.inbox_id === c.inbox_id && !one.merged_into)
    .sort((a, b) => isOver(a) - isOver(b) || b.last_activity_at - a.last_activity_at) ?? null;

/** Whether the open conversation still goes on by itself. */
export function standsAlone() {
  const c = current();
  return c !== null && !c.merged_into;
}

/**
 * Make one part of the other, and go there; raises ApiError.
 * @param {number} id @param {number} into
 */
export async function merge(id, into) {
  const survivor = await call("POST", `${ACCOUNT}/conversations/${id}/merge`, { body: { into } });
  put(survivor);
  amend(id, { merged_into: into, status: "resolved", unread_count: 0, waiting_since: 0 });
  place(id, { ours: true });
  place(into, { ours: true });
  countAgain();
  go({ open: into });
  toast(`Merged #${id} into #${into}`);
}

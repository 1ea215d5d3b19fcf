/**
 * Going from conversation to conversation: the next row, the next that waits, the focus that
 * follows.
 */
import * as api from "streamdesk/api.js";
import { go, openId, view } from "streamdesk/route.js";
import { changeAssignee } from "streamdesk/store/changing.js";
import { knows, put } from "streamdesk/store/conversations.js";
import { me } from "streamdesk/store/directory.js";
import { loadMore, rows } from "streamdesk/store/list.js";
import { toast } from "streamdesk/store/toasts.js";

/** @param {number} id */
const rowLink = (id) => document.querySelector(`#row-${id} > a`);

/** The row that has the focus. */
function focusedRow() {
  const row = document.activeElement?.closest?.(".row[id]");
  return row ? Number(row.id.slice("row-".length)) : null;
}

/** @param {number} id */
export function focusRow(id) {
  const link = rowLink(id);
  if (!(link instanceof HTMLElement) || link.getClientRects().length === 0) return;
  link.focus({ preventScroll: true });
  link.closest(".row")?.scrollIntoView({ block: "nearest" });
}

/** Move along the list; an open thread moves with it. @param {1 | -1} by */
export function step(by) {
  const ids = rows.value;
  if (!ids.length) return;
  const from = focusedRow() ?? openId.value;
  const at = from === null ? -1 : ids.indexOf(from);
  const to = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))];
  if (to === undefined) return;
  if (at + by >= ids.length - 3) loadMore();
  if (openId.value !== null) go({ open: to });
  focusRow(to);
}

/** @param {number} id */
export function open(id) {
  go({ open: id });
}

export function openFocused() {
  const id = focusedRow();
  if (id !== null) open(id);
}

/** Leave the thread; its row gets the focus. */
export function backToList() {
  const was = openId.value;
  if (was === null) return;
  go({ open: null });
  requestAnimationFrame(() => focusRow(was));
}

/** The one that has waited longest: of mine, else of those nobody has, which then is mine. */
export async function openNextWaiting() {
  try {
    for (const who of ["me", "unassigned"]) {
      const { payload } = await api.listConversations({
        status: "open",
        assignee_type: who,
        sort_by: "waiting_since_asc",
      });
      const next = payload.find((c) => c.waiting_since && c.id !== openId.peek());
      if (!next) continue;
      if (!knows(next.id)) put(next);
      go({ open: next.id });
      if (who === "unassigned") await changeAssignee(next.id, me.peek());
      return;
    }
    toast("Nobody waits for a reply");
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(`The next one was not found: ${error.message}`, { bad: true });
  }
}

/** @param {1 | -1} by to a newer or an older message */
export function stepMessage(by) {
  const said = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".log .msg")]);
  const at = said.findIndex((one) => one === document.activeElement);
  const to = said[at < 0 ? said.length - 1 : Math.min(said.length - 1, Math.max(0, at + by))];
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
}

export function jumpToFresh() {
  document.querySelector(".log .day.fresh")?.scrollIntoView({ block: "start" });
}

/** @param {Partial<import("../types").View>} part */
export function show(part) {
  const { sort } = view.peek();
  const none = { who: "all", status: "open", inbox: null, team: null, label: null, q: "" };
  go({ view: /** @type {import("../types").View} */ ({ ...none, sort, ...part }), open: null });
}

/** Opening a conversation: its messages, its contact, and telling the server that it was seen. */
import { effect } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { openId } from "streamdesk/route.js";
import { loadContact } from "streamdesk/store/contacts.js";
import { amend, conversation, knows, put } from "streamdesk/store/conversations.js";
import { settleThread } from "streamdesk/store/sending.js";
import { loadThread, refreshFresh, threadOf } from "streamdesk/store/threads.js";
import { weStop } from "streamdesk/store/typing.js";

/** The open thread is on a visible page: what came in has been seen. @param {number} id */
export async function seen(id) {
  const c = conversation(id).peek();
  if (!c?.unread_count || openId.peek() !== id || document.visibilityState !== "visible") return;
  amend(id, { unread_count: 0, agent_last_seen_at: Math.floor(Date.now() / 1000) });
  try {
    await api.markSeen(id);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    amend(id, { unread_count: c.unread_count, agent_last_seen_at: c.agent_last_seen_at });
  }
}

/** @param {number} id */
export async function openConversation(id) {
  const thread = threadOf(id);
  if (thread.state.peek() === "failed") thread.state.value = "loading";
  if (!knows(id)) {
    try {
      put(await api.getConversation(id));
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      thread.failure.value = error;
      thread.state.value = "failed";
      return;
    }
  }
  refreshFresh(thread);
  const contact = conversation(id).peek()?.meta.sender?.id;
  if (contact) loadContact(contact);
  await loadThread(thread);
  settleThread(id);
  await seen(id);
}

/** Put it back among the unread, and leave it. @param {number} id */
export async function putBackUnread(id) {
  await api.markUnread(id);
  amend(id, { unread_count: Math.max(1, conversation(id).peek()?.unread_count ?? 0) });
}

export function startOpening() {
  effect(() => {
    const id = openId.value;
    weStop();
    if (id !== null) openConversation(id);
  });
  document.addEventListener("visibilitychange", () => {
    const id = openId.peek();
    if (document.visibilityState !== "visible" || id === null) return;
    refreshFreshIfUnread(id);
    seen(id);
  });
}

/** @param {number} id */
function refreshFreshIfUnread(id) {
  if (conversation(id).peek()?.unread_count) refreshFresh(threadOf(id));
}

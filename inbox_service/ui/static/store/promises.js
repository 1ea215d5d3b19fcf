/** Service levels: the policies a conversation can be given, and giving it one. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { contactName } from "streamdesk/names.js";
import { conversation, put } from "streamdesk/store/conversations.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../types").SlaPolicy} Policy */

/** What the account promises; null until it is first asked for. */
export const policies = signal(/** @type {Policy[] | null} */ (null));

/**
 * Whether there is something to promise in a conversation: once it is, it stays.
 * @param {import("../types").Conversation | null} c
 */
export const canPromise = (c) => !!c && !c.sla_policy_id && !!policies.value?.length;

let asking = false;

/** Asked once a page, when something first wants to know. */
export async function loadPolicies() {
  if (asking) return;
  asking = true;
  try {
    policies.value = await api.listPolicies();
  } catch (error) {
    asking = false;
    if (!(error instanceof api.ApiError)) throw error;
  }
}

/** Not taken back: what was promised stands. @param {number} id @param {Policy} policy */
export async function applyPolicy(id, policy) {
  const who = contactName(conversation(id).peek()?.meta.sender);
  try {
    await api.applyPolicy(id, policy.id);
    put(await api.getConversation(id));
    toast(`Added the SLA policy “${policy.name}”, ${who}`);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(`SLA policy not added: ${error.message}`, { bad: true });
  }
}

/** Macros one can run, and running one on a conversation. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { actionLabel } from "streamdesk/automation/words.js";
import { line } from "streamdesk/cable.js";
import { contactName } from "streamdesk/names.js";
import { conversation, put } from "streamdesk/store/conversations.js";
import { countAgain } from "streamdesk/store/counts.js";
import { place } from "streamdesk/store/list.js";
import { loadThread, threadOf } from "streamdesk/store/threads.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../types").Macro} Macro */

const FRESH_FOR = 60_000;

/** One's own and everybody's; null until they are first asked for. */
export const macros = signal(/** @type {Macro[] | null} */ (null));

let askedAt = 0;

/** Whoever offers them asks; what was asked a moment ago is not asked again. */
export async function loadMacros() {
  if (Date.now() - askedAt < FRESH_FOR) return;
  askedAt = Date.now();
  try {
    macros.value = await api.listMacros();
  } catch (error) {
    askedAt = 0;
    if (!(error instanceof api.ApiError)) throw error;
  }
}

/**
 * “Assign to an agent” was left out: why. And how many others were.
 * @param {import("../types").Refused[]} refused
 */
function why([first, ...others]) {
  const { action_name: name = "", detail } = first ?? {};
  const more = others.length ? `, and ${others.length} more` : "";
  return `“${actionLabel(name)}” was left out: ${detail ?? "it made no sense here"}${more}`;
}

/** @param {number} id @param {Macro} macro */
export async function runMacro(id, macro) {
  const who = contactName(conversation(id).peek()?.meta.sender);
  try {
    const refused = await api.runMacro(id, macro.id);
    if (refused.length) toast(`Ran “${macro.name}”, but ${why(refused)}`, { bad: true });
    else toast(`Ran “${macro.name}”, ${who}`);
    if (line.peek() !== "on") {
      const thread = threadOf(id);
      thread.stale = true;
      put(await api.getConversation(id));
      await loadThread(thread);
    }
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(`Not run: ${error.message}`, { bad: true });
  }
  place(id, { ours: true });
  countAgain();
}

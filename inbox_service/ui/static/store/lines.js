/**
 * The lines of a thread: days, the "New" line, activity, and messages grouped by who said them.
 */

/** @typedef {import("../types").Message} Message */
/** @typedef {{ kind: "day", key: string, at: number }} DayLine */
/** @typedef {{ kind: "fresh", key: string }} FreshLine */
/** @typedef {{ kind: "events", key: string, messages: Message[] }} EventsLine */
/** @typedef {{ kind: "said", key: string, side: "in" | "out", messages: Message[] }} SaidLine */
/** @typedef {DayLine | FreshLine | EventsLine | SaidLine} Line */

import { dayNumber } from "streamdesk/format.js";

const TOGETHER = 120;

/** @param {Message} m */
export const isActivity = (m) => m.message_type === 2;

/** @param {Message} m */
export const isIncoming = (m) => m.message_type === 0;

/** @param {Message} m */
export const isFailed = (m) => m.status === "failed" || m.local?.state === "failed";

/** @param {Message} m */
export const senderKey = (m) =>
  `${m.sender_type ?? m.sender?.type ?? ""}:${m.sender_id ?? m.sender?.id ?? ""}`.toLowerCase();

/** Whether two neighbours are shown as one. @param {Message} a @param {Message} b */
function together(a, b) {
  return (
    a.message_type === b.message_type &&
    a.private === b.private &&
    senderKey(a) === senderKey(b) &&
    b.created_at - a.created_at <= TOGETHER &&
    !isFailed(a) &&
    !isFailed(b) &&
    !a.local &&
    !b.local &&
    !!a.queued === !!b.queued &&
    (a.message_type === 0 || a.status === b.status)
  );
}

/**
 * @param {Message[]} messages in order
 * @param {number | string | null} fresh the first message that was unread on opening
 * @returns {Line[]}
 */
export function linesOf(messages, fresh) {
  /** @type {Line[]} */
  const lines = [];
  let day = NaN;
  for (const message of messages) {
    const its = dayNumber(message.created_at);
    if (its !== day) {
      day = its;
      lines.push({ kind: "day", key: `day ${its}`, at: message.created_at });
    }
    if (fresh !== null && message.id === fresh && lines.length > 1) {
      lines.push({ kind: "fresh", key: "fresh" });
    }
    const last = lines[lines.length - 1];
    if (isActivity(message)) {
      if (last?.kind === "events") last.messages.push(message);
      else lines.push({ kind: "events", key: `e${message.id}`, messages: [message] });
    } else if (
      last?.kind === "said" &&
      together(/** @type {Message} */ (last.messages.at(-1)), message)
    ) {
      last.messages.push(message);
    } else {
      const side = isIncoming(message) ? "in" : "out";
      lines.push({
        kind: "said",
        key: `m${message.echo_id ?? message.id}`,
        side,
        messages: [message],
      });
    }
  }
  return lines;
}

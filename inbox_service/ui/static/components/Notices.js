/** What a writer should know: who else writes, who just answered, that the window is closed. */
import { Icon } from "streamdesk/components/Icon.js";
import { dayName, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { channel, contactName, firstName } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { inboxById, me } from "streamdesk/store/directory.js";
import { threadOf } from "streamdesk/store/threads.js";
import { writersIn } from "streamdesk/store/typing.js";

/** @typedef {import("../types").Message} Message */
/** @typedef {import("../types").Conversation} Conversation */

/**
 * A colleague's public answer that came after the reader began to write.
 * @param {import("../store/threads.js").Thread} thread
 * @param {number | null} begunAt
 */
export function someoneAnswered(thread, begunAt) {
  if (begunAt === null) return null;
  const isAnswer = (/** @type {Message} */ m) =>
    m.message_type === 1 &&
    !m.private &&
    m.created_at >= begunAt &&
    m.sender_type === "User" &&
    m.sender?.id !== me.peek().id;
  return thread.messages.peek().findLast(isAnswer) ?? null;
}

/** @param {{ c: Conversation }} props */
function Writers({ c }) {
  const writers = writersIn(c.id).value.filter((one) => !one.contact);
  const [first, ...rest] = writers;
  if (!first) return null;
  const names = firstName(first.name) + (rest.length ? ` and ${rest.length} more` : "");
  const what = writers.every((one) => one.note) ? "a note" : "a reply";
  return html`<div class="notice accent" role="status">
    <${Icon} name="pencil" />
    <span><b class="strong">${names}</b> ${rest.length ? "are" : "is"} writing ${what}</span>
    <span class="dots sub"><i></i><i></i><i></i></span>
  </div>`;
}

/**
 * When the contact last wrote, in words.
 * @param {Conversation} c
 */
function lastWrote(c) {
  const last = threadOf(c.id).messages.value.findLast((m) => m.message_type === 0);
  if (!last) return "has not written yet";
  const day = dayName(last.created_at, now.value);
  return `last wrote ${day === "Today" || day === "Yesterday" ? day.toLowerCase() : `on ${day}`}`;
}

/** @param {{ c: Conversation }} props */
function Closed({ c }) {
  const name = firstName(contactName(c.meta.sender));
  const kind = channel(inboxById.value.get(c.inbox_id)?.channel_type ?? c.meta.channel);
  const whatsapp = kind.icon === "whatsapp";
  const title = whatsapp ? "The 24-hour window is closed." : "The time to reply is over.";
  const rule = whatsapp
    ? "WhatsApp lets only an approved template through"
    : `${kind.label} lets no reply through`;
  return html`<div class="notice warn long">
    <${Icon} name="clock" />
    <div>
      <b class="strong">${title}</b>${" "}
      ${`${name} ${lastWrote(c)}, so ${rule} until ${name} writes again.`}
    </div>
  </div>`;
}

/**
 * 12 s, 26m
 * @param {number} at
 */
function shortAgo(at) {
  const seconds = Math.max(1, Math.round(Date.now() / 1000 - at));
  return seconds < 60 ? `${seconds} s` : duration(seconds);
}

/** @param {{ answer: Message, read: () => void, sendAnyway: () => void }} props */
function Stale({ answer, read, sendAnyway }) {
  const who = firstName(answer.sender?.name);
  return html`<div class="notice warn" role="alert">
    <${Icon} name="alert" />
    <span class="cut">
      <b class="strong">${who} replied ${shortAgo(answer.created_at)} ago</b>, after you began
    </span>
    <button type="button" class="btn push" onClick=${read}>Read it</button>
    <button type="button" class="btn ghost" onClick=${sendAnyway}>Send anyway</button>
  </div>`;
}

/**
 * @param {{
 *   c: Conversation, closed: boolean, sendAnyway: () => void,
 *   stale: import("@preact/signals").Signal<Message | null>
 * }} props
 */
export function Notices({ c, closed, stale, sendAnyway }) {
  const answer = stale.value;
  const read = () => {
    stale.value = null;
    document.querySelector(".log .msg:last-of-type")?.scrollIntoView({ block: "nearest" });
  };
  return html`
    <${Writers} c=${c} />
    ${closed ? html`<${Closed} c=${c} />` : null}
    ${answer ? html`<${Stale} answer=${answer} read=${read} sendAnyway=${sendAnyway} />` : null}
  `;
}

/** What a writer should know before sending: who else writes, who just answered, whether the window is closed. */
import { Icon } from "streamdesk/components/Icon.js";
import { dayName, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { channel, contactName, firstName } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { inboxById, me } from "streamdesk/store/directory.js";
import { writersIn } from "streamdesk/store/typing.js";
import { threadOf } from "streamdesk/store/threads.js";

/** @typedef {import("../types").Message} Message */
/** @typedef {import("../types").Conversation} Conversation */

/** A colleague's public answer that came after the reader began to write. @param {import("../store/threads.js").Thread} thread @param {number | null} begunAt */
export function someoneAnswered(thread, begunAt) {
  if (begunAt === null) return null;
  const answers = thread.messages.peek().filter(
    (m) =>
      m.message_type === 1 &&
      !m.private &&
      m.created_at >= begunAt &&
      m.sender_type === "User" &&
      m.sender?.id !== me.peek().id,
  );
  return answers[answers.length - 1] ?? null;
}

/** @param {{ c: Conversation }} props */
function Writers({ c }) {
  const writers = writersIn(c.id).value.filter((one) => !one.contact);
  const first = writers[0];
  if (!first) return null;
  const names = writers.length > 1 ? `${firstName(first.name)} and ${writers.length - 1} more` : firstName(first.name);
  const what = writers.every((one) => one.note) ? "a note" : "a reply";
  return html`<div class="notice accent" role="status"><${Icon} name="pencil" /><span><b class="strong">${names}</b> ${writers.length > 1 ? "are" : "is"} writing ${what}</span><span class="dots sub"><i></i><i></i><i></i></span></div>`;
}

/** @param {{ c: Conversation }} props */
function Closed({ c }) {
  const name = firstName(contactName(c.meta.sender));
  const kind = channel(inboxById.value.get(c.inbox_id)?.channel_type ?? c.meta.channel);
  const incoming = threadOf(c.id).messages.value.filter((m) => m.message_type === 0);
  const last = incoming[incoming.length - 1];
  const day = last ? dayName(last.created_at, now.value) : "";
  const wrote = !last ? "has not written yet" : `last wrote ${/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : `on ${day}`}`;
  const whatsapp = kind.icon === "whatsapp";
  return html`<div class="notice warn long"><${Icon} name="clock" /><div><b class="strong">${whatsapp ? "The 24-hour window is closed." : "The time to reply is over."}</b> ${name} ${wrote}, so ${whatsapp ? "WhatsApp lets only an approved template through" : `${kind.label} lets no reply through`} until ${name} writes again.</div></div>`;
}

/** 12 s, 26m @param {number} at */
function shortAgo(at) {
  const seconds = Math.max(1, Math.round(Date.now() / 1000 - at));
  return seconds < 60 ? `${seconds} s` : duration(seconds);
}

/**
 * @param {{ c: Conversation, closed: boolean, stale: import("@preact/signals").Signal<Message | null>, sendAnyway: () => void }} props
 */
export function Notices({ c, closed, stale, sendAnyway }) {
  const answer = stale.value;
  const read = () => {
    stale.value = null;
    document.querySelector(".log .msg:last-of-type")?.scrollIntoView({ block: "nearest" });
  };
  return html`<${Writers} c=${c} />
    ${closed ? html`<${Closed} c=${c} />` : null}
    ${answer ? html`<div class="notice warn" role="alert"><${Icon} name="alert" /><span class="cut"><b class="strong">${firstName(answer.sender?.name)} replied ${shortAgo(answer.created_at)} ago</b>, after you began</span><button type="button" class="btn push" onClick=${read}>Read it</button><button type="button" class="btn ghost" onClick=${sendAnyway}>Send anyway</button></div>` : null}`;
}

/** One conversation in the list. */
import { Avatar, NobodyAvatar } from "streamdesk/components/Avatar.js";
import { Icon } from "streamdesk/components/Icon.js";
import { ago, count, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { agentName, channel, contactName, firstName, hueOf, langOf } from "streamdesk/names.js";
import { addressOf, openId, view } from "streamdesk/route.js";
import { now } from "streamdesk/store/clock.js";
import { conversation } from "streamdesk/store/conversations.js";
import { contactIsOnline, inboxById, labelByTitle, me } from "streamdesk/store/directory.js";
import { draftOf } from "streamdesk/store/drafts.js";
import { isFailed, isIncoming } from "streamdesk/store/lines.js";
import { open } from "streamdesk/store/moving.js";
import { writersIn } from "streamdesk/store/typing.js";
import { STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */

const FILES = /** @type {Record<string, string>} */ ({ image: "Photo", audio: "Voice message", video: "Video", location: "Location", contact: "Contact card" });

/** @param {import("../types").Message} m */
function wordsOf(m) {
  if (m.content) return m.content.replace(/\s+/g, " ").slice(0, 200);
  const type = m.attachments?.[0]?.file_type;
  return type ? (FILES[type] ?? "File") : "";
}

/** @param {{ c: Conversation }} props */
function Preview({ c }) {
  const writer = writersIn(c.id).value.find((one) => one.contact);
  if (writer) return html`<span class="live">typing <span class="dots"><i></i><i></i><i></i></span></span>`;
  const draft = draftOf(c.id).value;
  const begun = (draft.reply || draft.note).trim();
  if (begun && openId.value !== c.id) return html`<span class="draft">Draft</span> ${begun.slice(0, 200)}`;
  const m = c.last_non_activity_message;
  if (!m) return html`<span class="low">No message yet</span>`;
  const words = wordsOf(m);
  const text = langOf(words) ? html`<span lang=${langOf(words)}>${words}</span>` : words;
  const subject = c.additional_attributes?.mail_subject;
  if (isIncoming(m)) return html`${subject ? html`<span class="strong">${subject}</span> ` : null}${text}`;
  const own = m.sender?.id === me.value.id && m.sender_type !== "Contact";
  const by = own ? "You: " : m.sender?.name ? `${firstName(m.sender.name)}: ` : "";
  return html`<${Icon} name=${m.private ? "lock" : "reply"} small class="low" /> ${by}${text}`;
}

/** The one thing about a row that needs a decision. @param {{ c: Conversation }} props */
function Need({ c }) {
  const m = c.last_non_activity_message;
  if (m && isFailed(m)) return html`<span class="pill bad"><${Icon} name="error" />Not delivered</span>`;
  const asked = view.value.status;
  if (c.status !== asked && !(asked === "all" && c.status === "open")) return html`<span class="pill">${STATUSES[c.status]}</span>`;
  if (c.priority === "urgent") return html`<span class="pill bad"><${Icon} name="flag" />Urgent</span>`;
  if (c.priority === "high") return html`<span class="pill"><${Icon} name="flag" />High</span>`;
  if (c.status !== "open" || !c.waiting_since) return null;
  return html`<span class="pill"><${Icon} name="clock" /><span class="sr">Waiting for a reply for </span>${duration(now.value - c.waiting_since)}</span>`;
}

/** @param {{ id: number }} props */
export function Row({ id }) {
  const c = conversation(id).value;
  if (!c) return null;
  const who = c.meta.sender;
  const name = contactName(who);
  const kind = channel(inboxById.value.get(c.inbox_id)?.channel_type ?? c.meta.channel);
  const at = openId.value === id;
  const unread = c.unread_count > 0;
  const { assignee } = c.meta;
  const go = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(id);
  };
  return html`<li id=${`row-${id}`} class=${`row${unread ? " new" : ""}${at ? " at" : ""}`}>
    <span class="pick"><${Avatar} id=${who.id} name=${name} thumbnail=${who.thumbnail} presence=${contactIsOnline(who.id) ? "online" : ""} /></span>
    <a href=${addressOf(view.value, id)} aria-current=${at ? "true" : null} onClick=${go}>
      <span>${unread ? html`<span class="sr">Unread. </span>` : null}<span class="who cut" dir="auto" lang=${langOf(name)}>${name}</span><time datetime=${new Date(c.last_activity_at * 1000).toISOString()}>${ago(c.last_activity_at, now.value)}</time></span>
      <span><span class="what cut" dir="auto"><${Preview} c=${c} /></span>${c.unread_count > 1 ? html`<b class="badge">${count(c.unread_count)}<span class="sr"> unread</span></b>` : null}</span>
      <span class="meta"><span class="tags"><${Icon} name=${kind.icon} small label=${kind.label} />${c.labels.map((title) => html`<span key=${title} class="tag cut"><i class="dot hue" style=${{ "--h": hueOf(labelByTitle.value.get(title)?.color) }}></i><span class="cut">${title}</span></span>`)}</span><${Need} c=${c} />${assignee ? html`<${Avatar} id=${assignee.id} name=${agentName(assignee)} thumbnail=${assignee.thumbnail} size="xs" label=${`Assigned to ${agentName(assignee)}`} />` : html`<${NobodyAvatar} />`}</span>
    </a>
  </li>`;
}

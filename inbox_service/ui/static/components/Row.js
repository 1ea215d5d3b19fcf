/** One conversation in the list. */
import { Avatar, NobodyAvatar } from "streamdesk/components/Avatar.js";
import { Icon } from "streamdesk/components/Icon.js";
import { ago, count, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { agentName, channel, contactName, firstName, hueOf, langOf } from "streamdesk/names.js";
import { addressOf, follows, openId, view } from "streamdesk/route.js";
import { now } from "streamdesk/store/clock.js";
import { conversation } from "streamdesk/store/conversations.js";
import { contactIsOnline, inboxById, labelByTitle, me } from "streamdesk/store/directory.js";
import { draftOf } from "streamdesk/store/drafts.js";
import { isFailed, isIncoming } from "streamdesk/store/lines.js";
import { asRead } from "streamdesk/store/mentions.js";
import { open } from "streamdesk/store/moving.js";
import { writersIn } from "streamdesk/store/typing.js";
import { STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../types").Message} Message */

const SHOWN = 200;

const FILES = /** @type {Record<string, string>} */ ({
  image: "Photo",
  audio: "Voice message",
  video: "Video",
  location: "Location",
  contact: "Contact card",
});

/** @param {Message} m */
function wordsOf(m) {
  const content = m.private ? asRead(m.content ?? "") : m.content;
  if (content) return content.replace(/\s+/g, " ").slice(0, SHOWN);
  const type = m.attachments?.[0]?.file_type;
  return type ? (FILES[type] ?? "File") : "";
}

/** @param {Message} m */
function speaker(m) {
  if (m.sender?.id === me.value.id && m.sender_type !== "Contact") return "You: ";
  return m.sender?.name ? `${firstName(m.sender.name)}: ` : "";
}

const Dots = () => html`<span class="dots"><i></i><i></i><i></i></span>`;

/** @param {{ c: Conversation }} props */
function Preview({ c }) {
  if (writersIn(c.id).value.some((one) => one.contact)) {
    return html`<span class="live">typing <${Dots} /></span>`;
  }
  const draft = draftOf(c.id).value;
  const begun = (draft.reply || draft.note).trim();
  if (begun && openId.value !== c.id) {
    return html`<span class="draft">Draft</span> ${begun.slice(0, SHOWN)}`;
  }
  const m = c.last_non_activity_message;
  if (!m) return html`<span class="low">No message yet</span>`;
  const words = wordsOf(m);
  const lang = langOf(words);
  const text = lang ? html`<span lang=${lang}>${words}</span>` : words;
  if (!isIncoming(m)) {
    const icon = m.private ? "lock" : "reply";
    return html`<${Icon} name=${icon} small class="low" /> ${speaker(m)}${text}`;
  }
  const subject = c.additional_attributes?.mail_subject;
  return subject ? html`<span class="strong">${subject}</span> ${text}` : text;
}

/**
 * The one thing about a row that needs a decision.
 * @param {{ c: Conversation }} props
 */
function Need({ c }) {
  const m = c.last_non_activity_message;
  const asked = view.value.status;
  if (m && isFailed(m)) {
    return html`<span class="pill bad"><${Icon} name="error" />Not delivered</span>`;
  }
  if (c.status !== asked && !(asked === "all" && c.status === "open")) {
    return html`<span class="pill">${STATUSES[c.status]}</span>`;
  }
  if (c.priority === "urgent") {
    return html`<span class="pill bad"><${Icon} name="flag" />Urgent</span>`;
  }
  if (c.priority === "high") return html`<span class="pill"><${Icon} name="flag" />High</span>`;
  if (c.status !== "open" || !c.waiting_since) return null;
  return html`<span class="pill">
    <${Icon} name="clock" />
    <span class="sr">Waiting for a reply for${" "}</span>
    ${duration(now.value - c.waiting_since)}
  </span>`;
}

/** @param {{ title: string }} props */
function Label({ title }) {
  const hue = hueOf(labelByTitle.value.get(title)?.color);
  return html`<span class="tag cut">
    <i class="dot hue" style=${{ "--h": hue }}></i>
    <span class="cut">${title}</span>
  </span>`;
}

/** @param {{ c: Conversation }} props */
function Meta({ c }) {
  const kind = channel(inboxById.value.get(c.inbox_id)?.channel_type ?? c.meta.channel);
  const { assignee } = c.meta;
  const name = agentName(assignee);
  return html`<span class="meta">
    <span class="tags">
      <${Icon} name=${kind.icon} small label=${kind.label} />
      ${c.labels.map((title) => html`<${Label} key=${title} title=${title} />`)}
    </span>
    <${Need} c=${c} />
    ${
      assignee
        ? html`<${Avatar}
          id=${assignee.id}
          name=${name}
          thumbnail=${assignee.thumbnail}
          size="xs"
          label=${`Assigned to ${name}`}
        />`
        : html`<${NobodyAvatar} />`
    }
  </span>`;
}

/** @param {{ id: number }} props */
export function Row({ id }) {
  const c = conversation(id).value;
  if (!c) return null;
  const who = c.meta.sender;
  const name = contactName(who);
  const at = openId.value === id;
  const unread = c.unread_count;
  const stamp = new Date(c.last_activity_at * 1000).toISOString();
  return html`<li id=${`row-${id}`} class=${`row${unread ? " new" : ""}${at ? " at" : ""}`}>
    <span class="pick">
      <${Avatar}
        id=${who.id}
        name=${name}
        thumbnail=${who.thumbnail}
        presence=${contactIsOnline(who.id) ? "online" : ""}
      />
    </span>
    <a
      href=${addressOf(view.value, id)}
      aria-current=${at ? "true" : null}
      onClick=${follows(() => open(id))}
    >
      <span>
        ${unread ? html`<span class="sr">Unread.${" "}</span>` : null}
        <span class="who cut" dir="auto" lang=${langOf(name)}>${name}</span>
        <time datetime=${stamp}>${ago(c.last_activity_at, now.value)}</time>
      </span>
      <span>
        <span class="what cut" dir="auto"><${Preview} c=${c} /></span>
        ${
          unread > 1
            ? html`<b class="badge">${count(unread)}<span class="sr">${" "}unread</span></b>`
            : null
        }
      </span>
      <${Meta} c=${c} />
    </a>
  </li>`;
}

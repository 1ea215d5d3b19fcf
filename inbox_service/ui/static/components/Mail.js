/** A mail of the thread: who to whom, about what, its words, and what it quotes folded away. */
import { useSignal } from "@preact/signals";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Files, GoingFiles } from "streamdesk/components/Files.js";
import { Icon } from "streamdesk/components/Icon.js";
import { Ticks, Wrong } from "streamdesk/components/Said.js";
import { Words } from "streamdesk/components/Words.js";
import { clock, fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { channel, contactName, langOf } from "streamdesk/names.js";
import { inboxById } from "streamdesk/store/directory.js";
import { isFailed, isIncoming } from "streamdesk/store/lines.js";

/** @typedef {import("../types").Message} Message */
/** @typedef {import("../types").Contact} Contact */

/**
 * Whether a thread's messages are mails.
 * @param {number} inboxId
 */
export const isMailed = (inboxId) =>
  channel(inboxById.value.get(inboxId)?.channel_type).icon === "mail";

/** @param {unknown} list @returns {string[]} */
const addresses = (list) => (Array.isArray(list) ? list : []);

/** @param {{ m: Message, contact: Contact }} props */
function Way({ m, contact }) {
  const mail = m.content_attributes?.email;
  const to = isIncoming(m) ? addresses(mail?.to) : [contact.email ?? contactName(contact)];
  const cc = addresses(isIncoming(m) ? mail?.cc : m.content_attributes?.cc_emails);
  const line = [
    to.length ? `to ${to.join(", ")}` : "",
    cc.length ? `cc ${cc.join(", ")}` : "",
  ].filter(Boolean);
  return html`<div class="sm low cut">${line.join(", ")}</div>`;
}

/** @param {{ m: Message, contact: Contact, subject: string }} props */
function Head({ m, contact, subject }) {
  const ours = !isIncoming(m);
  const who = m.sender?.name ?? (ours ? "Automatic message" : contactName(contact));
  const from = addresses(m.content_attributes?.email?.from)[0];
  const said = m.content_attributes?.email?.subject;
  const about = said && said !== subject ? said : "";
  const stamp = new Date(m.created_at * 1000).toISOString();
  return html`<header>
    <${Avatar} id=${m.sender?.id ?? who} name=${who} thumbnail=${m.sender?.thumbnail} size="md" />
    <div class="cut">
      <b class="strong" dir="auto">${who}</b>
      ${from && from !== who ? html` <span class="low">${from}</span>` : null}
      <${Way} m=${m} contact=${contact} />
      ${about ? html`<div class="sm low cut" dir="auto">${about}</div>` : null}
    </div>
    <time class="sm low push num" datetime=${stamp} title=${fullTime(m.created_at)}>
      ${clock(m.created_at)}
    </time>
    ${ours && !isFailed(m) ? html`<${Ticks} m=${m} />` : null}
  </header>`;
}

/** @param {{ text: string }} props */
const Paragraphs = ({ text }) =>
  text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part, n) => html`<p key=${n} dir="auto" lang=${langOf(part)}>
      <${Words} text=${part} note=${false} />
    </p>`);

/** @param {{ m: Message }} props */
function Body({ m }) {
  const whole = useSignal(false);
  if (m.content_attributes?.deleted) {
    return html`<p class="low"><${Icon} name="trash" small /> This message was deleted</p>`;
  }
  const text = m.content_attributes?.email?.text_content;
  const more = Boolean(text?.quoted);
  const label = whole.value ? "Hide the quoted part" : "Show the quoted part";
  return html`
    <${Paragraphs} text=${(whole.value ? text?.full : m.content) ?? ""} />
    ${
      more
        ? html`<button
          type="button"
          class="fold"
          title=${label}
          aria-label=${label}
          aria-expanded=${whole.value}
          onClick=${() => {
            whole.value = !whole.value;
          }}
        >
          <${Icon} name="more" />
        </button>`
        : null
    }
  `;
}

/** @param {{ m: Message, contact: Contact, subject: string }} props */
export function Mail({ m, contact, subject }) {
  const ours = !isIncoming(m);
  const left = m.content_attributes?.email?.files_left_out;
  const going = m.local?.files.length ? m.local : null;
  return html`<article class=${`mail${ours ? " ours" : ""}`} tabindex="-1">
    <${Head} m=${m} contact=${contact} subject=${subject} />
    <div>
      <${Body} m=${m} />
      ${
        going
          ? html`<${GoingFiles}
            files=${going.files}
            echo=${m.echo_id ?? ""}
            sending=${going.state === "sending"}
          />`
          : null
      }
      ${m.attachments?.length ? html`<${Files} files=${m.attachments} />` : null}
      ${left ? html`<p class="sm low">${left} more files came with it and were left out.</p>` : null}
      ${ours && isFailed(m) ? html`<${Wrong} m=${m} />` : null}
    </div>
  </article>`;
}

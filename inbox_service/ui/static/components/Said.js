/** What one person said in one go: bubbles, files, when, and how far it got. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Files, GoingFiles } from "streamdesk/components/Files.js";
import { Icon } from "streamdesk/components/Icon.js";
import { Words } from "streamdesk/components/Words.js";
import { clock, fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { contactName, langOf } from "streamdesk/names.js";
import { me } from "streamdesk/store/directory.js";
import { isFailed } from "streamdesk/store/lines.js";
import { discard, retry, sendAgain } from "streamdesk/store/sending.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../types").Message} Message */

/** @param {Message} m */
const isMine = (m) => (m.sender_type ?? m.sender?.type ?? "").toLowerCase() === "user" && m.sender?.id === me.value.id;

/** @param {Message} m */
const isAutomatic = (m) => m.message_type === 3 || !m.sender || !/^(user|contact)$/i.test(m.sender_type ?? m.sender?.type ?? "user");

/** @param {{ m: Message }} props */
function From({ m }) {
  if (m.private) {
    const who = isMine(m) ? "You" : (m.sender?.name ?? "Automation");
    return html`<div class="from n"><${Icon} name="lock" small />${who} · Private note</div>`;
  }
  if (isAutomatic(m)) return html`<div class="from"><${Icon} name="bot" small />${m.sender?.name ?? "Automatic message"}</div>`;
  return isMine(m) ? null : html`<div class="from">${m.sender?.name}</div>`;
}

/** @param {{ m: Message }} props */
function Ticks({ m }) {
  if (m.private) return null;
  if (m.local?.state === "waiting") return html`<${Icon} name="offline" small label="Waiting for the connection" />`;
  if (m.local) return html`<${Icon} name="clock" small label="Sending" />`;
  if (m.queued) return html`<${Icon} name="clock" small label="Queued" />`;
  if (m.status === "read") return html`<${Icon} name="checks" small class="seen" label="Read" />`;
  return m.status === "delivered"
    ? html`<${Icon} name="checks" small label="Delivered" />`
    : html`<${Icon} name="check" small label="Sent" />`;
}

/** @param {Message} m */
async function copy(m) {
  await navigator.clipboard.writeText(m.content ?? "");
  toast("Copied the message");
}

/** @param {{ m: Message }} props */
function Wrong({ m }) {
  const reason = (m.local ? m.local.reason : m.content_attributes?.external_error) || "The provider gave no reason.";
  const text = `${m.local ? "Not sent" : "Not delivered"}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
  return html`<div class="when wrong"><${Icon} name="error" small />${text.replace(/\.?$/, ".")} <button type="button" class="link" onClick=${() => (m.local ? sendAgain(m) : retry(m))}>Try again</button> ${m.content && navigator.clipboard ? html`<button type="button" class="link" onClick=${() => copy(m)}>Copy</button>` : null} ${m.local ? html`<button type="button" class="link" onClick=${() => discard(m)}>Discard</button>` : null}</div>`;
}

/** @param {{ messages: Message[], out: boolean }} props */
function When({ messages, out }) {
  const m = /** @type {Message} */ (messages[messages.length - 1]);
  if (out && isFailed(m)) return html`<${Wrong} m=${m} />`;
  const waiting = m.local?.state === "waiting" ? " · goes out when the line is back" : "";
  return html`<div class="when"><time datetime=${new Date(m.created_at * 1000).toISOString()} title=${fullTime(m.created_at)}>${clock(m.created_at)}</time>${waiting}${out ? html`<${Ticks} m=${m} />` : null}</div>`;
}

const RATING = "csat_survey_response";

/** @param {{ m: Message, out: boolean, quoted: Message | undefined }} props */
function Bubble({ m, out, quoted }) {
  if (m.content_attributes?.deleted) {
    return html`<p class="said gone"><${Icon} name="trash" small /> This message was deleted</p>`;
  }
  const rating = m.content_attributes?.submitted_values?.[RATING]?.rating;
  const kind = !out ? "" : isFailed(m) ? " sunk" : m.private ? " note" : isAutomatic(m) ? " bot" : "";
  const quote = quoted?.content ? html`<span class="quote">${quoted.message_type === 0 ? "" : `${quoted.sender?.name ?? "You"}: `}${quoted.content}</span>` : null;
  return html`${m.content ? html`<p class=${`said${kind}`} dir="auto" lang=${langOf(m.content)}>${quote}<${Words} text=${m.content} note=${m.private} /></p>` : null}
    ${m.local?.files.length ? html`<${GoingFiles} files=${m.local.files} echo=${m.echo_id ?? ""} sending=${m.local.state === "sending"} />` : null}
    ${m.attachments?.length ? html`<${Files} files=${m.attachments} />` : null}
    ${rating ? html`<p class="said gone"><${Icon} name="star" small /> Rated ${rating} of 5</p>` : null}`;
}

/**
 * @param {{ messages: Message[], side: "in" | "out", contact: import("../types").Contact, find: (id: unknown) => Message | undefined }} props
 */
export function Said({ messages, side, contact, find }) {
  const out = side === "out";
  const first = /** @type {Message} */ (messages[0]);
  const bubbles = messages.map((m) => html`<${Bubble} key=${m.echo_id ?? m.id} m=${m} out=${out} quoted=${find(m.content_attributes?.in_reply_to)} />`);
  return html`<div class=${`msg${out ? " out" : ""}${first.private ? " note" : ""}`} tabindex="-1">
    ${out ? html`<${From} m=${first} />` : html`<${Avatar} id=${contact.id} name=${contactName(contact)} thumbnail=${contact.thumbnail} size="md" />`}
    ${bubbles}<${When} messages=${messages} out=${out} />
  </div>`;
}

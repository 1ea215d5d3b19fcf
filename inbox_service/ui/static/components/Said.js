/** What one person said in one go: bubbles, files, when, and how far it got. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Files, GoingFiles } from "streamdesk/components/Files.js";
import { Icon } from "streamdesk/components/Icon.js";
import { WhyButton } from "streamdesk/components/Why.js";
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
const senderType = (m) => (m.sender_type ?? m.sender?.type ?? "").toLowerCase();

/** @param {Message} m */
const isMine = (m) => senderType(m) === "user" && m.sender?.id === me.value.id;

/** @param {Message} m */
const isAutomatic = (m) => m.message_type === 3 || !m.sender || senderType(m) === "agentbot";

/** @param {{ m: Message }} props */
function From({ m }) {
  const name = m.sender?.name;
  if (m.private) {
    return html`<div class="from n">
      <${Icon} name="lock" small />${isMine(m) ? "You" : (name ?? "Automation")} · Private note<${WhyButton} m=${m} />
    </div>`;
  }
  if (isAutomatic(m)) {
    return html`<div class="from">
      <${Icon} name="bot" small />${name ?? "Automatic message"}<${WhyButton} m=${m} />
    </div>`;
  }
  return isMine(m) ? null : html`<div class="from">${name}</div>`;
}

/**
 * Icon and name of how far a message got.
 * @param {Message} m
 * @returns {[string, string]}
 */
function reached(m) {
  if (m.local?.state === "waiting") return ["offline", "Waiting for the connection"];
  if (m.local) return ["clock", "Sending"];
  if (m.queued) return ["clock", "Queued"];
  if (m.status === "read") return ["checks", "Read"];
  return m.status === "delivered" ? ["checks", "Delivered"] : ["check", "Sent"];
}

/** @param {{ m: Message }} props */
export function Ticks({ m }) {
  if (m.private && !m.local) return null;
  const [icon, label] = reached(m);
  const look = label === "Read" ? "seen" : "";
  return html`<${Icon} name=${icon} small class=${look} label=${label} />`;
}

/** @param {Message} m */
async function copy(m) {
  await navigator.clipboard.writeText(m.content ?? "");
  toast("Copied the message");
}

/** @param {{ label: string, run: () => void }} props */
const Way = ({ label, run }) => html`
  <button type="button" class="link" onClick=${run}>${label}</button>
`;

/** @param {{ m: Message }} props */
export function Wrong({ m }) {
  const given = m.local ? m.local.reason : m.content_attributes?.external_error;
  const reason = given || "The provider gave no reason";
  const told = `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`.replace(/\.?$/, ".");
  const copies = m.content && navigator.clipboard;
  return html`<div class="when wrong">
    <${Icon} name="error" small />
    ${m.local ? "Not sent" : "Not delivered"}: ${told}
    <${Way} label="Try again" run=${() => (m.local ? sendAgain(m) : retry(m))} />
    ${copies ? html`<${Way} label="Copy" run=${() => copy(m)} />` : null}
    ${m.local ? html`<${Way} label="Discard" run=${() => discard(m)} />` : null}
  </div>`;
}

/** @param {{ m: Message, out: boolean }} props */
function When({ m, out }) {
  if (out && isFailed(m)) return html`<${Wrong} m=${m} />`;
  const stamp = new Date(m.created_at * 1000).toISOString();
  return html`<div class="when">
    <time datetime=${stamp} title=${fullTime(m.created_at)}>${clock(m.created_at)}</time>
    ${m.local?.state === "waiting" ? html`<span>goes out when the line is back</span>` : null}
    ${out ? html`<${Ticks} m=${m} />` : null}
  </div>`;
}

/** @param {{ m: Message | undefined }} props */
function Quote({ m }) {
  if (!m?.content) return null;
  const by = m.message_type === 0 ? "" : `${m.sender?.name ?? "You"}: `;
  return html`<span class="quote">${by}${m.content}</span>`;
}

/** @param {{ m: Message, out: boolean, quoted: Message | undefined }} props */
function Text({ m, out, quoted }) {
  const look = isFailed(m) ? " sunk" : m.private ? " note" : isAutomatic(m) ? " bot" : "";
  return html`<p class=${`said${out ? look : ""}`} dir="auto" lang=${langOf(m.content)}>
    <${Quote} m=${quoted} /><${Words} text=${m.content ?? ""} note=${m.private} />
  </p>`;
}

/** @param {{ m: Message, out: boolean, quoted: Message | undefined }} props */
function Bubble({ m, out, quoted }) {
  if (m.content_attributes?.deleted) {
    return html`<p class="said gone"><${Icon} name="trash" small /> This message was deleted</p>`;
  }
  const rating = m.content_attributes?.submitted_values?.csat_survey_response?.rating;
  const going = m.local?.files.length ? m.local : null;
  return html`
    ${m.content ? html`<${Text} m=${m} out=${out} quoted=${quoted} />` : null}
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
    ${
      rating
        ? html`<p class="said gone"><${Icon} name="star" small /> Rated ${rating} of 5</p>`
        : null
    }
  `;
}

/**
 * @param {{
 *   messages: Message[], side: "in" | "out", contact: import("../types").Contact,
 *   find: (id: unknown) => Message | undefined
 * }} props
 */
export function Said({ messages, side, contact, find }) {
  const out = side === "out";
  const first = /** @type {Message} */ (messages[0]);
  const last = /** @type {Message} */ (messages[messages.length - 1]);
  const face = html`<${Avatar}
    id=${contact.id}
    name=${contactName(contact)}
    thumbnail=${contact.thumbnail}
    size="md"
  />`;
  return html`<div
    class=${`msg${out ? " out" : ""}${first.private ? " note" : ""}`}
    tabindex="-1"
  >
    ${out ? html`<${From} m=${first} />` : face}
    ${messages.map((m) => {
      const quoted = find(m.content_attributes?.in_reply_to);
      return html`<${Bubble} key=${m.echo_id ?? m.id} m=${m} out=${out} quoted=${quoted} />`;
    })}
    <${When} m=${last} out=${out} />
  </div>`;
}

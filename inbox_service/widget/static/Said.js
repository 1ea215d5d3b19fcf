/** One message of the conversation, with its files and how it fared. */
import { Icon } from "streamdesk/components/Icon.js";
import { clock, size } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { langOf } from "streamdesk/names.js";
import { Rate } from "streamdesk/widget/Rate.js";
import { again, discard } from "streamdesk/widget/sending.js";
import { isOurs } from "streamdesk/widget/conversation.js";

/** @typedef {import("./conversation.js").Message} Message */

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** The text with its links; everything else stays text. @param {string} text */
function linked(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(at, found.index));
    parts.push(html`<a href=${found[0]} target="_blank" rel="noopener noreferrer nofollow">${found[0]}</a>`);
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

/** @param {{ file: any, me: boolean }} props */
function File({ file, me }) {
  const side = me ? " me" : "";
  if (!file.data_url) return html`<p class=${`t${side}`}>${file.file_name ?? "A file"}, on its way</p>`;
  if (file.file_type === "image") {
    return html`<a class=${`t pic${side}`} href=${file.data_url} target="_blank" rel="noopener">
      <img src=${file.data_url} alt=${`Photo, ${file.file_name ?? "without a name"}`} />
    </a>`;
  }
  if (file.file_type === "audio") return html`<audio class=${`t${side}`} controls preload="metadata" src=${file.data_url} />`;
  if (file.file_type === "video") return html`<video class=${`t${side}`} controls preload="metadata" src=${file.data_url} />`;
  return html`<a class=${`t file${side}`} href=${file.data_url} download=${file.file_name} target="_blank" rel="noopener">
    <${Icon} name="file" /><span class="cut">${file.file_name ?? "File"}</span>
    ${file.file_size ? html`<span class="sm num">${size(file.file_size)}</span>` : null}
  </a>`;
}

/** @param {{ m: Message }} props */
function Fate({ m }) {
  if (!m.local || m.local.state === "sending") return null;
  if (m.local.state === "waiting") return html`<p class="by me">${m.local.reason}</p>`;
  const echo = m.echo_id ?? "";
  return html`<p class="by me wrong" role="alert">
    <${Icon} name="error" small />Not sent: ${m.local.reason}
    <button type="button" class="link" onClick=${() => again(echo)}>Try again</button>
    <button type="button" class="link" onClick=${() => discard(echo)}>Discard</button>
  </p>`;
}

/** @param {{ m: Message, first: boolean, last: boolean }} props */
export function Said({ m, first }) {
  const me = !isOurs(m);
  if (m.content_type === "input_csat") return html`<${Rate} m=${m} />`;
  const who = me ? "" : `${m.sender?.name ?? "Automatic message"} · `;
  const gone = m.content_attributes?.deleted;
  const look = `t${me ? " me" : ""}${m.local ? " going" : ""}`;
  const files = m.local ? m.local.files.map((file) => ({ file_name: file.name })) : m.attachments;
  return html`
    ${
      first
        ? html`<p class=${`by${me ? " me" : ""}`}>
          <span>${who}<time datetime=${new Date(m.created_at * 1000).toISOString()}>${clock(m.created_at)}</time></span>
        </p>`
        : null
    }
    ${
      gone
        ? html`<p class="t low">This message was deleted</p>`
        : m.content
          ? html`<p class=${look} dir="auto" lang=${langOf(m.content)}>
            ${me ? html`<span class="sr">You: </span>` : null}${linked(m.content)}
          </p>`
          : null
    }
    ${files.map((/** @type {any} */ file, /** @type {number} */ at) => html`<${File} key=${file.id ?? at} file=${file} me=${me} />`)}
    <${Fate} m=${m} />
  `;
}

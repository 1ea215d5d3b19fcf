/** Activity lines: what was decided and by whom; several in a row fold into one. */
import { useState } from "preact/hooks";
import { Icon } from "streamdesk/components/Icon.js";
import { Link } from "streamdesk/components/Merge.js";
import { WhyButton } from "streamdesk/components/Why.js";
import { fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";

/** @typedef {import("../types").Message} Message */

/** Lines that are never folded away. */
const TROUBLE = /was stopped|could not/i;

const KINDS = /** @type {[RegExp, string][]} */ ([
  [TROUBLE, "alert"],
  [/was merged into/, "merge"],
  [/ticket/i, "link"],
  [/text message/i, "sms"],
  [/webhook/i, "plug"],
  [/snooz/i, "snooze"],
  [/resolved/i, "check"],
  [/reopen|opened/i, "undo"],
  [/priority/i, "flag"],
  [/label|added|removed/i, "tag"],
  [/team|handed/i, "team"],
  [/assign/i, "person"],
]);

const MERGED = /^(Conversation |The conversation was merged into )#(\d+)(.*)$/s;
const FOLD_OVER = 3;

/** What was merged names the other conversation. @param {{ text: string }} props */
function Told({ text }) {
  const [, before, id, after] = MERGED.exec(text) ?? [];
  return id ? html`${before}<${Link} id=${Number(id)} />${after}` : text;
}

/** @param {{ m: Message }} props */
function Event({ m }) {
  const icon = KINDS.find(([pattern]) => pattern.test(m.content ?? ""))?.[1] ?? "info";
  return html`<p class="event" title=${fullTime(m.created_at)}>
    <${Icon} name=${icon} small /><span dir="auto"><${Told} text=${m.content ?? ""} /></span><${WhyButton} m=${m} />
  </p>`;
}

/** @param {{ messages: Message[] }} props */
export function Events({ messages }) {
  const [open, setOpen] = useState(false);
  const folded = !open && messages.length > FOLD_OVER;
  const last = messages.at(-1);
  const shown = folded
    ? messages.filter((m) => m === last || TROUBLE.test(m.content ?? ""))
    : messages;
  const unfold = () => setOpen(true);
  return html`
    ${
      folded
        ? html`<p class="event">
          <button type="button" class="link" onClick=${unfold}>
            Show ${messages.length - shown.length} earlier changes
          </button>
        </p>`
        : null
    }
    ${shown.map((m) => html`<${Event} key=${m.id} m=${m} />`)}
  `;
}

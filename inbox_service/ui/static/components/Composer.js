/** Where answers and notes are written; nothing written here is lost before the server has it. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ChosenFiles } from "streamdesk/components/ChosenFiles.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { Notices, someoneAnswered } from "streamdesk/components/Notices.js";
import { Suggest } from "streamdesk/components/Suggest.js";
import { Tabs } from "streamdesk/components/Tabs.js";
import { useOffers } from "streamdesk/components/offers.js";
import { html } from "streamdesk/html.js";
import { caps, hint } from "streamdesk/keys.js";
import { channel, contactName, firstName } from "streamdesk/names.js";
import { changeStatus } from "streamdesk/store/changing.js";
import { inboxById } from "streamdesk/store/directory.js";
import { addFiles, draftOf, filesOf, writeDraft } from "streamdesk/store/drafts.js";
import { blanksIn } from "streamdesk/store/filling.js";
import { neighbour } from "streamdesk/store/list.js";
import { withMentions } from "streamdesk/store/mentions.js";
import { focusRow } from "streamdesk/store/moving.js";
import { opens } from "streamdesk/store/panes.js";
import { send } from "streamdesk/store/sending.js";
import { weStop, weWrite } from "streamdesk/store/typing.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../store/threads.js").Thread} Thread */

const HINTS = {
  reply: "Write a reply. / for canned replies, drop files anywhere",
  note: "Write a note. @ brings a colleague in",
};
const GROWS = CSS.supports("field-sizing", "content");

/**
 * Browsers that do not grow a field by themselves.
 * @param {{ current: HTMLTextAreaElement | null }} field
 * @param {string} text
 */
function useGrowth(field, text) {
  useEffect(() => {
    const at = field.current;
    if (!at || GROWS) return;
    at.style.height = "auto";
    at.style.height = `${at.scrollHeight}px`;
  }, [text]);
}

/**
 * Keys, palette and menus speak to the composer: "reply", "note", "send", "attach" and so on.
 * @param {(what: string) => void} act
 */
function useOrders(act) {
  const latest = useRef(act);
  latest.current = act;
  useLayoutEffect(() => {
    const listen = (/** @type {Event} */ event) =>
      latest.current(/** @type {CustomEvent<string>} */ (event).detail);
    addEventListener("streamdesk:write", listen);
    return () => removeEventListener("streamdesk:write", listen);
  }, []);
}

/**
 * After sending, decide; the focus goes to the next row.
 * @param {number} id
 * @param {"resolved" | "snoozed"} status
 */
function afterwards(id, status) {
  const next = neighbour(id);
  changeStatus(id, status);
  if (next !== null) requestAnimationFrame(() => focusRow(next));
}

/** What a canned reply left open, to be seen before it goes out. @param {{ text: string }} props */
function Blanks({ text }) {
  const left = blanksIn(text);
  if (!left.length) return null;
  return html`<div class="notice warn" role="status">
    <${Icon} name="pencil" />
    <span class="cut">Not filled in: <b class="strong">${left.join(", ")}</b></span>
  </div>`;
}

/** @param {{ note: boolean, run: () => void }} props */
function SendButton({ note, run }) {
  if (note) {
    const title = `Add note${hint("send")}`;
    return html`<button type="button" class="btn primary" title=${title} onClick=${run}>
      Add note
    </button>`;
  }
  return html`<span class="split">
    <button type="button" class="btn primary" onClick=${run}>
      Send<kbd>${caps("mod+enter").join(" ")}</kbd>
    </button>
    <button
      type="button"
      class="btn primary"
      aria-label="Other ways to send"
      aria-haspopup="menu"
      onClick=${opens("sending")}
    >
      <${Icon} name="down" small />
    </button>
  </span>`;
}

/** @param {{ c: Conversation, thread: Thread, children?: unknown }} props */
export function Composer({ c, thread, children }) {
  const { id } = c;
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const stale = useSignal(/** @type {import("../types").Message | null} */ (null));
  const draft = draftOf(id).value;
  const files = filesOf(id).value;
  const note = draft.mode === "note";
  const text = note ? draft.note : draft.reply;
  const closed = !note && !c.can_reply;
  const name = firstName(contactName(c.meta.sender));
  const kind = channel(inboxById.value.get(c.inbox_id)?.channel_type ?? c.meta.channel);

  // At once, lest the next key be taken for a shortcut; and again when the field comes only now.
  const focus = () => {
    field.current?.focus();
    queueMicrotask(() => field.current?.focus());
  };
  const pick = () => picker.current?.click();
  const write = (/** @type {string} */ value) =>
    writeDraft(id, note ? { note: value } : { reply: value });

  const offers = useOffers({ c, note, field, write });

  const choose = (/** @type {"reply" | "note"} */ mode) => {
    weStop();
    offers.leave();
    writeDraft(id, { mode });
    focus();
  };

  const go = (/** @type {{ anyway?: boolean, then?: () => void }} */ { anyway, then } = {}) => {
    const content = note ? withMentions(text.trim(), offers.people) : text.trim();
    if (closed || (!content && !files.length)) return focus();
    stale.value = note || anyway ? null : someoneAnswered(thread, draft.begunAt);
    if (stale.value) return undefined;
    weStop();
    offers.leave();
    send(id, { content, note, files, then });
    write("");
    filesOf(id).value = [];
    thread.fresh.value = null;
    return focus();
  };

  useGrowth(field, text);
  useOrders((what) => {
    if (what === "reply" || what === "note") choose(what);
    else if (what === "send") go();
    else if (what === "send-resolve") go({ then: () => afterwards(id, "resolved") });
    else if (what === "send-snooze") go({ then: () => afterwards(id, "snoozed") });
    else if (what === "attach") pick();
  });

  const onInput = () => {
    const value = field.current?.value ?? "";
    write(value);
    offers.look();
    if (value) weWrite(id, note);
    else weStop();
  };
  const leaveField = () => {
    weStop();
    offers.leave();
  };
  const onPaste = (/** @type {ClipboardEvent} */ event) => {
    const pasted = event.clipboardData?.files;
    if (!pasted?.length) return;
    event.preventDefault();
    addFiles(id, pasted);
  };
  const onPick = () => {
    addFiles(id, picker.current?.files ?? []);
    if (picker.current) picker.current.value = "";
    focus();
  };

  const closedTools = html`<div class="tools roomy">
    <button type="button" class="btn" onClick=${() => choose("note")}>
      <${Icon} name="lock" />Write a note instead
    </button>
  </div>`;
  const open = html`
    <textarea
      class="write"
      ref=${field}
      aria-label=${note ? "Private note" : "Reply"}
      placeholder=${HINTS[draft.mode]}
      dir="auto"
      rows="2"
      value=${text}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls=${offers.option ? "offers" : null}
      aria-activedescendant=${offers.option}
      onInput=${onInput}
      onKeyDown=${offers.onKeyDown}
      onKeyUp=${offers.onKeyUp}
      onClick=${offers.look}
      onPaste=${onPaste}
      onBlur=${leaveField}
    ></textarea>
    ${files.length ? html`<${ChosenFiles} id=${id} files=${files} />` : null}
    <div class="tools">
      <${IconButton} icon="clip" label="Attach files" hint=${hint("attach")} onClick=${pick} />
      <${IconButton} icon="canned" label="Canned replies (/)" onClick=${offers.askCanned} />
      <input type="file" multiple hidden ref=${picker} onChange=${onPick} />
      <span class="push sm low desk">${text ? "Draft saved" : ""}</span>
      <${SendButton} note=${note} run=${() => go()} />
    </div>
  `;
  return html`<footer class="compose">
    ${children}
    ${
      offers.token
        ? html`<${Suggest}
          token=${offers.token}
          people=${offers.people}
          fill=${offers.fill}
          pick=${offers.pick}
          close=${offers.shut}
          keys=${offers.keys}
          point=${offers.point}
        />`
        : null
    }
    ${note || closed ? null : html`<${Blanks} text=${text} />`}
    <${Notices} c=${c} closed=${closed} stale=${stale} sendAnyway=${() => go({ anyway: true })} />
    <div class=${`box${note ? " note" : ""}`}>
      <${Tabs} mode=${draft.mode} to=${`to ${name}, ${kind.label}`} choose=${choose} />
      ${closed ? closedTools : open}
    </div>
  </footer>`;
}

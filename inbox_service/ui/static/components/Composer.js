/** Where answers and notes are written; nothing written here is lost before the server has it. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { changeStatus } from "streamdesk/store/changing.js";
import { neighbour } from "streamdesk/store/list.js";
import { focusRow } from "streamdesk/store/moving.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { ChosenFiles } from "streamdesk/components/ChosenFiles.js";
import { Notices, someoneAnswered } from "streamdesk/components/Notices.js";
import { html } from "streamdesk/html.js";
import { caps, hint } from "streamdesk/keys.js";
import { channel, contactName, firstName } from "streamdesk/names.js";
import { inboxById } from "streamdesk/store/directory.js";
import { draftOf, filesOf, writeDraft } from "streamdesk/store/drafts.js";
import { openPop } from "streamdesk/store/panes.js";
import { send } from "streamdesk/store/sending.js";
import { toast } from "streamdesk/store/toasts.js";
import { weStop, weWrite } from "streamdesk/store/typing.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../store/threads.js").Thread} Thread */

const FILES_AT_MOST = 15;
const LARGEST = 40 * 1000 * 1000;
const GROWS = CSS.supports("field-sizing", "content");

/** @param {{ mode: "reply" | "note", to: string, choose: (mode: "reply" | "note") => void }} props */
function Tabs({ mode, to, choose }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    choose(mode === "note" ? "reply" : "note");
  };
  const about = mode === "note" ? "only your team sees this" : to;
  return html`<div class="tabs" role="tablist" aria-label="What you write" onKeyDown=${onKeyDown}>
    <button type="button" class="tab" role="tab" aria-selected=${mode === "reply"} tabindex=${mode === "reply" ? 0 : -1} title=${`Reply${hint("reply")}`} onClick=${() => choose("reply")}>Reply</button>
    <button type="button" class="tab" role="tab" aria-selected=${mode === "note"} tabindex=${mode === "note" ? 0 : -1} title=${`Private note${hint("note")}`} onClick=${() => choose("note")}><${Icon} name="lock" small />Note</button>
    <span class="push sm low cut desk">${about}${"\u00a0"}</span></div>`;
}

/** @param {File[]} files @param {Iterable<File>} added */
function withFiles(files, added) {
  const fitting = [...added].filter((file) => {
    if (file.size > LARGEST) toast(`“${file.name}” is larger than 40 MB`, { bad: true });
    return file.size <= LARGEST;
  });
  const all = [...files, ...fitting];
  if (all.length > FILES_AT_MOST) toast(`A message takes ${FILES_AT_MOST} files; the rest was left out`, { bad: true });
  return all.slice(0, FILES_AT_MOST);
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

  const focus = () => requestAnimationFrame(() => field.current?.focus());

  const choose = (/** @type {"reply" | "note"} */ mode) => {
    weStop();
    writeDraft(id, { mode });
    focus();
  };

  const onInput = (/** @type {InputEvent} */ event) => {
    const value = /** @type {HTMLTextAreaElement} */ (event.currentTarget).value;
    writeDraft(id, note ? { note: value } : { reply: value });
    if (value) weWrite(id, note);
    else weStop();
  };

  const go = (/** @type {{ anyway?: boolean, then?: () => void }} */ { anyway, then } = {}) => {
    const content = text.trim();
    if (closed || (!content && !files.length)) return focus();
    const answered = note || anyway ? null : someoneAnswered(thread, draft.begunAt);
    stale.value = answered;
    if (answered) return undefined;
    weStop();
    send(id, { content, note, files, then });
    writeDraft(id, note ? { note: "" } : { reply: "" });
    filesOf(id).value = [];
    thread.fresh.value = null;
    return focus();
  };

  const after = (/** @type {"resolved" | "snoozed"} */ status) => () => {
    const next = neighbour(id);
    changeStatus(id, status);
    if (next !== null) requestAnimationFrame(() => focusRow(next));
  };

  const act = useRef(/** @type {(what: string) => void} */ (() => {}));
  act.current = (what) => {
    if (what === "reply" || what === "note") choose(what);
    else if (what === "send") go();
    else if (what === "send-resolve") go({ then: after("resolved") });
    else if (what === "send-snooze") go({ then: after("snoozed") });
    else if (what === "attach") picker.current?.click();
  };
  useEffect(() => {
    const listen = (/** @type {Event} */ event) => act.current(/** @type {CustomEvent} */ (event).detail);
    addEventListener("streamdesk:write", listen);
    return () => removeEventListener("streamdesk:write", listen);
  }, []);
  useEffect(() => {
    const at = field.current;
    if (!at || GROWS) return;
    at.style.height = "auto";
    at.style.height = `${at.scrollHeight}px`;
  }, [text, note]);

  const add = (/** @type {Iterable<File>} */ added) => (filesOf(id).value = withFiles(files, added));
  const onPaste = (/** @type {ClipboardEvent} */ event) => {
    const pasted = event.clipboardData?.files;
    if (!pasted?.length) return;
    event.preventDefault();
    add(pasted);
  };
  const onPick = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    add(input.files ?? []);
    input.value = "";
    focus();
  };

  const sendButton = note
    ? html`<button type="button" class="btn primary" title=${`Add note${hint("send")}`} onClick=${() => go()}>Add note</button>`
    : html`<span class="split"><button type="button" class="btn primary" onClick=${() => go()}>Send<kbd>${caps("mod+enter").join(" ")}</kbd></button><button type="button" class="btn primary" aria-label="Other ways to send" aria-haspopup="menu" onClick=${(/** @type {Event} */ event) => openPop("sending", event)}><${Icon} name="down" small /></button></span>`;

  return html`<footer class="compose">
    ${children}
    <${Notices} c=${c} closed=${closed} stale=${stale} sendAnyway=${() => go({ anyway: true })} />
    <div class=${`box${note ? " note" : ""}`}>
      <${Tabs} mode=${draft.mode} to=${`to ${name}, ${kind.label}`} choose=${choose} />
      ${closed
        ? html`<div class="tools roomy"><button type="button" class="btn" onClick=${() => choose("note")}><${Icon} name="lock" />Write a note instead</button></div>`
        : html`<textarea class="write" ref=${field} aria-label=${note ? "Private note" : "Reply"} placeholder=${note ? "Write a note. Only your team sees it" : "Write a reply, drop files anywhere"} dir="auto" rows="2" value=${text} onInput=${onInput} onPaste=${onPaste} onBlur=${weStop}></textarea>
          ${files.length ? html`<${ChosenFiles} files=${files} remove=${(/** @type {File} */ file) => (filesOf(id).value = files.filter((one) => one !== file))} />` : null}
          <div class="tools"><${IconButton} icon="clip" label="Attach files" hint=${hint("attach")} onClick=${() => picker.current?.click()} /><input type="file" multiple hidden ref=${picker} onChange=${onPick} /><span class="push sm low desk">${text ? "Draft saved" : ""}</span>${sendButton}</div>`}
    </div>
  </footer>`;
}

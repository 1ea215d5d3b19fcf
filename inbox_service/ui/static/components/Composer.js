/** Where answers and notes are written; nothing written here is lost before the server has it. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ChosenFiles } from "streamdesk/components/ChosenFiles.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { Notices, someoneAnswered } from "streamdesk/components/Notices.js";
import { Suggest, tokenAt } from "streamdesk/components/Suggest.js";
import { Tabs } from "streamdesk/components/Tabs.js";
import { boot } from "streamdesk/boot.js";
import { html } from "streamdesk/html.js";
import { caps, hint } from "streamdesk/keys.js";
import { channel, contactName, firstName } from "streamdesk/names.js";
import { changeStatus } from "streamdesk/store/changing.js";
import { assignable } from "streamdesk/store/assignable.js";
import { inboxById, me, teams } from "streamdesk/store/directory.js";
import { addFiles, draftOf, filesOf, writeDraft } from "streamdesk/store/drafts.js";
import { blanksIn, fill, firstBlank, valuesFor } from "streamdesk/store/filling.js";
import { neighbour } from "streamdesk/store/list.js";
import { callable, withMentions } from "streamdesk/store/mentions.js";
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
  const token = useSignal(/** @type {import("./Suggest.js").Token | null} */ (null));
  const option = useSignal(/** @type {string | null} */ (null));
  const offerKeys = useRef(/** @type {((event: KeyboardEvent) => void) | null} */ (null));
  const shutAt = useRef(-1);
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

  const people = note ? callable(assignable(c.inbox_id).value ?? [], teams.value, me.value.id) : [];
  const filled = (/** @type {string} */ words) =>
    fill(words, valuesFor(c, me.value, inboxById.value.get(c.inbox_id), boot.account.name));

  /** Is something looked for just before the caret? Once closed, it stays so for this word. */
  const look = () => {
    const { value = "", selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    const found =
      selectionStart === selectionEnd ? tokenAt(value, Number(selectionStart), note) : null;
    if (!found) shutAt.current = -1;
    token.value = found && found.from !== shutAt.current ? found : null;
  };
  const shut = () => {
    shutAt.current = token.value?.from ?? -1;
    token.value = null;
  };
  const insert = (/** @type {string} */ words, /** @type {number} */ from, /** @type {number} */ to) => {
    const at = field.current;
    if (!at) return;
    at.focus();
    at.setSelectionRange(from, to);
    // So that the browser's own undo takes it back; the input event does the rest.
    if (!document.execCommand("insertText", false, words)) {
      at.setRangeText(words, from, to, "end");
      write(at.value);
    }
    token.value = null;
    const blank = firstBlank(words);
    if (blank) at.setSelectionRange(from + blank[0], from + blank[1]);
  };
  const askCanned = () => {
    const at = field.current;
    if (!at) return;
    const caret = at.selectionEnd;
    const apart = caret === 0 || /\s/.test(at.value.charAt(caret - 1));
    shutAt.current = -1;
    insert(apart ? "/" : " /", caret, caret);
    look();
  };

  const choose = (/** @type {"reply" | "note"} */ mode) => {
    weStop();
    token.value = null;
    writeDraft(id, { mode });
    focus();
  };

  const go = (/** @type {{ anyway?: boolean, then?: () => void }} */ { anyway, then } = {}) => {
    const content = note ? withMentions(text.trim(), people) : text.trim();
    if (closed || (!content && !files.length)) return focus();
    stale.value = note || anyway ? null : someoneAnswered(thread, draft.begunAt);
    if (stale.value) return undefined;
    weStop();
    token.value = null;
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
    look();
    if (value) weWrite(id, note);
    else weStop();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    offerKeys.current?.(event);
  };
  const onKeyUp = (/** @type {KeyboardEvent} */ event) => {
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) look();
  };
  const leaveField = () => {
    weStop();
    token.value = null;
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
      aria-controls=${option.value ? "offers" : null}
      aria-activedescendant=${option.value}
      onInput=${onInput}
      onKeyDown=${onKeyDown}
      onKeyUp=${onKeyUp}
      onClick=${look}
      onPaste=${onPaste}
      onBlur=${leaveField}
    ></textarea>
    ${files.length ? html`<${ChosenFiles} id=${id} files=${files} />` : null}
    <div class="tools">
      <${IconButton} icon="clip" label="Attach files" hint=${hint("attach")} onClick=${pick} />
      <${IconButton} icon="canned" label="Canned replies (/)" onClick=${askCanned} />
      <input type="file" multiple hidden ref=${picker} onChange=${onPick} />
      <span class="push sm low desk">${text ? "Draft saved" : ""}</span>
      <${SendButton} note=${note} run=${() => go()} />
    </div>
  `;
  return html`<footer class="compose">
    ${children}
    ${
      token.value
        ? html`<${Suggest}
          token=${token.value}
          people=${people}
          fill=${filled}
          pick=${(/** @type {string} */ words) =>
            token.value && insert(words, token.value.from, token.value.to)}
          close=${shut}
          keys=${offerKeys}
          point=${(/** @type {string | null} */ one) => (option.value = one)}
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

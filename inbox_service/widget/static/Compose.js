/** Where the visitor writes: Enter sends, Shift Enter begins a line. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { size } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import * as api from "streamdesk/widget/api.js";
import { keep, kept } from "streamdesk/widget/keeping.js";
import { send } from "streamdesk/widget/sending.js";
import * as session from "streamdesk/widget/session.js";
import * as talk from "streamdesk/widget/conversation.js";

const SAY_AGAIN = 10_000;
const IDLE = 4000;
const MOST_FILES = 15;
const MOST_BYTES = 40 * 1024 * 1024;
const EMOJI = [..."😀😂😊😍🤔😢😡👍👎🙏👏💪❤️🎉🔥✅❌⏰✈️🧳📷📎📦💳"].filter((one) => one !== "\ufe0f");

let saidAt = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/** @param {boolean} on */
function typing(on) {
  clearTimeout(idle);
  if (!talk.conversation.peek()) return;
  if (on && Date.now() - saidAt > SAY_AGAIN) {
    saidAt = Date.now();
    // Nobody waits for this; a lost one is forgotten after seconds anyway.
    api.typing(true).catch(() => undefined);
  }
  if (on) idle = setTimeout(() => typing(false), IDLE);
  else if (saidAt) {
    saidAt = 0;
    api.typing(false).catch(() => undefined);
  }
}

export function Compose() {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const draft = `streamdesk.draft.${api.who.website}`;
  const text = useSignal(/** @type {string} */ (kept(draft) ?? ""));
  const files = useSignal(/** @type {File[]} */ ([]));
  const faces = useSignal(false);
  const wrong = useSignal("");
  const anew = useSignal(false);
  const features = session.config.value?.enabled_features ?? [];
  const closed =
    talk.conversation.value?.status === "resolved" &&
    session.config.value?.allow_messages_after_resolved === false;

  useEffect(() => {
    if (session.open.value) field.current?.focus();
  }, [session.open.value, anew.value]);
  if (closed && !anew.value) {
    return html`<div class="anew">
      <button type="button" class="btn primary lg" onClick=${() => (anew.value = true)}>
        Start a new conversation
      </button>
    </div>`;
  }

  const write = (/** @type {string} */ value) => {
    text.value = value;
    keep(draft, value || null);
    typing(!!value);
  };
  const go = () => {
    const content = text.value.trim();
    if (content || files.value.length) {
      send(content, { files: files.value });
      files.value = [];
      write("");
    }
    field.current?.focus();
  };
  const add = (/** @type {FileList | null | undefined} */ list) => {
    const all = [...files.value, ...(list ?? [])].slice(0, MOST_FILES);
    const bytes = all.reduce((sum, file) => sum + file.size, 0);
    wrong.value = bytes > MOST_BYTES ? `Files may be ${size(MOST_BYTES)} in all.` : "";
    if (!wrong.value) files.value = all;
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    go();
  };
  const insert = (/** @type {string} */ face) => {
    const at = field.current?.selectionStart ?? text.value.length;
    write(text.value.slice(0, at) + face + text.value.slice(at));
    faces.value = false;
    field.current?.focus();
  };
  const attaches = features.includes("attachments");
  return html`<div class="writing-place">
    ${wrong.value ? html`<p class="wrong" role="alert"><${Icon} name="error" small />${wrong.value}</p>` : null}
    ${
      files.value.length
        ? html`<ul class="chosen" aria-label="Files to send">
          ${files.value.map(
            (file) => html`<li key=${file.name}>
              <${Icon} name="file" small /><span class="cut">${file.name}</span>
              <${IconButton}
                icon="x"
                label=${`Remove ${file.name}`}
                onClick=${() => (files.value = files.value.filter((one) => one !== file))}
              />
            </li>`,
          )}
        </ul>`
        : null
    }
    ${
      faces.value
        ? html`<div class="faces" role="group" aria-label="Choose one">
          ${EMOJI.map(
            (face) => html`<button type="button" key=${face} onClick=${() => insert(face)}>${face}</button>`,
          )}
        </div>`
        : null
    }
    <div
      class="say"
      onDragOver=${(/** @type {Event} */ event) => attaches && event.preventDefault()}
      onDrop=${(/** @type {DragEvent} */ event) => {
        if (!attaches) return;
        event.preventDefault();
        add(event.dataTransfer?.files);
      }}
    >
      <textarea
        rows="1"
        aria-label="Your message"
        placeholder="Write a message"
        dir="auto"
        ref=${field}
        value=${text.value}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
        onKeyDown=${onKeyDown}
        onBlur=${() => typing(false)}
        onPaste=${(/** @type {ClipboardEvent} */ event) => attaches && event.clipboardData?.files.length && add(event.clipboardData.files)}
      ></textarea>
      ${
        features.includes("emoji_picker")
          ? html`<${IconButton}
            icon="smile"
            label="Emoji"
            aria-expanded=${String(faces.value)}
            onClick=${() => (faces.value = !faces.value)}
          />`
          : null
      }
      ${
        attaches
          ? html`<${IconButton} icon="clip" label="Attach a file" onClick=${() => picker.current?.click()} />
            <input
              type="file"
              multiple
              hidden
              ref=${picker}
              onChange=${(/** @type {any} */ event) => {
                add(event.currentTarget.files);
                event.currentTarget.value = "";
              }}
            />`
          : null
      }
      <button type="button" class="btn primary" aria-label="Send" onClick=${go}>
        <${Icon} name="arrow-up" />
      </button>
    </div>
  </div>`;
}

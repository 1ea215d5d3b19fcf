/** The middle of the page: one conversation, or what stands there when none is chosen. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Composer } from "streamdesk/components/Composer.js";
import { Failure } from "streamdesk/components/Failure.js";
import { Log, useBelow } from "streamdesk/components/Log.js";
import { MergedAway } from "streamdesk/components/Merge.js";
import { ThreadBar } from "streamdesk/components/ThreadBar.js";
import { useLate } from "streamdesk/components/late.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { conversation } from "streamdesk/store/conversations.js";
import { addFiles } from "streamdesk/store/drafts.js";
import { openConversation } from "streamdesk/store/opening.js";
import { threadOf } from "streamdesk/store/threads.js";

const Bubbles = () => html`
  <div class="log" aria-busy="true">
    <div class="bubbles" aria-hidden="true">
      <i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i
      ><i class="skel"></i>
    </div>
  </div>
`;

const BarBones = () => html`
  <div class="bar"><span class="av md"></span><i class="skel name"></i></div>
`;

/** @param {{ id: number }} props */
function Failed({ id }) {
  const error = threadOf(id).failure.value;
  return html`<section class="thread wide blank" id="thread" aria-label="Conversation">
    ${
      error?.status === 404
        ? html`
          <h2>No conversation #${id} here</h2>
          <p>It does not exist, or it is not in your inboxes.</p>
        `
        : html`<${Failure}
          title="The conversation did not load"
          safe="Nothing is lost."
          error=${error}
          again=${() => openConversation(id)}
        />`
    }
  </section>`;
}

/** @param {{ c: import("../types").Conversation | null }} props */
function Loading({ c }) {
  const late = useLate(true);
  return html`<section class="thread" id="thread" aria-label="Conversation" aria-busy="true">
    ${c ? html`<${ThreadBar} c=${c} />` : late ? html`<${BarBones} />` : null}
    ${late ? html`<${Bubbles} />` : null}
  </section>`;
}

/**
 * Files may be dropped anywhere on the thread.
 * @param {number} id
 */
function useDrop(id) {
  const over = useSignal(false);
  const depth = useRef(0);
  /** @param {DragEvent} event */
  const onDrag = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "dragenter") depth.current += 1;
    if (event.type === "dragleave") depth.current -= 1;
    if (event.type === "drop") {
      depth.current = 0;
      addFiles(id, event.dataTransfer.files);
    }
    over.value = depth.current > 0;
  };
  return { over, onDrag };
}

/** @param {{ id: number }} props */
export function Thread({ id }) {
  const thread = threadOf(id);
  const c = conversation(id).value;
  const state = thread.state.value;
  const { below, down } = useBelow();
  const { over, onDrag } = useDrop(id);
  useEffect(() => {
    below.value = 0;
  }, [id]);
  if (state === "failed") return html`<${Failed} id=${id} />`;
  if (state === "loading" || !c) return html`<${Loading} c=${c} />`;
  const jump = () => down.current();
  return html`<section
    class="thread"
    id="thread"
    aria-label="Conversation"
    onDragEnter=${onDrag}
    onDragOver=${onDrag}
    onDragLeave=${onDrag}
    onDrop=${onDrag}
  >
    <${ThreadBar} c=${c} />
    <${Log} key=${id} thread=${thread} contact=${c.meta.sender} below=${below} down=${down} />
    ${
      c.merged_into
        ? html`<${MergedAway} c=${c} />`
        : html`<${Composer} key=${`write ${id}`} c=${c} thread=${thread}>
          ${
            below.value
              ? html`<button type="button" class="btn jump" onClick=${jump}>
                ${plural(below.value, "new message")}
              </button>`
              : null
          }
        <//>`
    }
    ${over.value ? html`<div class="drop">Drop to attach</div>` : null}
  </section>`;
}

/** The middle of the page: one conversation, or what stands there when none is chosen. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Composer } from "streamdesk/components/Composer.js";
import { Failure } from "streamdesk/components/Failure.js";
import { Log, useBelow } from "streamdesk/components/Log.js";
import { ThreadBar } from "streamdesk/components/ThreadBar.js";
import { useLate } from "streamdesk/components/late.js";
import { longDuration, plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { now } from "streamdesk/store/clock.js";
import { conversation } from "streamdesk/store/conversations.js";
import { counts } from "streamdesk/store/counts.js";
import { filesOf } from "streamdesk/store/drafts.js";
import { rows } from "streamdesk/store/list.js";
import { openNextWaiting } from "streamdesk/store/moving.js";
import { openConversation } from "streamdesk/store/opening.js";
import { openDialog } from "streamdesk/store/panes.js";
import { threadOf } from "streamdesk/store/threads.js";

const Bones = () => html`<div class="bar"><span class="av md"></span><i class="skel name"></i></div>
  <div class="log" aria-busy="true"><div class="bubbles" aria-hidden="true"><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i></div></div>`;

/** The longest wait among the rows that are loaded. */
function longestWait() {
  const since = rows.value.map((id) => conversation(id).value?.waiting_since || Infinity);
  const first = Math.min(...since);
  return Number.isFinite(first) ? longDuration(now.value - first) : null;
}

export function NoThread() {
  const free = counts.value?.unassigned ?? 0;
  const longest = longestWait();
  const waits = free
    ? `${free} ${free === 1 ? "waits" : "wait"} for somebody to take them.`.replace("1 waits for somebody to take them", "1 waits for somebody to take it")
    : "Nobody waits to be taken.";
  return html`<section class="thread wide blank" id="thread" aria-label="Conversation">
    <h2>Pick a conversation</h2><p>${waits}${longest ? ` The longest has waited ${longest}.` : ""}</p>
    <div class="acts"><button type="button" class="btn primary" onClick=${openNextWaiting}>Take the next one<kbd>${caps("g n").join(" ")}</kbd></button><button type="button" class="btn ghost" onClick=${() => openDialog("keys")}>All shortcuts<kbd>?</kbd></button></div>
  </section>`;
}

/** @param {{ id: number }} props */
export function Thread({ id }) {
  const thread = threadOf(id);
  const c = conversation(id).value;
  const state = thread.state.value;
  const late = useLate(state === "loading");
  const { below, down } = useBelow();
  const over = useSignal(false);
  const depth = useRef(0);
  useEffect(() => {
    below.value = 0;
  }, [id]);

  const carriesFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const onDrag = (/** @type {DragEvent} */ event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.type === "dragenter") depth.current += 1;
    if (event.type === "dragleave") depth.current -= 1;
    over.value = depth.current > 0;
  };
  const onDrop = (/** @type {DragEvent} */ event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    over.value = false;
    filesOf(id).value = [...filesOf(id).value, ...(event.dataTransfer?.files ?? [])];
  };

  if (state === "failed") {
    const missing = thread.failure.value?.status === 404;
    return html`<section class="thread wide blank" id="thread" aria-label="Conversation">${
      missing
        ? html`<h2>No conversation #${id} here</h2><p>It does not exist, or it is not in your inboxes.</p>`
        : html`<${Failure} title="The conversation did not load" safe="Nothing is lost." error=${thread.failure.value} again=${() => openConversation(id)} />`
    }</section>`;
  }
  if (state === "loading" || !c) {
    return html`<section class="thread" id="thread" aria-label="Conversation" aria-busy="true">${c ? html`<${ThreadBar} c=${c} />` : null}${late ? (c ? html`<div class="log"><div class="bubbles" aria-hidden="true"><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i></div></div>` : html`<${Bones} />`) : null}</section>`;
  }
  return html`<section class="thread" id="thread" aria-label="Conversation" onDragEnter=${onDrag} onDragOver=${onDrag} onDragLeave=${onDrag} onDrop=${onDrop}>
    <${ThreadBar} c=${c} />
    <${Log} key=${id} thread=${thread} contact=${c.meta.sender} below=${below} down=${down} />
    <${Composer} key=${`write ${id}`} c=${c} thread=${thread}>${below.value ? html`<button type="button" class="btn jump" onClick=${() => down.current()}>${plural(below.value, "new message")}</button>` : null}<//>
    ${over.value ? html`<div class="drop">Drop to attach</div>` : null}
  </section>`;
}

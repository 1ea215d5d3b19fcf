/** No conversation is chosen: how many wait, and the way to the next. */
import { longDuration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { now } from "streamdesk/store/clock.js";
import { conversation } from "streamdesk/store/conversations.js";
import { counts } from "streamdesk/store/counts.js";
import { rows } from "streamdesk/store/list.js";
import { openNextWaiting } from "streamdesk/store/moving.js";
import { openDialog } from "streamdesk/store/panes.js";

/** The longest wait among the rows that are loaded. */
function longestWait() {
  const since = rows.value.map((id) => conversation(id).value?.waiting_since || Infinity);
  const first = Math.min(...since);
  return Number.isFinite(first) ? longDuration(now.value - first) : null;
}

/** @param {number} n */
function waiting(n) {
  if (!n) return "Nobody waits to be taken.";
  return n === 1 ? "1 waits for somebody to take it." : `${n} wait for somebody to take them.`;
}

export function NoThread() {
  const longest = longestWait();
  return html`<section class="thread wide blank" id="thread" aria-label="Conversation">
    <h2>Pick a conversation</h2>
    <p>
      ${waiting(counts.value?.unassigned ?? 0)}
      ${longest ? ` The longest has waited ${longest}.` : ""}
    </p>
    <div class="acts">
      <button type="button" class="btn primary" onClick=${openNextWaiting}>
        Take the next one<kbd>${caps("g n").join(" ")}</kbd>
      </button>
      <button type="button" class="btn ghost" onClick=${() => openDialog("keys")}>
        All shortcuts<kbd>?</kbd>
      </button>
    </div>
  </section>`;
}

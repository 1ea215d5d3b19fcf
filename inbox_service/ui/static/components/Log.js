/**
 * The messages of a thread, kept at the end while the reader is there, and in place while older
 * ones load.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Events } from "streamdesk/components/Events.js";
import { Mail, isMailed } from "streamdesk/components/Mail.js";
import { Said } from "streamdesk/components/Said.js";
import { dayName } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { contactName } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { conversation } from "streamdesk/store/conversations.js";
import { linesOf } from "streamdesk/store/lines.js";
import { loadOlder } from "streamdesk/store/threads.js";
import { writersIn } from "streamdesk/store/typing.js";

/** @typedef {import("../types").Contact} Contact */
/** @typedef {import("../store/threads.js").Thread} Thread */

const NEAR_END = 80;
const NEAR_TOP = 300;

/** @param {{ thread: Thread }} props */
function Older({ thread }) {
  const busy = thread.loadingOlder.value;
  return html`<div class="more">
    <button type="button" class="btn ghost" disabled=${busy} onClick=${() => loadOlder(thread)}>
      ${busy ? "Loading older messages" : "Older messages"}
    </button>
  </div>`;
}

/** @param {{ contact: Contact }} props */
function Writing({ contact }) {
  const name = contactName(contact);
  return html`<div class="msg">
    <${Avatar} id=${contact.id} name=${name} thumbnail=${contact.thumbnail} size="md" />
    <p class="said">
      <span class="sr">${name} is typing</span>
      <span class="dots sub"><i></i><i></i><i></i></span>
    </p>
  </div>`;
}

/** How many came below the fold since the reader scrolled up; and the way down. */
export function useBelow() {
  const below = useSignal(0);
  const down = useRef(() => {});
  return { below, down };
}

/**
 * @param {{
 *   thread: Thread, contact: Contact, below: import("@preact/signals").Signal<number>,
 *   down: { current: () => void }
 * }} props
 */
export function Log({ thread, contact, below, down }) {
  const log = useRef(/** @type {HTMLDivElement | null} */ (null));
  const kept = useRef({
    atEnd: true,
    height: 0,
    top: 0,
    first: /** @type {unknown} */ (null),
    count: 0,
    opened: false,
  });
  const messages = thread.messages.value;
  const writing = writersIn(thread.id).value.some((one) => one.contact);
  const lines = linesOf(messages, thread.fresh.value);
  const c = conversation(thread.id).value;
  const mailed = c ? isMailed(c.inbox_id) : false;
  const subject = c?.additional_attributes?.mail_subject ?? "";
  const find = (/** @type {unknown} */ id) => (id ? messages.find((m) => m.id === id) : undefined);

  down.current = () => {
    log.current?.scrollTo({ top: log.current.scrollHeight, behavior: "instant" });
    below.value = 0;
  };

  useLayoutEffect(() => {
    const at = log.current;
    if (!at) return;
    const was = kept.current;
    const first = messages[0]?.id;
    const prepended = was.opened && first !== was.first && messages.length > was.count;
    if (!was.opened && messages.length) {
      const fresh = /** @type {HTMLElement | null} */ (at.querySelector(".day.fresh"));
      at.scrollTop = at.scrollHeight;
      if (fresh && fresh.offsetTop < at.scrollTop) at.scrollTop = Math.max(0, fresh.offsetTop - 16);
      was.opened = true;
    } else if (was.atEnd) {
      at.scrollTop = at.scrollHeight;
    } else if (prepended) {
      at.scrollTop = was.top + at.scrollHeight - was.height;
    } else if (messages.length > was.count) {
      below.value += messages.length - was.count;
    }
    Object.assign(was, {
      first,
      count: messages.length,
      height: at.scrollHeight,
      top: at.scrollTop,
    });
    was.atEnd = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
    // Folded changes may leave room: nobody can scroll up to ask for more.
    if (thread.older.value && at.scrollHeight <= at.clientHeight) loadOlder(thread);
  }, [messages, writing]);

  useLayoutEffect(() => {
    const at = log.current;
    if (!at) return undefined;
    const watcher = new ResizeObserver(() => {
      if (kept.current.atEnd) at.scrollTop = at.scrollHeight;
    });
    watcher.observe(at);
    for (const child of at.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, [messages]);

  const onScroll = () => {
    const at = log.current;
    if (!at) return;
    const was = kept.current;
    was.top = at.scrollTop;
    was.height = at.scrollHeight;
    was.atEnd = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
    if (was.atEnd) below.value = 0;
    if (at.scrollTop < NEAR_TOP) loadOlder(thread);
  };

  return html`<div
    class="log"
    role="log"
    aria-label="Messages"
    tabindex="0"
    ref=${log}
    onScroll=${onScroll}
  >
    ${thread.older.value ? html`<${Older} key="older" thread=${thread} />` : null}
    ${lines.map((line) => {
      const { key } = line;
      if (line.kind === "day") {
        return html`<div class="day" key=${key}>${dayName(line.at, now.value)}</div>`;
      }
      if (line.kind === "fresh") return html`<div class="day fresh" key=${key}>New</div>`;
      if (line.kind === "events") return html`<${Events} key=${key} messages=${line.messages} />`;
      const { messages: said, side } = line;
      if (mailed && !said[0]?.private) {
        return said.map(
          (m) => html`<${Mail} key=${m.echo_id ?? m.id} ...${{ m, contact, subject }} />`,
        );
      }
      return html`<${Said} key=${key} messages=${said} ...${{ side, contact, find }} />`;
    })}
    ${writing ? html`<${Writing} key="writing" contact=${contact} />` : null}
  </div>`;
}

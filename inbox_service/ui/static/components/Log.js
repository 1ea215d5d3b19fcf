/** The messages of a thread, kept at the end while the reader is there, and in place while older ones load. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Events } from "streamdesk/components/Events.js";
import { Said } from "streamdesk/components/Said.js";
import { dayName } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { contactName } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { linesOf } from "streamdesk/store/lines.js";
import { loadOlder } from "streamdesk/store/threads.js";
import { writersIn } from "streamdesk/store/typing.js";

/** @typedef {import("../types").Message} Message */

const NEAR_END = 80;
const NEAR_TOP = 300;

/** How many came below the fold since the reader scrolled up; and the way down. */
export function useBelow() {
  const below = useSignal(0);
  const down = useRef(() => {});
  return { below, down };
}

/**
 * @param {{ thread: import("../store/threads.js").Thread, contact: import("../types").Contact, below: import("@preact/signals").Signal<number>, down: { current: () => void } }} props
 */
export function Log({ thread, contact, below, down }) {
  const log = useRef(/** @type {HTMLDivElement | null} */ (null));
  const kept = useRef({ atEnd: true, height: 0, top: 0, first: /** @type {unknown} */ (null), count: 0, opened: false });
  const messages = thread.messages.value;
  const writing = writersIn(thread.id).value.some((one) => one.contact);
  const lines = linesOf(messages, thread.fresh.value);
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
    Object.assign(was, { first, count: messages.length, height: at.scrollHeight, top: at.scrollTop });
    was.atEnd = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
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

  return html`<div class="log" role="log" aria-label="Messages" tabindex="0" ref=${log} onScroll=${onScroll}>
    ${thread.older.value ? html`<div class="more"><button type="button" class="btn ghost" disabled=${thread.loadingOlder.value} onClick=${() => loadOlder(thread)}>${thread.loadingOlder.value ? "Loading older messages" : "Older messages"}</button></div>` : null}
    ${lines.map((line) => {
      if (line.kind === "day") return html`<div class="day" key=${line.key}>${dayName(line.at, now.value)}</div>`;
      if (line.kind === "fresh") return html`<div class="day fresh" key="fresh">New</div>`;
      if (line.kind === "events") return html`<${Events} key=${line.key} messages=${line.messages} />`;
      return html`<${Said} key=${line.key} messages=${line.messages} side=${line.side} contact=${contact} find=${find} />`;
    })}
    ${writing ? html`<div class="msg" key="writing"><${Avatar} id=${contact.id} name=${contactName(contact)} thumbnail=${contact.thumbnail} size="md" /><p class="said"><span class="sr">${contactName(contact)} is typing</span><span class="dots sub"><i></i><i></i><i></i></span></p></div>` : null}
  </div>`;
}

/** The conversation itself: what was said, who writes, and where one writes. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { IconButton } from "streamdesk/components/Icon.js";
import { dayName, dayNumber } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import * as api from "streamdesk/widget/api.js";
import { Compose } from "streamdesk/widget/Compose.js";
import { Head, Made, Offline } from "streamdesk/widget/Parts.js";
import { Said } from "streamdesk/widget/Said.js";
import * as session from "streamdesk/widget/session.js";
import * as talk from "streamdesk/widget/conversation.js";

const NEAR_END = 60;

/** @param {import("./conversation.js").Message} m */
const sideOf = (m) => (talk.isOurs(m) ? `out ${m.sender?.id ?? ""}` : "in");

/** Day lines, and for each message whether it begins or ends what one person said in one go. */
function linesOf(/** @type {import("./conversation.js").Message[]} */ messages) {
  let day = 0;
  const now = Date.now() / 1000;
  return messages.map((m, at) => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    const today = dayNumber(m.created_at);
    const newDay = today !== day && (messages.length > 1 || today !== dayNumber(now));
    day = today;
    const near = (/** @type {any} */ other) =>
      other && sideOf(other) === sideOf(m) && Math.abs(other.created_at - m.created_at) < 300;
    return {
      m,
      day: newDay && (before || today !== dayNumber(now)) ? dayName(m.created_at, now) : null,
      first: newDay || !near(before),
      last: !near(after),
    };
  });
}

/** How far the visitor's last message got: shown beneath it alone. */
function Reached() {
  const last = talk.messages.value.findLast((m) => !talk.isOurs(m));
  if (!last || talk.messages.value[talk.messages.value.length - 1] !== last || last.local) return null;
  const seen = (talk.conversation.value?.agent_last_seen_at ?? 0) >= last.created_at;
  return html`<p class="by me" role="status">${seen ? "Read" : "Sent"}</p>`;
}

function Menu() {
  const shown = useSignal(false);
  const features = session.config.value?.enabled_features ?? [];
  const current = talk.conversation.value;
  if (!features.includes("end_conversation") || !current || current.status === "resolved") return null;
  const end = async () => {
    shown.value = false;
    try {
      await api.end();
    } catch (error) {
      // The line tells how it stands; the menu is still there.
      if (!(error instanceof api.ApiError)) throw error;
    }
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !shown.value) return;
    event.stopPropagation();
    shown.value = false;
  };
  const onFocusOut = (/** @type {FocusEvent} */ event) => {
    const inside = /** @type {HTMLElement} */ (event.currentTarget).contains(/** @type {Node | null} */ (event.relatedTarget));
    if (!inside) shown.value = false;
  };
  return html`<span class="menu" onKeyDown=${onKeyDown} onFocusOut=${onFocusOut}>
    <${IconButton}
      icon="more"
      label="Options"
      aria-haspopup="menu"
      aria-expanded=${String(shown.value)}
      onClick=${() => (shown.value = !shown.value)}
    />
    ${
      shown.value
        ? html`<div class="pop" role="menu">
          <button type="button" role="menuitem" class="opt" onClick=${end}>End the conversation</button>
        </div>`
        : null
    }
  </span>`;
}

function Log() {
  const at = useRef(/** @type {HTMLDivElement | null} */ (null));
  const atEnd = useRef(true);
  const messages = talk.messages.value;
  const writer = talk.writer.value;
  const settings = session.config.value;
  const greeting = settings?.greeting_message;
  const away = settings?.availability.open === false && settings?.out_of_office_message;
  useLayoutEffect(() => {
    if (at.current && atEnd.current) at.current.scrollTop = at.current.scrollHeight;
  });
  const onScroll = () => {
    const log = at.current;
    if (log) atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  };
  const resolved = talk.conversation.value?.status === "resolved";
  const reopens = settings?.allow_messages_after_resolved !== false;
  return html`<div class="body talk" role="log" aria-label="Messages" tabindex="0" ref=${at} onScroll=${onScroll}>
    ${
      talk.older.value
        ? html`<button type="button" class="btn ghost older" onClick=${talk.loadOlder}>Older messages</button>`
        : null
    }
    ${greeting && !talk.older.value ? html`<p class="t" dir="auto">${greeting}</p>` : null}
    ${linesOf(messages).map(
      ({ m, day, first, last }) => html`
        ${day ? html`<p class="day" key=${`day ${m.echo_id ?? m.id}`}>${day}</p>` : null}
        <${Said} key=${m.echo_id ?? m.id} m=${m} first=${first} last=${last} />
      `,
    )}
    ${away && messages.length ? html`<p class="by">${away}</p>` : null}
    <${Reached} />
    ${resolved ? html`<p class="day">The conversation is resolved.${reopens ? " Write again any time." : ""}</p>` : null}
    <p class="by writing" role="status">
      ${
        writer
          ? html`${writer} is typing <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`
          : null
      }
    </p>
  </div>`;
}

/** @param {{ boot: any, alone: boolean }} props */
export function Talk({ boot, alone }) {
  const resolved = talk.conversation.value?.status === "resolved";
  return html`
    <${Head} boot=${boot} alone=${alone} text=${resolved ? "This conversation is resolved" : undefined}>
      <${Menu} />
    <//>
    <${Offline} />
    <${Log} />
    <${Compose} />
    <${Made} />
  `;
}

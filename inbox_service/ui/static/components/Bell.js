/** The bell: how much the reader was told and has not read, and the list of it. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon } from "streamdesk/components/Icon.js";
import { moved } from "streamdesk/components/Picker.js";
import { ago, count, fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import { contactName } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { loadNotices, notices, open, readAll, state, toggleRead, unread } from "streamdesk/store/notices.js";
import { closePop, opens } from "streamdesk/store/panes.js";

/** @typedef {import("../store/notices.js").Notice} Notice */

const ICONS = /** @type {Record<string, string>} */ ({
  conversation_mention: "at",
  conversation_assignment: "person",
  conversation_creation: "inbox",
});

export function Bell() {
  const n = unread.value;
  const name = `Notifications${n ? `, ${n} unread` : ""}`;
  return html`<button
    type="button"
    class="btn ghost icon bell"
    aria-label=${name}
    aria-haspopup="dialog"
    title=${name + hint("bell")}
    data-anchor="bell"
    onClick=${opens("bell")}
  >
    <${Icon} name="bell" />${n ? html`<span class="badge">${count(n)}</span>` : null}
  </button>`;
}

/** @param {{ one: Notice, n: number, here: boolean, go: () => void, point: () => void }} props */
function Line({ one, n, here, go, point }) {
  const contact = one.primary_actor.meta.sender;
  const fresh = one.read_at === null;
  return html`<div
    id=${`notice-${n}`}
    class=${`opt told${fresh ? " new" : ""}`}
    role="option"
    aria-selected=${here}
    onClick=${go}
    onMouseMove=${point}
  >
    <${Avatar} id=${contact.id} name=${contactName(contact)} thumbnail=${contact.thumbnail} size="md" />
    <div class="cut" dir="auto">
      <div class=${fresh ? "cut strong" : "cut"}>
        ${fresh ? html`<span class="sr">Unread: </span>` : null}${one.push_message_title}
      </div>
      <div class="sm low cut">
        <${Icon} name=${ICONS[one.notification_type] ?? "chat"} small />${" "}${
          one.push_message_body || "No text"
        }
      </div>
    </div>
    <time class="push sm low num" title=${fullTime(one.created_at)}>
      ${ago(one.created_at, now.value)}
    </time>
  </div>`;
}

const Hints = () => html`<footer class="hints">
  <span><kbd>↵</kbd> open</span>
  <span><kbd>E</kbd> read, unread</span>
  <span><kbd>⇧</kbd> <kbd>E</kbd> read all</span>
  <a class="link push" href=${`/app/accounts/${boot.account.id}/settings/notifications`}>
    Settings
  </a>
</footer>`;

/** @param {{ children?: unknown }} props */
const Nothing = ({ children }) => html`<p class="nothing">${children}</p>`;

/** The list under the bell. */
export function Notices() {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const at = useSignal(0);
  const all = notices.value;
  const index = Math.min(at.value, Math.max(0, all.length - 1));
  useLayoutEffect(() => list.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    loadNotices();
  }, []);
  useEffect(() => list.current?.children[index]?.scrollIntoView({ block: "nearest" }), [index]);
  const go = (/** @type {Notice | undefined} */ one) => {
    if (!one) return;
    closePop();
    open(one);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(event.key, index, all.length);
    const one = all[index];
    if (event.key === "Escape") closePop();
    else if (event.key === "Enter") go(one);
    else if (event.key === "E") readAll();
    else if (event.key === "e" && one) toggleRead(one);
    else if (to !== undefined) at.value = to;
    else return;
    event.preventDefault();
  };
  return html`<div role="dialog" aria-label="Notifications" class="notices">
    <div class="heading">
      <h2>Notifications</h2>
      ${
        unread.value
          ? html`<button type="button" class="btn ghost push" onClick=${readAll}>
              <${Icon} name="checks" />Read all
            </button>`
          : null
      }
    </div>
    <div
      class="told-list"
      role="listbox"
      aria-label="Notifications"
      tabindex="0"
      aria-activedescendant=${all.length ? `notice-${index}` : null}
      ref=${list}
      onKeyDown=${onKeyDown}
    >
      ${all.map(
        (one, n) => html`<${Line}
          key=${one.id}
          one=${one}
          n=${n}
          here=${n === index}
          go=${() => go(one)}
          point=${() => (at.value = n)}
        />`,
      )}
    </div>
    ${
      all.length
        ? null
        : html`<${Nothing}>
            ${state.value === "failed" ? "The notifications did not load." : "Nothing to tell you."}
          <//>`
    }
    <${Hints} />
  </div>`;
}

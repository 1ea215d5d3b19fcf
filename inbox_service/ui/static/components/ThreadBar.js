/** The head of a thread: who, through which inbox, and what can be decided. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { soon } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import { contactName, langOf } from "streamdesk/names.js";
import { now } from "streamdesk/store/clock.js";
import { decide, resolveOrReopen } from "streamdesk/store/deciding.js";
import { contactIsOnline, inboxById } from "streamdesk/store/directory.js";
import { backToList } from "streamdesk/store/moving.js";
import { opens, toggleSide } from "streamdesk/store/panes.js";

/** @typedef {import("../types").Conversation} Conversation */

/** @param {{ c: Conversation }} props */
function Standing({ c }) {
  if (c.merged_into) return html`<span class="pill desk"><${Icon} name="merge" />Merged</span>`;
  if (c.status === "open") return null;
  if (c.status === "resolved") {
    return html`<span class="pill good desk"><${Icon} name="check" />Resolved</span>`;
  }
  if (c.status === "pending") {
    return html`<span class="pill desk"><${Icon} name="clock" />Pending</span>`;
  }
  const until = c.snoozed_until ? `until ${soon(c.snoozed_until, now.value)}` : "until they write";
  return html`<span class="pill desk"><${Icon} name="snooze" />Snoozed ${until}</span>`;
}

/** @param {{ done: boolean }} props */
function Resolve({ done }) {
  const label = done ? "Reopen" : "Resolve";
  const icon = done ? "undo" : "check";
  return html`
    <span class="split desk">
      <button type="button" class="btn" title=${label + hint("resolve")} onClick=${resolveOrReopen}>
        <${Icon} name=${icon} />${label}
      </button>
      <button
        type="button"
        class="btn"
        aria-label=${done ? "Other states" : "Other ways to resolve"}
        aria-haspopup="menu"
        onClick=${opens("states")}
      >
        <${Icon} name="down" small />
      </button>
    </span>
    <${IconButton}
      icon=${icon}
      label=${label}
      class="phone"
      onClick=${() => decide(done ? "open" : "resolved")}
    />
  `;
}

/** @param {{ c: Conversation }} props */
export function ThreadBar({ c }) {
  const who = c.meta.sender;
  const name = contactName(who);
  const title = c.additional_attributes?.mail_subject || name;
  const inbox = inboxById.value.get(c.inbox_id)?.name;
  const done = c.status === "resolved";
  return html`<header class="bar">
    <${IconButton} icon="back" label="Back to the list" class="phone" onClick=${backToList} />
    <${Avatar}
      id=${who.id}
      name=${name}
      thumbnail=${who.thumbnail}
      size="md"
      class="desk"
      presence=${contactIsOnline(who.id) ? "online" : ""}
    />
    <div class="title">
      <h2 class="cut" dir="auto" lang=${langOf(title)}>${title}</h2>
      <div class="sm low cut">${inbox ? `${inbox} · ` : ""}#${c.id}</div>
    </div>
    <${Standing} c=${c} />
    ${
      done
        ? null
        : html`<${IconButton}
          icon="snooze"
          label="Snooze"
          hint=${hint("snooze")}
          class="desk"
          data-anchor="snooze"
          aria-haspopup="menu"
          onClick=${opens("snooze")}
        />`
    }
    ${
      c.merged_into
        ? null
        : html`
          <${IconButton}
            icon="more"
            label="More actions"
            hint=${hint("more")}
            data-anchor="more"
            data-anchor-any
            aria-haspopup="menu"
            onClick=${opens("more")}
          />
          <${Resolve} done=${done} />
        `
    }
    <${IconButton} icon="panel" label="Contact panel" hint=${hint("side")} onClick=${toggleSide} />
  </header>`;
}

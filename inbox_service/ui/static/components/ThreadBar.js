/** The head of a thread: who, through which inbox, and what can be decided. */
import { decide, resolveOrReopen } from "streamdesk/commands.js";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { soon } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import { contactName, langOf } from "streamdesk/names.js";
import { contactIsOnline, inboxById } from "streamdesk/store/directory.js";
import { now } from "streamdesk/store/clock.js";
import { backToList } from "streamdesk/store/moving.js";
import { openPop, toggleSide } from "streamdesk/store/panes.js";

/** @param {{ c: import("../types").Conversation }} props */
function Standing({ c }) {
  if (c.status === "snoozed") {
    const until = c.snoozed_until ? `Snoozed until ${soon(c.snoozed_until, now.value)}` : "Snoozed until they write";
    return html`<span class="pill desk"><${Icon} name="snooze" />${until}</span>`;
  }
  if (c.status === "resolved") return html`<span class="pill good desk"><${Icon} name="check" />Resolved</span>`;
  return c.status === "pending" ? html`<span class="pill desk"><${Icon} name="clock" />Pending</span>` : null;
}

/** @param {{ c: import("../types").Conversation }} props */
export function ThreadBar({ c }) {
  const who = c.meta.sender;
  const name = contactName(who);
  const subject = c.additional_attributes?.mail_subject;
  const title = subject || name;
  const done = c.status === "resolved";
  const inbox = inboxById.value.get(c.inbox_id)?.name;
  const under = `${inbox ? `${inbox} · ` : ""}#${c.id}`;
  const pop = (/** @type {string} */ kind) => (/** @type {Event} */ event) => openPop(kind, event);
  return html`<header class="bar">
    <${IconButton} icon="back" label="Back to the list" class="phone" onClick=${backToList} />
    <${Avatar} id=${who.id} name=${name} thumbnail=${who.thumbnail} size="md" class="desk" presence=${contactIsOnline(who.id) ? "online" : ""} />
    <div class="title"><h2 class="cut" dir="auto" lang=${langOf(title)}>${title}</h2><div class="sm low cut">${under}</div></div>
    <${Standing} c=${c} />
    ${done ? null : html`<${IconButton} icon="snooze" label="Snooze" hint=${hint("snooze")} class="desk" data-anchor="snooze" aria-haspopup="menu" onClick=${pop("snooze")} />`}
    <${IconButton} icon="more" label="More actions" hint=${hint("more")} data-anchor="more snooze assign team label priority" aria-haspopup="menu" onClick=${pop("more")} />
    <span class="split desk"><button type="button" class="btn" title=${`${done ? "Reopen" : "Resolve"}${hint("resolve")}`} onClick=${resolveOrReopen}><${Icon} name=${done ? "undo" : "check"} />${done ? "Reopen" : "Resolve"}</button><button type="button" class="btn" aria-label=${done ? "Other states" : "Other ways to resolve"} aria-haspopup="menu" onClick=${pop("states")}><${Icon} name="down" small /></button></span>
    <${IconButton} icon=${done ? "undo" : "check"} label=${done ? "Reopen" : "Resolve"} class="phone" onClick=${() => decide(done ? "open" : "resolved")} />
    <${IconButton} icon="panel" label="Contact panel" hint=${hint("side")} onClick=${toggleSide} />
  </header>`;
}


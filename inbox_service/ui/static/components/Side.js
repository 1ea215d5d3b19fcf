/** The contact beside the thread: decisions, details, earlier conversations. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { ago, clock, date, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { agentName, channel, contactName, hueOf, langOf } from "streamdesk/names.js";
import { addressOf, go, view } from "streamdesk/route.js";
import { now } from "streamdesk/store/clock.js";
import { contactOf, earlierOf } from "streamdesk/store/contacts.js";
import { contactIsOnline, inboxById, labelByTitle } from "streamdesk/store/directory.js";
import { drawer, openDialog, openPop } from "streamdesk/store/panes.js";
import { STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../types").Contact} Contact */

const PRIORITIES = { urgent: "Urgent", high: "High", medium: "Medium", low: "Low" };

/** @param {{ kind: string, label: string, class?: string, children?: unknown }} props */
const Set = ({ kind, label, class: extra = "set", children }) =>
  html`<button type="button" class=${extra} data-anchor=${kind} aria-haspopup="listbox" title=${label} onClick=${(/** @type {Event} */ event) => openPop(kind, event)}>${children}</button>`;

/** @param {{ title: string, children?: unknown }} props */
const Part = ({ title, children }) =>
  html`<details open><summary><span class="strong">${title}</span><${Icon} name="down" small class="low turn push" /></summary>${children}</details>`;

/** @param {{ c: Conversation }} props */
function Decisions({ c }) {
  const { assignee, team } = c.meta;
  const strong = c.priority === "urgent" || c.priority === "high";
  return html`<${Part} title="Conversation"><dl class="facts">
    <dt>Assignee</dt><dd class="one"><${Set} kind="assign" label="Assign (A)">${assignee ? html`<${Avatar} id=${assignee.id} name=${agentName(assignee)} thumbnail=${assignee.thumbnail} size="xs" /><span class="cut">${agentName(assignee)}</span>` : html`<span class="low">Nobody</span>`}<//></dd>
    <dt>Team</dt><dd><${Set} kind="team" label="Assign to a team (T)">${team ? team.name : html`<span class="low">None</span>`}<//></dd>
    <dt>Priority</dt><dd class=${strong ? "bad" : ""}><${Set} kind="priority" label="Priority (P)"><${Icon} name="flag" small class=${strong ? "" : "low"} />${c.priority ? PRIORITIES[c.priority] : "Normal"}<//></dd>
    ${c.waiting_since && c.status === "open" ? html`<dt>Waiting</dt><dd class="num">${duration(now.value - c.waiting_since)} <span class="low">since ${now.value - c.waiting_since > 86400 ? date(c.waiting_since, now.value) : clock(c.waiting_since)}</span></dd>` : null}
    <dt>Labels</dt><dd>${c.labels.map((title) => html`<${Set} key=${title} kind="label" label="Label (L)" class="tag chip"><i class="dot hue" style=${{ "--h": hueOf(labelByTitle.value.get(title)?.color) }}></i>${title}<//>`)}<${IconButton} icon="plus" label="Add a label" hint=" (L)" class="tiny" data-anchor="label" onClick=${(/** @type {Event} */ event) => openPop("label", event)} /></dd>
  </dl><//>`;
}

const language = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** @param {unknown} code */
function languageName(code) {
  try {
    return language.of(String(code).replace("_", "-"));
  } catch {
    return String(code);
  }
}

/** @param {string} key */
const title = (key) => {
  const words = key.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** @param {unknown} value */
const plain = (value) => (typeof value === "boolean" ? (value ? "Yes" : "No") : typeof value === "object" ? JSON.stringify(value) : String(value));

/** @param {{ contact: Contact }} props */
function Details({ contact }) {
  const more = contact.additional_attributes ?? {};
  const place = [more.city, more.country].filter(Boolean).join(", ");
  const own = Object.entries(contact.custom_attributes ?? {}).filter(([, value]) => value !== null && value !== "");
  const spoken = more.language ?? more.browser_language;
  return html`<${Part} title="Contact"><dl class="facts">
    ${contact.phone_number ? html`<dt>Phone</dt><dd><a class="link num cut" href=${`tel:${contact.phone_number}`}>${contact.phone_number}</a></dd>` : null}
    ${contact.email ? html`<dt>E-mail</dt><dd><a class="link cut" href=${`mailto:${contact.email}`}>${contact.email}</a></dd>` : null}
    ${spoken ? html`<dt>Language</dt><dd>${languageName(spoken)}</dd>` : null}
    ${place ? html`<dt>Place</dt><dd dir="auto">${place}</dd>` : null}
    ${more.company_name ? html`<dt>Company</dt><dd dir="auto">${String(more.company_name)}</dd>` : null}
    ${own.map(([key, value]) => html`<dt key=${key}>${title(key)}</dt><dd class="num" dir="auto">${plain(value)}</dd>`)}
    ${contact.created_at ? html`<dt>Since</dt><dd>${date(contact.created_at, now.value)}</dd>` : null}
  </dl><//>`;
}

/** @param {{ past: Conversation }} props */
function Past({ past }) {
  const kind = channel(inboxById.value.get(past.inbox_id)?.channel_type ?? past.meta?.channel);
  const words = past.additional_attributes?.mail_subject || past.last_non_activity_message?.content || past.messages?.[0]?.content || `#${past.id}`;
  const by = past.meta?.assignee ? `, ${agentName(past.meta.assignee)}` : "";
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go({ open: past.id });
  };
  return html`<li><a class="past" href=${addressOf(view.value, past.id)} onClick=${open}><${Icon} name=${kind.icon} /><span class="cut" dir="auto">${words}</span><time class="sm low num">${date(past.last_activity_at, now.value)}</time><span class="sm low cut">${STATUSES[past.status]}${by}</span></a></li>`;
}

/** @param {{ id: number, current: number }} props */
function Earlier({ id, current }) {
  const all = earlierOf(id).value;
  const others = all?.filter((one) => one.id !== current);
  if (!others) return html`<${Part} title="Earlier conversations"><i class="skel"></i><//>`;
  return html`<${Part} title="Earlier conversations">${others.length ? html`<ul>${others.slice(0, 10).map((past) => html`<${Past} key=${past.id} past=${past} />`)}</ul>` : html`<p class="sm low">This is the first.</p>`}<//>`;
}

/** @param {{ c: Conversation }} props */
export function Side({ c }) {
  const sender = c.meta.sender;
  const contact = { ...sender, ...contactOf(sender.id).value };
  const name = contactName(contact);
  const online = contactIsOnline(contact.id);
  const place = contact.additional_attributes?.city;
  const seen = contact.last_activity_at ? `Seen ${now.value - contact.last_activity_at < 86400 ? clock(contact.last_activity_at) : ago(contact.last_activity_at, now.value)}` : "Not seen yet";
  const state = `${online ? "Online" : seen}${place ? ` · ${place}` : ""}`;
  return html`<aside class="side" aria-label="Contact">
    <div class="bar phone"><${IconButton} icon="back" label="Back to the conversation" onClick=${() => (drawer.value = null)} /></div>
    <div class="card"><${Avatar} id=${contact.id} name=${name} thumbnail=${contact.thumbnail} size="xl" presence=${online ? "online" : ""} /><h2 class="cut" dir="auto" lang=${langOf(name)}>${name}</h2><p class="low cut">${state}</p></div>
    <div class="acts">${contact.email ? html`<a class="btn ghost icon" href=${`mailto:${contact.email}`} aria-label="Write an e-mail" title="Write an e-mail"><${Icon} name="mail" /></a>` : null}${contact.phone_number ? html`<a class="btn ghost icon" href=${`tel:${contact.phone_number}`} aria-label="Call" title="Call"><${Icon} name="phone" /></a>` : null}<${IconButton} icon="pencil" label="Edit the contact" onClick=${() => openDialog("contact")} /></div>
    <${Decisions} c=${c} />
    <${Details} contact=${contact} />
    <${Earlier} id=${contact.id} current=${c.id} />
  </aside>`;
}

/** The panel's shape while the conversation loads. */
export const SideBones = () =>
  html`<aside class="side" aria-hidden="true"><div class="card"><span class="av xl"></span><span class="bones"><i class="skel"></i><i class="skel"></i></span></div></aside>`;

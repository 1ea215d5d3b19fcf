/** The contact beside the thread: decisions, details, earlier conversations. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Details, Part } from "streamdesk/components/Facts.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { ServiceLevel } from "streamdesk/components/ServiceLevel.js";
import { ago, clock, date, duration } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import {
  agentName,
  channel,
  contactName,
  hueOf,
  langOf,
  teamName,
} from "streamdesk/names.js";
import { addressOf, follows, go, view } from "streamdesk/route.js";
import { now } from "streamdesk/store/clock.js";
import { contactOf, earlierOf } from "streamdesk/store/contacts.js";
import { contactIsOnline, inboxById, labelByTitle } from "streamdesk/store/directory.js";
import { drawer, openDialog, opens } from "streamdesk/store/panes.js";
import { STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("../types").Contact} Contact */

const DAY = 86400;
const SHOWN = 10;
const PRIORITIES = { urgent: "Urgent", high: "High", medium: "Medium", low: "Low" };

/**
 * A value that can be changed where it stands.
 * @param {{ kind: string, label: string, class?: string, children?: unknown }} props
 */
const Changeable = ({ kind, label, class: extra = "set", children }) => html`
  <button
    type="button"
    class=${extra}
    data-anchor=${kind}
    aria-haspopup="listbox"
    title=${label + hint(kind)}
    onClick=${opens(kind)}
  >
    ${children}
  </button>
`;

/** @param {{ c: Conversation }} props */
function Assignee({ c }) {
  const { assignee } = c.meta;
  if (!assignee) return html`<span class="low">Nobody</span>`;
  const name = agentName(assignee);
  return html`
    <${Avatar} id=${assignee.id} name=${name} thumbnail=${assignee.thumbnail} size="xs" />
    <span class="cut">${name}</span>
  `;
}

/** @param {{ c: Conversation }} props */
function Waiting({ c }) {
  if (!c.waiting_since || c.status !== "open") return null;
  const waited = now.value - c.waiting_since;
  const since = waited > DAY ? date(c.waiting_since, now.value) : clock(c.waiting_since);
  return html`
    <dt>Waiting</dt>
    <dd class="num">${duration(waited)} <span class="low">since ${since}</span></dd>
  `;
}

/** @param {{ title: string }} props */
const Label = ({ title }) => html`
  <${Changeable} kind="label" label="Label" class="tag chip">
    <i class="dot hue" style=${{ "--h": hueOf(labelByTitle.value.get(title)?.color) }}></i>${title}
  <//>
`;

/** The ticket another system keeps on it. @param {{ c: Conversation }} props */
function Ticket({ c }) {
  const { external_ticket_id: id, external_ticket_url: url } = c.additional_attributes ?? {};
  if (!id) return null;
  const shown = /^https?:/.test(url ?? "")
    ? html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${id}</a>`
    : id;
  return html`
    <dt>Ticket</dt>
    <dd class="num" dir="auto">${shown}</dd>
  `;
}

/** @param {{ c: Conversation }} props */
function Decisions({ c }) {
  const strong = c.priority === "urgent" || c.priority === "high";
  const { team } = c.meta;
  return html`<${Part} title="Conversation">
    <dl class="facts">
      <dt>Assignee</dt>
      <dd class="one">
        <${Changeable} kind="assign" label="Assign"><${Assignee} c=${c} /><//>
      </dd>
      <dt>Team</dt>
      <dd>
        <${Changeable} kind="team" label="Assign to a team">
          ${team ? teamName(team.name) : html`<span class="low">None</span>`}
        <//>
      </dd>
      <dt>Priority</dt>
      <dd class=${strong ? "bad" : ""}>
        <${Changeable} kind="priority" label="Priority">
          <${Icon} name="flag" small class=${strong ? "" : "low"} />
          ${c.priority ? PRIORITIES[c.priority] : "Normal"}
        <//>
      </dd>
      <${Waiting} c=${c} />
      <${Ticket} c=${c} />
      <${ServiceLevel} c=${c} />
      <dt>Labels</dt>
      <dd>
        ${c.labels.map((title) => html`<${Label} key=${title} title=${title} />`)}
        <${IconButton}
          icon="plus"
          label="Add a label"
          hint=${hint("label")}
          class="tiny"
          data-anchor="label"
          onClick=${opens("label")}
        />
      </dd>
    </dl>
  <//>`;
}

/** @param {Conversation} c */
function aboutOf(c) {
  const last = c.last_non_activity_message ?? c.messages?.[0];
  return c.additional_attributes?.mail_subject || last?.content || `#${c.id}`;
}

/** @param {{ past: Conversation }} props */
function Past({ past }) {
  const kind = channel(inboxById.value.get(past.inbox_id)?.channel_type ?? past.meta.channel);
  const by = past.meta.assignee ? `, ${agentName(past.meta.assignee)}` : "";
  const open = follows(() => go({ open: past.id }));
  return html`<li>
    <a class="past" href=${addressOf(view.value, past.id)} onClick=${open}>
      <${Icon} name=${kind.icon} />
      <span class="cut" dir="auto">${aboutOf(past)}</span>
      <time class="sm low num">${date(past.last_activity_at, now.value)}</time>
      <span class="sm low cut">
        ${past.merged_into ? `Merged into #${past.merged_into}` : STATUSES[past.status] + by}
      </span>
    </a>
  </li>`;
}

/** @param {{ id: number, current: number }} props */
function Earlier({ id, current }) {
  const others = earlierOf(id).value?.filter((one) => one.id !== current);
  const shown = others
    ?.slice(0, SHOWN)
    .map((past) => html`<${Past} key=${past.id} past=${past} />`);
  const none = html`<p class="sm low">This is the first.</p>`;
  return html`<${Part} title="Earlier conversations">
    ${!shown ? html`<i class="skel"></i>` : shown.length ? html`<ul>${shown}</ul>` : none}
  <//>`;
}

/** @param {Contact} contact */
function lastSeen({ last_activity_at: at }) {
  if (!at) return "Not seen yet";
  return `Seen ${now.value - at < DAY ? clock(at) : ago(at, now.value)}`;
}

/** @param {{ contact: Contact }} props */
function Ways({ contact }) {
  const { email, phone_number: phone } = contact;
  const way = (
    /** @type {string} */ href,
    /** @type {string} */ label,
    /** @type {string} */ icon,
  ) =>
    html`<a class="btn ghost icon" href=${href} aria-label=${label} title=${label}>
      <${Icon} name=${icon} />
    </a>`;
  return html`<div class="acts">
    ${email ? way(`mailto:${email}`, "Write an e-mail", "mail") : null}
    ${phone ? way(`tel:${phone}`, "Call", "phone") : null}
    <${IconButton}
      icon="pencil"
      label="Edit the contact"
      onClick=${() => openDialog("contact")}
    />
  </div>`;
}

/** @param {{ c: Conversation }} props */
export function Side({ c }) {
  const contact = { ...c.meta.sender, ...contactOf(c.meta.sender.id).value };
  const name = contactName(contact);
  const online = contactIsOnline(contact.id);
  const place = contact.additional_attributes?.city;
  const close = () => (drawer.value = null);
  return html`<aside class="side" aria-label="Contact">
    <div class="bar phone">
      <${IconButton} icon="back" label="Back to the conversation" onClick=${close} />
    </div>
    <div class="card">
      <${Avatar}
        id=${contact.id}
        name=${name}
        thumbnail=${contact.thumbnail}
        size="xl"
        presence=${online ? "online" : ""}
      />
      <h2 class="cut" dir="auto" lang=${langOf(name)}>${name}</h2>
      <p class="low cut">${online ? "Online" : lastSeen(contact)}${place ? ` · ${place}` : ""}</p>
    </div>
    <${Ways} contact=${contact} />
    <${Decisions} c=${c} />
    <${Details} contact=${contact} />
    <${Earlier} id=${contact.id} current=${c.id} />
  </aside>`;
}

/** The panel's shape while the conversation loads. */
export const SideBones = () => html`
  <aside class="side" aria-hidden="true">
    <div class="card">
      <span class="av xl"></span>
      <span class="bones"><i class="skel"></i><i class="skel"></i></span>
    </div>
  </aside>
`;

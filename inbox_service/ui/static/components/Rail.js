/** The folders: mine, unassigned, all, snoozed, then inboxes, teams and labels, each with its open count. */
import { boot } from "streamdesk/boot.js";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { count } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { caps, hint } from "streamdesk/keys.js";
import { channel, firstName, hueOf } from "streamdesk/names.js";
import { addressOf, view } from "streamdesk/route.js";
import { counts } from "streamdesk/store/counts.js";
import { agentPresence, inboxes, labels, me, teams } from "streamdesk/store/directory.js";
import { show } from "streamdesk/store/moving.js";
import { drawer, openDialog, openPop } from "streamdesk/store/panes.js";
import { ALL_OPEN, folderOf } from "streamdesk/view.js";

const MARK = html`<svg class="mark" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true"><path d="M2.5 5.5c2-1.75 3.5-1.75 5.5 0s3.5 1.75 5.5 0M2.5 10.5c2-1.75 3.5-1.75 5.5 0s3.5 1.75 5.5 0" /></svg>`;

/** @param {{ part: Partial<import("../types").View>, name: string, icon?: string, color?: string, n?: number | null, hot?: boolean, hint?: string }} props */
function Folder({ part, name, icon, color, n, hot, hint: tip }) {
  const target = { ...ALL_OPEN, ...part, sort: view.value.sort };
  const here = folderOf(view.value) === folderOf(target);
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    drawer.value = null;
    show(part);
  };
  return html`<li><a class=${`nav${hot && n ? " hot" : ""}`} href=${addressOf(target, null)} aria-current=${here ? "page" : null} title=${tip} onClick=${open}>
    ${icon ? html`<${Icon} name=${icon} />` : html`<i class="dot hue" style=${{ "--h": hueOf(color) }}></i>`}
    <span class="cut">${name}</span>${n ? html`<span class="count push">${count(n)}</span>` : null}</a></li>`;
}

/** @param {{ title: string, children?: unknown }} props */
const Section = ({ title, children }) =>
  html`<details open><summary class="head">${title}<${Icon} name="down" small class="turn" /></summary><ul>${children}</ul></details>`;

const PRESENCE = { online: "online", busy: "busy", offline: "offline" };

export function Rail() {
  const n = counts.value;
  const { value: self } = me;
  const shownLabels = labels.value.filter((label) => label.show_on_sidebar !== false);
  return html`<nav class="rail" aria-label="Conversations">
    <header>
      <button type="button" class="acct" aria-haspopup="menu" data-anchor="account" onClick=${(/** @type {Event} */ event) => openPop("account", event)}>${MARK}<span class="cut">${boot.account.name}</span>${boot.accounts.length > 1 ? html`<${Icon} name="down" small class="low" />` : null}</button>
    </header>
    <button type="button" class="find" onClick=${() => openDialog("palette")}><${Icon} name="search" /><span class="cut">Search or jump to</span><kbd class="push">${caps("mod+k").join(" ")}</kbd></button>
    <div tabindex="-1">
      <ul>
        <${Folder} part=${{ who: "me" }} name="Mine" icon="person" n=${n?.mine} hot hint=${`Mine${hint("go-mine")}`} />
        <${Folder} part=${{ who: "unassigned" }} name="Unassigned" icon="unassigned" n=${n?.unassigned} hot hint=${`Unassigned${hint("go-unassigned")}`} />
        <${Folder} part=${{}} name="All open" icon="inbox" n=${n?.all} hint=${`All open${hint("go-all")}`} />
        <${Folder} part=${{ status: "snoozed" }} name="Snoozed" icon="snooze" n=${n?.snoozed} hint=${`Snoozed${hint("go-snoozed")}`} />
      </ul>
      ${inboxes.value.length ? html`<${Section} title="Inboxes">${inboxes.value.map((one) => html`<${Folder} key=${one.id} part=${{ inbox: one.id }} name=${one.name} icon=${channel(one.channel_type).icon} n=${n?.inboxes[one.id]} />`)}<//>` : null}
      ${teams.value.length ? html`<${Section} title="Teams">${teams.value.map((one) => html`<${Folder} key=${one.id} part=${{ team: one.id }} name=${one.name} icon="team" n=${n?.teams[one.id]} />`)}<//>` : null}
      ${shownLabels.length ? html`<${Section} title="Labels">${shownLabels.map((one) => html`<${Folder} key=${one.id} part=${{ label: one.title }} name=${one.title} color=${one.color} n=${n?.labels[one.title]} />`)}<//>` : null}
    </div>
    <footer>
      <button type="button" class="acct" aria-haspopup="menu" data-anchor="profile" title="Profile and availability" onClick=${(/** @type {Event} */ event) => openPop("profile", event)}><${Avatar} id=${self.id} name=${self.name} thumbnail=${self.thumbnail} size="md" presence=${agentPresence(self.id)} /><span class="cut">${firstName(self.name)}</span><span class="sr">, ${PRESENCE[self.availability]}. Profile and availability</span></button>
      ${boot.dashboards_url ? html`<a class="btn ghost icon" href=${boot.dashboards_url} target="_blank" rel="noopener" aria-label="Reports" title="Reports"><${Icon} name="chart" /></a>` : null}
      <${IconButton} icon="help" label="Shortcuts and help" hint=${hint("keys")} onClick=${() => openDialog("keys")} />
    </footer>
  </nav>`;
}

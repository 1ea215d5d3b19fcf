/** The folders: mine, unassigned, all, snoozed, inboxes, teams and labels, with open counts. */
import { boot } from "streamdesk/boot.js";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Bell } from "streamdesk/components/Bell.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { count } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { caps, hint } from "streamdesk/keys.js";
import { channel, firstName, hueOf, teamName } from "streamdesk/names.js";
import { addressOf, follows, view } from "streamdesk/route.js";
import { counts } from "streamdesk/store/counts.js";
import { agentPresence, inboxes, labels, me, teams } from "streamdesk/store/directory.js";
import { show } from "streamdesk/store/moving.js";
import { drawer, openDialog, opens } from "streamdesk/store/panes.js";
import { ALL_OPEN, folderOf } from "streamdesk/view.js";

const WAVE = "c2-1.75 3.5-1.75 5.5 0s3.5 1.75 5.5 0";

const Mark = () => html`
  <svg
    class="mark"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d=${`M2.5 5.5${WAVE}M2.5 10.5${WAVE}`} />
  </svg>
`;

/**
 * @param {{
 *   part: Partial<import("../types").View>, name: string, icon?: string, color?: string,
 *   n?: number | null, hot?: boolean, command?: string
 * }} props
 */
function Folder({ part, name, icon, color, n, hot, command }) {
  const target = { ...ALL_OPEN, ...part, sort: view.value.sort };
  const here = folderOf(view.value) === folderOf(target);
  const open = follows(() => {
    drawer.value = null;
    show(part);
  });
  return html`<li>
    <a
      class=${`nav${hot && n ? " hot" : ""}`}
      href=${addressOf(target, null)}
      aria-current=${here ? "page" : null}
      title=${name + (command ? hint(command) : "")}
      onClick=${open}
    >
      ${
        icon
          ? html`<${Icon} name=${icon} />`
          : html`<i class="dot hue" style=${{ "--h": hueOf(color) }}></i>`
      }
      <span class="cut">${name}</span>
      ${n ? html`<span class="count push">${count(n)}</span>` : null}
    </a>
  </li>`;
}

/** @param {{ title: string, children?: unknown[] }} props */
function Section({ title, children }) {
  if (!children?.flat().length) return null;
  return html`<details open>
    <summary class="head">${title}<${Icon} name="down" small class="turn" /></summary>
    <ul>
      ${children}
    </ul>
  </details>`;
}

function Head() {
  return html`
    <header>
      <button
        type="button"
        class="acct"
        aria-haspopup="menu"
        data-anchor="account"
        onClick=${opens("account")}
      >
        <${Mark} />
        <span class="cut">${boot.account.name}</span>
        ${boot.accounts.length > 1 ? html`<${Icon} name="down" small class="low" />` : null}
      </button>
      <${Bell} />
    </header>
    <button type="button" class="find" onClick=${() => openDialog("palette")}>
      <${Icon} name="search" />
      <span class="cut">Search or jump to</span>
      <kbd class="push">${caps("mod+k").join(" ")}</kbd>
    </button>
  `;
}

function Foot() {
  const self = me.value;
  return html`<footer>
    <button
      type="button"
      class="acct"
      aria-haspopup="menu"
      data-anchor="profile"
      title="Profile and availability"
      onClick=${opens("profile")}
    >
      <${Avatar}
        id=${self.id}
        name=${self.name}
        thumbnail=${self.thumbnail}
        size="md"
        presence=${agentPresence(self.id)}
      />
      <span class="cut">${firstName(self.name)}</span>
      <span class="sr">, ${self.availability}. Profile and availability</span>
    </button>
    ${
      boot.dashboards_url
        ? html`<a
          class="btn ghost icon"
          href=${boot.dashboards_url}
          target="_blank"
          rel="noopener"
          aria-label="Reports"
          title="Reports"
          ><${Icon} name="chart"
        /></a>`
        : null
    }
    <a
      class="btn ghost icon"
      href=${`/app/accounts/${boot.account.id}/settings`}
      aria-label="Settings"
      title="Settings"
      ><${Icon} name="settings"
    /></a>
    <${IconButton}
      icon="help"
      label="Shortcuts and help"
      hint=${hint("keys")}
      onClick=${() => openDialog("keys")}
    />
  </footer>`;
}

export function Rail() {
  const n = counts.value;
  const shown = labels.value.filter((label) => label.show_on_sidebar !== false);
  return html`<nav class="rail" aria-label="Conversations">
    <${Head} />
    <div tabindex="-1">
      <ul>
        <${Folder}
          part=${{ who: "me" }}
          name="Mine"
          icon="person"
          n=${n?.mine}
          hot
          command="go-mine"
        />
        <${Folder}
          part=${{ who: "unassigned" }}
          name="Unassigned"
          icon="unassigned"
          n=${n?.unassigned}
          hot
          command="go-unassigned"
        />
        <${Folder} part=${{}} name="All open" icon="inbox" n=${n?.all} command="go-all" />
        <${Folder}
          part=${{ status: "snoozed" }}
          name="Snoozed"
          icon="snooze"
          n=${n?.snoozed}
          command="go-snoozed"
        />
      </ul>
      <${Section} title="Inboxes">
        ${inboxes.value.map(({ id, name, channel_type: type }) => {
          const props = { name, icon: channel(type).icon, n: n?.inboxes[id] };
          return html`<${Folder} key=${id} part=${{ inbox: id }} ...${props} />`;
        })}
      <//>
      <${Section} title="Teams">
        ${teams.value.map(({ id, name }) => {
          const props = { name: teamName(name), icon: "team", n: n?.teams[id] };
          return html`<${Folder} key=${id} part=${{ team: id }} ...${props} />`;
        })}
      <//>
      <${Section} title="Labels">
        ${shown.map(({ title, color }) => {
          const props = { name: title, color, n: n?.labels[title] };
          return html`<${Folder} key=${title} part=${{ label: title }} ...${props} />`;
        })}
      <//>
    </div>
    <${Foot} />
  </nav>`;
}

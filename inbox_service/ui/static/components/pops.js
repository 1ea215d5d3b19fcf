/** What each popover offers. */
import { useEffect } from "preact/hooks";
import { boot } from "streamdesk/boot.js";
import { COMMANDS, run } from "streamdesk/commands.js";
import { Avatar, NobodyAvatar } from "streamdesk/components/Avatar.js";
import { Notices } from "streamdesk/components/Bell.js";
import { Icon } from "streamdesk/components/Icon.js";
import { Menu } from "streamdesk/components/Menu.js";
import { Picker } from "streamdesk/components/Picker.js";
import { Snooze } from "streamdesk/components/Snooze.js";
import { Why } from "streamdesk/components/Why.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { agentName, hueOf, teamName } from "streamdesk/names.js";
import { go, view } from "streamdesk/route.js";
import {
  changeAssignee,
  changePriority,
  changeTeam,
  toggleLabel,
} from "streamdesk/store/changing.js";
import { current, decide } from "streamdesk/store/deciding.js";
import {
  agentPresence,
  agents,
  changeAvailability,
  labels,
  me,
  teams,
} from "streamdesk/store/directory.js";
import { assignable } from "streamdesk/store/assignable.js";
import { loadMacros, macros, runMacro } from "streamdesk/store/macros.js";
import { applyPolicy, policies } from "streamdesk/store/promises.js";
import { toast } from "streamdesk/store/toasts.js";
import { SORTS, STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").View} View */

const NEW_MACRO = `/app/accounts/${boot.account.id}/settings/macros/new`;

/** @param {string} binding */
const kbds = (binding) => caps(binding).map((cap) => html`<kbd>${cap}</kbd> `);

function Status() {
  const choices = Object.entries(STATUSES).map(([status, label]) => ({
    label,
    checked: view.value.status === status,
    run: () => go({ view: { status: /** @type {View["status"]} */ (status) } }),
  }));
  return html`<${Menu} label="Status" choices=${choices} />`;
}

function Sort() {
  const choices = Object.entries(SORTS).map(([sort, label]) => ({
    label,
    checked: view.value.sort === sort,
    run: () => go({ view: { sort } }),
  }));
  return html`<${Menu} label="Order" choices=${choices} />`;
}

function Assign() {
  const c = current();
  if (!c) return null;
  const able = assignable(c.inbox_id).value ?? agents.value;
  const self = me.value.id;
  const order = [...able].sort(
    (a, b) =>
      Number(b.id === self) - Number(a.id === self) || agentName(a).localeCompare(agentName(b)),
  );
  const options = order.map((agent) => {
    const presence = agentPresence(agent.id);
    const name = agentName(agent);
    return {
      key: agent.id,
      text: agent.id === self ? `${name} (you)` : name,
      mark: html`<${Avatar} ...${{ ...agent, name, presence }} size="md" />`,
      about: presence === "offline" ? "" : presence,
      chosen: c.meta.assignee?.id === agent.id,
      run: () => changeAssignee(c.id, agent),
    };
  });
  const nobody = {
    key: 0,
    text: "Nobody",
    mark: html`<${NobodyAvatar} size="md" />`,
    chosen: !c.meta.assignee,
    run: () => changeAssignee(c.id, null),
  };
  const all = [...options, nobody];
  return html`<${Picker} label="Assign to" placeholder="Assign to" options=${all} />`;
}

function Team() {
  const c = current();
  if (!c) return null;
  const options = teams.value.map((team) => ({
    key: team.id,
    text: teamName(team.name),
    chosen: c.meta.team?.id === team.id,
    run: () => changeTeam(c.id, team),
  }));
  const none = { key: 0, text: "No team", chosen: !c.meta.team, run: () => changeTeam(c.id, null) };
  const all = [...options, none];
  return html`<${Picker} label="Team" placeholder="Assign to a team" options=${all} />`;
}

function Labels() {
  const c = current();
  if (!c) return null;
  const options = labels.value.map(({ title, color }) => ({
    key: title,
    text: title,
    mark: html`<i class="dot hue" style=${{ "--h": hueOf(color) }}></i>`,
    chosen: c.labels.includes(title),
    run: () => toggleLabel(c.id, title),
  }));
  const about = "Add or remove a label";
  return html`<${Picker} label="Labels" placeholder=${about} options=${options} many />`;
}

const PRIORITIES = /** @type {const} */ ([
  ["urgent", "Urgent"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
  [null, "Normal"],
]);

function Priority() {
  const c = current();
  if (!c) return null;
  const choices = PRIORITIES.map(([value, label]) => ({
    label,
    icon: "flag",
    checked: c.priority === value,
    run: () => changePriority(c.id, value),
  }));
  return html`<${Menu} label="Priority" choices=${choices} />`;
}

/** @param {string[]} ids @returns {import("./Menu.js").Choice[]} */
const fromCommands = (ids) =>
  ids.flatMap((id) => {
    const one = COMMANDS.find((command) => command.id === id);
    if (!one || !(one.when?.() ?? true)) return [];
    return [
      {
        label: one.label,
        icon: one.icon,
        hint: one.keys?.[0] ? kbds(one.keys[0]) : null,
        run: () => run(id),
      },
    ];
  });

function Macros() {
  const c = current();
  useEffect(() => void loadMacros(), []);
  if (!c) return null;
  if (!macros.value?.length) {
    const first = { label: "No macros yet: make one", icon: "plus", href: NEW_MACRO };
    return macros.value
      ? html`<${Menu} label="Run a macro" choices=${[first]} />`
      : html`<p class="nothing" role="status">Loading</p>`;
  }
  const options = macros.value.map((macro) => ({
    key: macro.id,
    text: macro.name,
    mark: html`<${Icon} name="bolt" />`,
    about: plural(macro.actions.length, "action"),
    chosen: false,
    run: () => runMacro(c.id, macro),
  }));
  return html`<${Picker} label="Run a macro" placeholder="Run a macro" options=${options} />`;
}

function Policies() {
  const c = current();
  if (!c || !policies.value) return null;
  const options = policies.value.map((policy) => ({
    key: policy.id,
    text: policy.name,
    mark: html`<${Icon} name="clock" />`,
    chosen: false,
    run: () => applyPolicy(c.id, policy),
  }));
  return html`
    <${Picker} label="SLA policy" placeholder="Add an SLA policy" options=${options} />
    <p class="nothing sm">What is promised stands: it is not taken back.</p>
  `;
}

const MORE = [
  ...["assign", "assign-me", "team", "label", "priority", "sla", "snooze", "macro", "merge", "unread"],
];

function More() {
  return html`<${Menu} label="More actions" choices=${fromCommands(MORE)} />`;
}

/** @type {{ status: import("../types").Status, label: string, icon: string, key?: string }[]} */
const STATES = [
  { status: "resolved", label: "Resolve", icon: "check", key: "e" },
  { status: "pending", label: "Set to pending", icon: "clock" },
  { status: "snoozed", label: "Snooze until they write", icon: "snooze" },
  { status: "open", label: "Reopen", icon: "undo", key: "e" },
];

function States() {
  const c = current();
  if (!c) return null;
  const choices = STATES.filter(({ status }) => status !== c.status).map(
    ({ status, label, icon, key }) => ({
      label,
      icon,
      hint: key && kbds(key),
      run: () => decide(status),
    }),
  );
  return html`<${Menu} label="State" choices=${choices} />`;
}

/** @param {string} what */
const write = (what) => () => dispatchEvent(new CustomEvent("streamdesk:write", { detail: what }));

function Sending() {
  const choices = [
    {
      label: "Send and resolve",
      icon: "check",
      hint: kbds("mod+shift+enter"),
      run: write("send-resolve"),
    },
    { label: "Send and snooze until they write", icon: "snooze", run: write("send-snooze") },
  ];
  return html`<${Menu} label="Other ways to send" choices=${choices} />`;
}

function Accounts() {
  const choices = boot.accounts.map(({ id, name }) => ({
    label: name,
    checked: id === boot.account.id,
    href: `/app/accounts/${id}/inbox`,
  }));
  return html`<${Menu} label="Accounts" choices=${choices} />`;
}

function signOut() {
  const form = Object.assign(document.createElement("form"), {
    method: "post",
    action: "/sign_out",
  });
  document.body.append(form);
  form.submit();
}

const AVAILABILITIES = /** @type {const} */ ([
  ["online", "Online"],
  ["busy", "Busy"],
  ["offline", "Offline"],
]);

function Profile() {
  const choices = AVAILABILITIES.map(([value, label]) => ({
    label,
    checked: me.value.availability === value,
    run: () =>
      changeAvailability(value).catch((error) =>
        toast(`Not changed: ${error.message}`, { bad: true }),
      ),
  }));
  const leave = { label: "Sign out", icon: "back", apart: true, run: signOut };
  return html`<${Menu} label="Profile and availability" choices=${[...choices, leave]} />`;
}

/** @type {Record<string, import("preact").FunctionComponent>} */
export const POPS = {
  status: Status,
  sort: Sort,
  assign: Assign,
  team: Team,
  label: Labels,
  priority: Priority,
  macro: Macros,
  sla: Policies,
  snooze: Snooze,
  more: More,
  states: States,
  sending: Sending,
  account: Accounts,
  profile: Profile,
  bell: Notices,
  why: Why,
};

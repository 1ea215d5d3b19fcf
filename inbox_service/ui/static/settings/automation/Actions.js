/** What a rule or a macro does, in order. */
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { ACTIONS } from "streamdesk/automation/words.js";
import { html } from "streamdesk/html.js";
import { Chosen, Select, Words } from "streamdesk/settings/automation/Values.js";
import { newAction } from "streamdesk/settings/automation/draft.js";
import { known } from "streamdesk/settings/automation/known.js";
import { Field, Wrong } from "streamdesk/settings/parts.js";

/** @typedef {import("../../types").RuleAction} RuleAction */

const OPTIONS = Object.entries(ACTIONS).map(([value, { label }]) => ({ value, label }));
const OF_MACROS = OPTIONS.filter(({ value }) => !ACTIONS[value]?.rulesOnly);
const SELF = { value: "self", label: "Whoever runs it" };
const NOBODY = { value: "nil", label: "Nobody" };
const LAST = { value: "last_responding_agent", label: "Whoever replied last" };

/** @type {Record<string, { value: string, label: string }[]>} */
const BESIDE = { agent: [LAST, NOBODY], team: [{ value: "nil", label: "No team" }], priority: [{ value: "nil", label: "None" }], status: [], sla: [] };

/** What can be chosen. @param {string} needs @param {boolean} macro */
const choices = (needs, macro) => [
  ...(macro && needs === "agent" ? [SELF] : []),
  ...(known.value[needs] ?? []),
  ...(BESIDE[needs] ?? []),
];

/** What an action needs when it is chosen. @param {string} needs @param {boolean} macro @returns {any[]} */
function firstParams(needs, macro) {
  if (needs === "ticket") {
    return [{ api_endpoint: "", api_token: "", priority: "", assignee_email: "" }];
  }
  const [first] = choices(needs, macro);
  return needs in BESIDE && first ? [first.value] : [];
}

/** @typedef {{ params: any[], change: (params: any[]) => void, wrong: (place?: string) => string | undefined, id: string }} Given */

/** @param {Given & { label: string }} props */
const Text = ({ params, change, wrong, id, label }) => html`<textarea
  class="in"
  rows="2"
  dir="auto"
  aria-label=${label}
  aria-invalid=${wrong() ? "true" : null}
  aria-describedby=${wrong() ? id : null}
  value=${params[0] ?? ""}
  onInput=${(/** @type {InputEvent} */ event) =>
    change([/** @type {HTMLTextAreaElement} */ (event.currentTarget).value])}
></textarea>`;

/** @param {Given} props */
const Address = ({ params, change, wrong, id }) => html`<input
  class="in"
  type="url"
  aria-label="URL"
  placeholder="https://"
  aria-invalid=${wrong() ? "true" : null}
  aria-describedby=${wrong() ? id : null}
  value=${params[0] ?? ""}
  onInput=${(/** @type {InputEvent} */ event) =>
    change([/** @type {HTMLInputElement} */ (event.currentTarget).value.trim()])}
/>`;

const TICKET = /** @type {const} */ ([
  ["api_endpoint", "Where tickets are made", "url"],
  ["api_token", "Token", "password"],
  ["priority", "Priority", "text"],
  ["assignee_email", "Assignee’s e-mail", "email"],
]);

/** @param {Given} props */
function Ticket({ params, change, wrong, id }) {
  const ticket = params[0] ?? {};
  return TICKET.map(
    ([key, label, type]) => html`<${Field}
      key=${key}
      id=${`${id}-${key}`}
      label=${label}
      type=${type}
      autocomplete="off"
      value=${ticket[key] ?? ""}
      wrong=${wrong(`[0].${key}`)}
      hint=${key === "api_token" ? "Kept sealed and never shown again." : undefined}
      onInput=${(/** @type {string} */ value) => change([{ ...ticket, [key]: value }])}
    />`,
  );
}

/** @param {Given & { needs: string, macro: boolean }} props */
function Params({ needs, macro, ...given }) {
  const { params, change, wrong } = given;
  switch (needs) {
    case "text":
      return html`<${Text} ...${given} label="Text" />`;
    case "address":
      return html`<${Address} ...${given} />`;
    case "ticket":
      return html`<${Ticket} ...${given} />`;
    case "labels":
      return html`<${Chosen} label="Labels" kind="label" values=${params} change=${change} wrong=${wrong()} />`;
    case "numbers":
      return html`<${Words}
        label="Numbers"
        hint="+47 22 55 01 00"
        values=${params}
        change=${change}
        wrong=${wrong()}
      />`;
    case "mails":
      return html`<${Words}
        label="Mail addresses"
        hint="boss@company.example"
        values=${params}
        change=${change}
        wrong=${wrong()}
      />`;
    default:
      return html`<${Select}
        label=${needs}
        value=${params[0]}
        options=${choices(needs, macro)}
        change=${(/** @type {string | number} */ value) => change([value])}
        wrong=${wrong()}
      />`;
  }
}

/**
 * @param {{
 *   action: RuleAction, n: number, many: boolean, macro: boolean,
 *   wrongAt: (place: string) => string | undefined,
 *   change: (action: RuleAction) => void, remove: () => void, up: (() => void) | null
 * }} props
 */
function Line({ action, n, many, macro, wrongAt, change, remove, up }) {
  const { action_name: name, action_params: params } = action;
  const needs = ACTIONS[name]?.needs ?? "text";
  const id = `wrong-a${n}`;
  const at = `actions[${n}]`;
  const wrong = (place = "") => wrongAt(`${at}.action_params${place}`);
  const whole = needs === "ticket" ? wrong() ?? wrongAt(at) : wrong() ?? wrongAt(`${at}.action_name`);
  const choose = (/** @type {string} */ next) =>
    change({ action_name: next, action_params: firstParams(ACTIONS[next]?.needs ?? "", macro) });
  return html`<div class="line">
    <${Select} class="lead" label=${`Action ${n + 1}`} value=${name} options=${macro ? OF_MACROS : OPTIONS} change=${choose} />
    ${
      needs === "nothing"
        ? html`<span class="none"></span>`
        : html`<div class="col">
          <${Params}
            key=${name}
            needs=${needs}
            macro=${macro}
            params=${params}
            id=${id}
            wrong=${wrong}
            change=${(/** @type {any[]} */ next) => change({ ...action, action_params: next })}
          />
          ${needs === "ticket" ? null : html`<${Wrong} id=${id} text=${whole} />`}
        </div>`
    }
    ${up ? html`<${IconButton} icon="arrow-up" label=${`Do action ${n + 1} earlier`} onClick=${up} />` : null}
    ${many ? html`<${IconButton} icon="x" label=${`Remove action ${n + 1}`} onClick=${remove} />` : null}
  </div>`;
}

/**
 * Of a rule, or of a macro: it leaves out what needs an administrator's rule.
 * @param {{
 *   actions: RuleAction[], change: (actions: RuleAction[]) => void,
 *   wrongAt: (place: string) => string | undefined, macro?: boolean
 * }} props
 */
export function Actions({ actions, change, wrongAt, macro = false }) {
  const put = (/** @type {number} */ at, /** @type {RuleAction} */ next) =>
    change(actions.map((one, n) => (n === at ? next : one)));
  /** @param {number} at */
  const earlier = (at) => {
    const moved = [...actions];
    const [one] = moved.splice(at, 1);
    if (one) moved.splice(at - 1, 0, one);
    change(moved);
  };
  return html`
    ${actions.map(
      (action, n) => html`<${Line}
        key=${n}
        n=${n}
        action=${action}
        many=${actions.length > 1}
        macro=${macro}
        wrongAt=${wrongAt}
        change=${(/** @type {RuleAction} */ next) => put(n, next)}
        remove=${() => change(actions.filter((_, at) => at !== n))}
        up=${n ? () => earlier(n) : null}
      />`,
    )}
    <div class="adds">
      <button type="button" class="btn ghost" onClick=${() => change([...actions, newAction()])}>
        <${Icon} name="plus" />Action
      </button>
    </div>
  `;
}

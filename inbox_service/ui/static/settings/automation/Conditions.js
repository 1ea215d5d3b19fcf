/** The "If" of a rule: groups of conditions, any of which must hold. */
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { FIELDS, fieldLabel, NO_VALUES, TESTS } from "streamdesk/automation/words.js";
import { html } from "streamdesk/html.js";
import { Chosen, Select, Words } from "streamdesk/settings/automation/Values.js";
import { aboutField, newCondition, placeOf } from "streamdesk/settings/automation/draft.js";
import { Wrong } from "streamdesk/settings/parts.js";

/** @typedef {import("../../types").RuleCondition} RuleCondition */
/** @typedef {import("./draft.js").Draft} Draft */

const OPTIONS = Object.entries(FIELDS).map(([value, { label }]) => ({ value, label }));

/** @param {RuleCondition} condition */
const options = ({ attribute_key: key }) =>
  key in FIELDS ? OPTIONS : [...OPTIONS, { value: key, label: key }];

/**
 * @param {{
 *   condition: RuleCondition, joint: string, wrong: string | undefined, id: string,
 *   change: (condition: RuleCondition) => void, remove: () => void
 * }} props
 */
function Line({ condition, joint, wrong, id, change, remove }) {
  const { attribute_key: key, filter_operator: operator, values } = condition;
  const field = FIELDS[key] ?? { label: key, operators: Object.keys(TESTS), values: "words" };
  const label = fieldLabel(key);
  const away = `Remove the condition on ${label.toLowerCase()}`;
  const set = (/** @type {RuleCondition["values"]} */ next) => change({ ...condition, values: next });
  const given = { label, values, change: set, wrong };
  return html`<div class="line">
    <span class="word" aria-hidden=${joint ? null : "true"}>${joint}</span>
    <${Select}
      label="Field"
      value=${key}
      options=${options(condition)}
      change=${(/** @type {string} */ next) => change(aboutField(condition, next))}
    />
    <${Select}
      label="Test"
      value=${operator}
      options=${field.operators.map((value) => ({ value, label: TESTS[value] ?? value }))}
      change=${(/** @type {string} */ next) => change({ ...condition, filter_operator: next })}
    />
    ${
      NO_VALUES.has(operator)
        ? html`<span class="none"></span>`
        : html`<div class="col">
          ${
            field.values === "words"
              ? html`<${Words} ...${given} />`
              : html`<${Chosen} ...${given} kind=${field.values} />`
          }
          <${Wrong} id=${id} text=${wrong} />
        </div>`
    }
    <${IconButton} icon="x" label=${away} onClick=${remove} />
  </div>`;
}

/**
 * @param {{
 *   draft: Draft, change: (groups: RuleCondition[][]) => void,
 *   wrongAt: (place: string) => string | undefined
 * }} props
 */
export function Conditions({ draft, change, wrongAt }) {
  const { groups } = draft;
  /** @param {number} at @param {RuleCondition[]} group */
  const put = (at, group) =>
    change(groups.map((one, n) => (n === at ? group : one)).filter((one) => one.length));
  return html`
    ${groups.map(
      (group, g) => html`
        ${g ? html`<p class="sub or-group" key=${`or${g}`}>or</p>` : null}
        <div class="group" key=${g} role="group" aria-label=${`Conditions ${g + 1}`}>
          ${group.map((condition, at) => {
            const place = `conditions[${placeOf(draft, g, at)}]`;
            return html`<${Line}
              key=${at}
              id=${`wrong-c${g}-${at}`}
              condition=${condition}
              joint=${at ? "and" : ""}
              wrong=${wrongAt(place)}
              change=${(/** @type {RuleCondition} */ next) =>
                put(g, group.map((one, n) => (n === at ? next : one)))}
              remove=${() => put(g, group.filter((_, n) => n !== at))}
            />`;
          })}
          <div class="adds">
            <button
              type="button"
              class="btn ghost"
              onClick=${() => put(g, [...group, newCondition()])}
            >
              <${Icon} name="plus" />Condition
            </button>
          </div>
        </div>
      `,
    )}
    ${
      groups.length
        ? null
        : html`<p class="sub">Always: every time it happens, the rule acts.</p>`
    }
    <div class="adds">
      <button
        type="button"
        class="btn ghost"
        onClick=${() => change([...groups, [newCondition()]])}
      >
        <${Icon} name="plus" />${groups.length ? "Or" : "Condition"}
      </button>
    </div>
  `;
}

/** All rules of the account, each with its switch. */
import { ApiError } from "streamdesk/api.js";
import { Icon } from "streamdesk/components/Icon.js";
import { ago } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { listRules, updateRule } from "streamdesk/settings/automation/calls.js";
import { summary } from "streamdesk/settings/automation/summary.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("../../types").Rule} Rule */

/** @param {Rule} rule */
function fired({ runs_count: count, last_run_at: at }) {
  if (!count || !at) return "Not fired yet";
  const times = count === 1 ? "once" : `${count} times`;
  const last = ago(at, Date.now() / 1000);
  return `Fired ${times}, last ${last}${/^\d+(m|h|d)/.test(last) ? " ago" : ""}`;
}

/** @param {{ rule: Rule, change: (rule: Rule) => void }} props */
function Row({ rule, change }) {
  const flip = async () => {
    const active = !rule.active;
    change({ ...rule, active });
    try {
      change(await updateRule(rule.id, { active }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      change(rule);
      toast(`Not changed: ${error.message}`, { bad: true });
    }
  };
  const path = `automation/${rule.id}`;
  return html`<li class="thing">
    <input
      type="checkbox"
      class="sw"
      role="switch"
      aria-label=${`“${rule.name}” is on`}
      checked=${rule.active}
      onChange=${flip}
    />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${rule.name}</span>
      <span class="sm sub cut">${summary(rule)}</span>
    </a>
    ${
      rule.last_error
        ? html`<span class="pill warn" title=${rule.last_error}
          ><${Icon} name="alert" />${rule.stopped_count ? "Stopped" : "Failed"}</span
        >`
        : html`<span></span>`
    }
    <span class="sm low num desk">${fired(rule)}</span>
  </li>`;
}

const Add = ({ primary = false }) => html`<button
  type="button"
  class=${`btn ${primary ? "primary" : ""}`}
  onClick=${() => go("automation/new")}
>
  <${Icon} name="plus" />New rule
</button>`;

export function RuleList() {
  const { value, error, again, put } = useLoaded(listRules);
  const change = (/** @type {Rule} */ next) =>
    put((value ?? []).map((one) => (one.id === next.id ? next : one)));
  return html`
    <${Top} title="Automation">
      <span class="push"></span>
      ${value?.length ? html`<${Add} primary />` : null}
    <//>
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The rules" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank}
            title="No rules yet"
            text="A rule does by itself what you do every time: when something happens, and if it applies, then."
          >
            <${Add} primary />
          <//>`
          : null
      }
      ${
        value?.length
          ? html`<p class="sub">Asked in this order; each sees what the ones before it did.</p>
            <ul class="things" aria-label="Rules">
              ${value.map((rule) => html`<${Row} key=${rule.id} rule=${rule} change=${change} />`)}
            </ul>`
          : null
      }
    </div>
  `;
}

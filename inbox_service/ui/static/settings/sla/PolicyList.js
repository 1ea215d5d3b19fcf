/** All policies of the account: what each promises, and which rules add it. */
import { Icon } from "streamdesk/components/Icon.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";
import { listPolicies } from "streamdesk/settings/sla/calls.js";
import { summary } from "streamdesk/settings/sla/promises.js";

const ABOUT =
  "A policy promises customers how soon they hear from you and when their matter is settled. A conversation that has one " +
  "shows what is due and when; who should know is told of a miss, and the reports count what was kept.";

const Add = () => html`<button type="button" class="btn primary" onClick=${() => go("sla/new")}>
  <${Icon} name="plus" />New policy
</button>`;

/** @param {{ one: { policy: import("./calls.js").Policy, rules: import("./calls.js").Rule[] } }} props */
function Row({ one: { policy, rules } }) {
  const path = `sla/${policy.id}`;
  const active = rules.filter((rule) => rule.active).length;
  return html`<li class="thing">
    <${Icon} name="clock" class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${policy.name}</span>
      <span class="sm sub">${summary(policy)}</span>
    </a>
    <span></span>
    ${
      active
        ? html`<span class="pill good"><${Icon} name="play" />${plural(active, "rule")}</span>`
        : html`<span class="pill">By hand only</span>`
    }
  </li>`;
}

export function PolicyList() {
  const { value, error, again } = useLoaded(listPolicies);
  return html`
    <${Top} title="Service levels">
      <span class="push"></span>
      ${value?.length ? html`<${Add} />` : null}
    <//>
    <div class="form wide" aria-busy=${!value && !error}>
      ${error ? html`<${Unloaded} what="The policies" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank} title="No policies yet" text=${ABOUT}><${Add} /><//>`
          : null
      }
      ${
        value?.length
          ? html`<p class="sub">
                A conversation gets a policy once, by a rule or by hand in its side panel, and keeps it.
              </p>
              <ul class="things" aria-label="Policies">
                ${value.map((one) => html`<${Row} key=${one.policy.id} one=${one} />`)}
              </ul>`
          : null
      }
    </div>
  `;
}

/** All macros one can run: one's own, and those for everybody. */
import { actionLabel } from "streamdesk/automation/words.js";
import { boot } from "streamdesk/boot.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { agentName } from "streamdesk/names.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { listMacros } from "streamdesk/settings/macros/calls.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

/** @typedef {import("./calls.js").Macro} Macro */

const ABOUT =
  "Several actions under one name: a reply, a label and a team, say. Whoever runs it on a conversation does all of them at once, " +
  "in their own name.";

const Add = () => html`<button type="button" class="btn primary" onClick=${() => go("macros/new")}>
  <${Icon} name="plus" />New macro
</button>`;

/** "Add labels, then assign to a team" @param {Macro} macro */
const does = ({ actions }) =>
  actions
    .map(({ action_name: name }, n) => {
      const label = actionLabel(name);
      return n ? label.charAt(0).toLowerCase() + label.slice(1) : label;
    })
    .join(", then ");

/** @param {{ one: Macro }} props */
function Row({ one }) {
  const path = `macros/${one.id}`;
  const by = one.created_by.id === boot.user.id ? "you" : agentName(one.created_by);
  return html`<li class="thing">
    <${Icon} name="bolt" class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${one.name}</span>
      <span class="sm sub cut">${does(one)}</span>
    </a>
    <span></span>
    <span class="sm low desk" dir="auto">${one.visibility === "global" ? `Made by ${by}` : ""}</span>
  </li>`;
}

/** @param {{ title: string, of: Macro[] }} props */
const Some = ({ title, of }) =>
  of.length
    ? html`<h2 class="things-head">${title}</h2>
        <ul class="things" aria-label=${title}>
          ${of.map((one) => html`<${Row} key=${one.id} one=${one} />`)}
        </ul>`
    : null;

export function MacroList() {
  const { value, error, again } = useLoaded(listMacros);
  return html`
    <${Top} title="Macros">
      <span class="push"></span>
      ${value?.length ? html`<${Add} />` : null}
    <//>
    <div class="form wide" aria-busy=${!value && !error}>
      ${error ? html`<${Unloaded} what="The macros" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank} title="No macros yet" text=${ABOUT}><${Add} /><//>`
          : null
      }
      ${
        value?.length
          ? html`<p class="sub">
                Run on the open conversation with <kbd>D</kbd>, from its menu or the palette.
              </p>
              <${Some} title="Yours" of=${value.filter((one) => one.visibility === "personal")} />
              <${Some} title="Everybody’s" of=${value.filter((one) => one.visibility === "global")} />`
          : null
      }
    </div>
  `;
}

/** The automation section: the list of rules, or one of them. */
import { html } from "streamdesk/html.js";
import { RuleEditor } from "streamdesk/settings/automation/RuleEditor.js";
import { RuleList } from "streamdesk/settings/automation/RuleList.js";
import { getRule } from "streamdesk/settings/automation/calls.js";
import { loadKnown } from "streamdesk/settings/automation/known.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Top, Unloaded } from "streamdesk/settings/parts.js";

const LIST = /** @type {[string, string]} */ (["automation", "Automation"]);

/** @param {{ id: number }} props */
function OneRule({ id }) {
  const { value, error, again, put } = useLoaded(() => getRule(id), id);
  if (value) return html`<${RuleEditor} key=${value.id} rule=${value} put=${put} />`;
  return html`
    <${Top} title="Rule" under=${LIST} />
    <div class="form wide" aria-busy=${!error}>
      ${error ? html`<${Unloaded} what="The rule" error=${error} again=${again} />` : null}
    </div>
  `;
}

/** @param {{ rest: string[] }} props */
export function Automation({ rest }) {
  const known = useLoaded(loadKnown);
  const [what] = rest;
  if (known.error) {
    return html`<${Top} title="Automation" />
      <div class="form wide">
        <${Unloaded} what="The account" error=${known.error} again=${known.again} />
      </div>`;
  }
  if (what === "new") return html`<${RuleEditor} key="new" rule=${null} put=${() => undefined} />`;
  if (what) return html`<${OneRule} key=${what} id=${Number(what)} />`;
  return html`<${RuleList} key="list" />`;
}

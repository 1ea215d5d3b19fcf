/** The macros section: the lists, or one of them. */
import { html } from "streamdesk/html.js";
import { loadKnown } from "streamdesk/settings/automation/known.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { MacroEditor } from "streamdesk/settings/macros/MacroEditor.js";
import { MacroList } from "streamdesk/settings/macros/MacroList.js";
import { Top, Unloaded } from "streamdesk/settings/parts.js";

/** @param {{ rest: string[] }} props */
export function Macros({ rest }) {
  const known = useLoaded(loadKnown);
  const [what] = rest;
  if (known.error) {
    return html`<${Top} title="Macros" />
      <div class="form wide">
        <${Unloaded} what="The account" error=${known.error} again=${known.again} />
      </div>`;
  }
  if (!what) return html`<${MacroList} key="list" />`;
  return html`<${MacroEditor} key=${what} id=${what === "new" ? null : Number(what)} />`;
}

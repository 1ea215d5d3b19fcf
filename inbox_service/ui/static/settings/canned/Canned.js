/** The canned replies section: the list, or one of them. */
import { html } from "streamdesk/html.js";
import { CannedEditor } from "streamdesk/settings/canned/CannedEditor.js";
import { CannedList } from "streamdesk/settings/canned/CannedList.js";

/** @param {{ rest: string[] }} props */
export function Canned({ rest }) {
  const [what] = rest;
  if (!what) return html`<${CannedList} key="list" />`;
  return html`<${CannedEditor} key=${what} id=${what === "new" ? null : Number(what)} />`;
}

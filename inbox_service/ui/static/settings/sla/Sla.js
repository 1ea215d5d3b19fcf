/** The service levels section: the list of policies, or one of them. */
import { html } from "streamdesk/html.js";
import { PolicyEditor } from "streamdesk/settings/sla/PolicyEditor.js";
import { PolicyList } from "streamdesk/settings/sla/PolicyList.js";

/** @param {{ rest: string[] }} props */
export function Sla({ rest }) {
  const [what] = rest;
  if (!what) return html`<${PolicyList} key="list" />`;
  return html`<${PolicyEditor} key=${what} id=${what === "new" ? null : Number(what)} />`;
}

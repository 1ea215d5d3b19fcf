/** The apps section: what can be put to use, or one that is. */
import { html } from "streamdesk/html.js";
import { AppEditor } from "streamdesk/settings/apps/AppEditor.js";
import { AppList } from "streamdesk/settings/apps/AppList.js";

/** @param {{ rest: string[] }} props */
export function Apps({ rest }) {
  const [app, hook] = rest;
  if (!app || !hook) return html`<${AppList} key="list" />`;
  const id = hook === "new" ? null : Number(hook);
  return html`<${AppEditor} key=${rest.join("/")} appId=${app} hookId=${id} />`;
}

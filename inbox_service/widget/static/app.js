/** The chat: begins when it is wanted. */
import { render } from "preact";
import { html } from "streamdesk/html.js";
import { Panel } from "streamdesk/widget/Panel.js";
import * as session from "streamdesk/widget/session.js";

/** @param {{ boot: any, tell: (event: string, data?: any) => void, hello: any }} given */
export function start(given) {
  session.startSession(given);
  const root = /** @type {HTMLElement} */ (document.getElementById("root"));
  render(html`<${Panel} boot=${given.boot} alone=${!!given.hello.alone} />`, root);
}

/** What the page around us wants. */
export const hear = session.hear;

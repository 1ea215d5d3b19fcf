/** The settings page starts here. */
import { render } from "preact";
import { html } from "streamdesk/html.js";
import { Shell } from "streamdesk/settings/Shell.js";

const root = /** @type {HTMLElement} */ (document.getElementById("root"));
root.replaceChildren();
render(html`<${Shell} />`, root);

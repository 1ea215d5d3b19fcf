/** What just happened in the settings. */
import { html } from "streamdesk/html.js";
import { keep, takeBack, toasts } from "streamdesk/store/toasts.js";

/** @param {{ one: import("../store/toasts.js").Toast }} props */
const Toast = ({ one }) => html`<div
  class="toast"
  onMouseEnter=${() => keep(one.key, true)}
  onMouseLeave=${() => keep(one.key, false)}
>
  <span>${one.text}</span>
  ${one.undo ? html`<button type="button" onClick=${() => takeBack(one)}>Undo</button>` : null}
</div>`;

export const Told = () => html`<div
  class="toasts"
  role="status"
  aria-label="What just happened"
>
  ${toasts.value.map((one) => html`<${Toast} key=${one.key} one=${one} />`)}
</div>`;

/** What just happened, with its undo. */
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { keep, takeBack, toasts } from "streamdesk/store/toasts.js";

/** @param {{ one: import("../store/toasts.js").Toast, newest: boolean }} props */
function Toast({ one, newest }) {
  const hold = () => keep(one.key, true);
  const free = () => keep(one.key, false);
  return html`<div
    class="toast"
    onMouseEnter=${hold}
    onMouseLeave=${free}
    onFocusIn=${hold}
    onFocusOut=${free}
  >
    <span class=${one.undo ? "cut" : ""}>${one.text}</span>
    ${
      one.undo
        ? html`<button type="button" onClick=${() => takeBack(one)}>
          Undo${" "}${newest ? html`<kbd>${caps("mod+z").join(" ")}</kbd>` : null}
        </button>`
        : null
    }
  </div>`;
}

export function Toasts() {
  const all = toasts.value;
  const last = all[all.length - 1];
  return html`<div class="toasts" role="status" aria-label="What just happened">
    ${all.map((one) => html`<${Toast} key=${one.key} one=${one} newest=${one === last} />`)}
  </div>`;
}

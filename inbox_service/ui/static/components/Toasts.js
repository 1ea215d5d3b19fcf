/** What just happened, with its undo. */
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { keep, takeBack, toasts } from "streamdesk/store/toasts.js";

export function Toasts() {
  return html`<div class="toasts" role="status" aria-label="What just happened">${toasts.value.map((one, index) => {
    const { key, text, undo } = one;
    const newest = index === toasts.value.length - 1;
    const hold = () => keep(key, true);
    const free = () => keep(key, false);
    return html`<div key=${key} class="toast" onMouseEnter=${hold} onMouseLeave=${free} onFocusIn=${hold} onFocusOut=${free}>
      <span class=${undo ? "cut" : ""}>${text}</span>${undo ? html`<button type="button" onClick=${() => takeBack(one)}>Undo ${newest ? html`<kbd>${caps("mod+z").join(" ")}</kbd>` : null}</button>` : null}
    </div>`;
  })}</div>`;
}

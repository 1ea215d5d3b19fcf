/** Reply or note: which of the two is being written. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";

/** @typedef {"reply" | "note"} Mode */

const MODES = /** @type {const} */ ([
  ["reply", "Reply"],
  ["note", "Note"],
]);

/** @param {{ mode: Mode, to: string, choose: (mode: Mode) => void }} props */
export function Tabs({ mode, to, choose }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    choose(mode === "note" ? "reply" : "note");
  };
  return html`<div
    class="tabs"
    role="tablist"
    aria-label="What you write"
    onKeyDown=${onKeyDown}
  >
    ${MODES.map(
      ([one, label]) => html`<button
        key=${one}
        type="button"
        class="tab"
        role="tab"
        aria-selected=${mode === one}
        tabindex=${mode === one ? 0 : -1}
        title=${label + hint(one)}
        onClick=${() => choose(one)}
      >
        ${one === "note" ? html`<${Icon} name="lock" small />` : null}${label}
      </button>`,
    )}
    <span class="push sm low cut desk">
      ${mode === "note" ? "only your team sees this" : to}${"\u00a0"}
    </span>
  </div>`;
}

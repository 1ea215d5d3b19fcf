/** A dialog over the page: it takes the focus, keeps it, and closes with Esc or a press outside. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "streamdesk/html.js";
import { closeDialog } from "streamdesk/store/panes.js";

const STOPS =
  "button:not([disabled]), [href], input:not([type=hidden]), textarea, select, [tabindex='0']";

/** @param {{ class: string, label?: string, labelledby?: string, children?: unknown }} props */
export function Dialog({ class: extra, label, labelledby, children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => (box.current?.querySelector("input") ?? box.current)?.focus(), []);

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") {
      event.preventDefault();
      closeDialog();
    }
    if (event.key !== "Tab") return;
    const stops = /** @type {HTMLElement[]} */ ([...(box.current?.querySelectorAll(STOPS) ?? [])]);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const here = document.activeElement;
    if (here !== (event.shiftKey ? first : last) && here !== box.current) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };
  const outside = (/** @type {PointerEvent} */ event) => {
    if (event.target === event.currentTarget) closeDialog();
  };
  return html`<div class="scrim" onPointerDown=${outside} onKeyDown=${onKeyDown}>
    <div
      class=${`dialog ${extra}`}
      role="dialog"
      aria-modal="true"
      aria-label=${label}
      aria-labelledby=${labelledby}
      tabindex="-1"
      ref=${box}
    >
      ${children}
    </div>
  </div>`;
}

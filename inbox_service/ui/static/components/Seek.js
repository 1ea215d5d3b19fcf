/** The search field in the head of the list. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { go, view } from "streamdesk/route.js";
import { step } from "streamdesk/store/moving.js";
import { seeking } from "streamdesk/store/panes.js";

const SEARCH_AFTER = 250;

/** Leave the search; the list shows its own again. */
export function stopSeeking() {
  seeking.value = false;
  if (view.value.q) go({ view: { q: "" }, replace: true });
}

export function Seek() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useLayoutEffect(() => {
    seeking.value = true;
    field.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);
  const onInput = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      go({ view: { q: field.current?.value.trim() ?? "" }, replace: true });
    }, SEARCH_AFTER);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") {
      stopSeeking();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      field.current?.blur();
      step(1);
    } else {
      return;
    }
    event.preventDefault();
  };
  return html`<label class="seek">
    <${Icon} name="search" />
    <input
      ref=${field}
      type="search"
      aria-label="Search this list"
      placeholder="Search messages and names"
      value=${view.value.q}
      onInput=${onInput}
      onKeyDown=${onKeyDown}
    />
    <${IconButton} icon="x" label="Close the search (Esc)" onClick=${stopSeeking} />
  </label>`;
}

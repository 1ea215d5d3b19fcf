/** The panel: one of its views at a time. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "streamdesk/html.js";
import { First } from "streamdesk/widget/First.js";
import { Home } from "streamdesk/widget/Home.js";
import * as session from "streamdesk/widget/session.js";
import { Talk } from "streamdesk/widget/Talk.js";

const LABELS = { home: "start", form: "before we begin", talk: "conversation" };

/** @param {{ boot: any, alone: boolean }} props */
export function Panel({ boot, alone }) {
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const screen = session.screen.value === "form" && !session.config.value ? "home" : session.screen.value;
  const isOpen = session.open.value;
  useEffect(() => {
    // The conversation focuses where one writes, a form its first field, the greeting itself.
    if (!isOpen || screen === "talk") return;
    const first = panel.current?.querySelector(".body .in") ?? panel.current;
    /** @type {HTMLElement | null} */ (first)?.focus();
  }, [isOpen, screen]);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !alone) session.close();
  };
  return html`<main class="panel" aria-label=${`${boot.name} support, ${LABELS[screen]}`} tabindex="-1" ref=${panel} onKeyDown=${onKeyDown}>
    ${
      screen === "talk"
        ? html`<${Talk} boot=${boot} alone=${alone} />`
        : screen === "form"
          ? html`<${First} boot=${boot} alone=${alone} />`
          : html`<${Home} alone=${alone} />`
    }
  </main>`;
}

/** The open popover, standing at the control it belongs to. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { html } from "streamdesk/html.js";
import { POPS } from "streamdesk/components/pops.js";
import { closePop, pop } from "streamdesk/store/panes.js";

const GAP = 4;
const EDGE = 8;

export function Popover() {
  const open = pop.value;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));

  useLayoutEffect(() => {
    const at = box.current;
    if (!at || !open) return;
    const { width, height } = at.getBoundingClientRect();
    const fromRight = open.at.right - width >= EDGE && open.at.left > innerWidth / 2;
    const left = fromRight ? open.at.right - width : open.at.left;
    const below = open.at.bottom + GAP;
    const above = open.at.top - GAP - height;
    const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
    at.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    at.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  }, [open]);

  useEffect(() => {
    if (!open) return undefined;
    const outside = (/** @type {PointerEvent} */ event) => {
      const target = /** @type {Element} */ (event.target);
      if (box.current?.contains(target) || open.back?.contains(target)) return;
      pop.value = null;
    };
    const leave = () => closePop();
    addEventListener("pointerdown", outside, true);
    addEventListener("resize", leave);
    return () => {
      removeEventListener("pointerdown", outside, true);
      removeEventListener("resize", leave);
    };
  }, [open]);

  const Content = open && POPS[open.kind];
  return Content
    ? html`<div class="pop anchored" ref=${box} key=${open.kind}><${Content} /></div>`
    : null;
}

/** The conversation list: its head, its order, its rows, and what stands there without any. */
import { useEffect, useRef } from "preact/hooks";
import { Failure } from "streamdesk/components/Failure.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { Nothing } from "streamdesk/components/Nothing.js";
import { Row } from "streamdesk/components/Row.js";
import { Seek } from "streamdesk/components/Seek.js";
import { useLate } from "streamdesk/components/late.js";
import { number } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import { view } from "streamdesk/route.js";
import { nameOf } from "streamdesk/store/directory.js";
import * as list from "streamdesk/store/list.js";
import { openFocused, step } from "streamdesk/store/moving.js";
import { drawer, opens, seeking } from "streamdesk/store/panes.js";
import { SORTS, STATUSES, titleOfView } from "streamdesk/view.js";

const NEAR_END = 600;
const NEAR_TOP = 40;
const BONES = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0];

function Title() {
  const total = list.state.value === "ready" ? list.total.value : null;
  return html`
    <h2 class="cut">${titleOfView(view.value, nameOf)}</h2>
    ${total === null ? null : html`<span class="count">${number(total)}</span>`}
    <span class="push"></span>
    <${IconButton}
      icon="search"
      label="Search this list"
      hint=${hint("seek")}
      onClick=${() => (seeking.value = true)}
    />
  `;
}

function Head() {
  const showFolders = () => (drawer.value = "rail");
  return html`<header class="bar">
    <${IconButton} icon="menu" label="Folders" class="phone" onClick=${showFolders} />
    ${seeking.value || view.value.q !== "" ? html`<${Seek} />` : html`<${Title} />`}
  </header>`;
}

/** @param {{ kind: string, children?: unknown }} props */
const Chooser = ({ kind, children }) => html`
  <button type="button" class="btn ghost" aria-haspopup="menu" onClick=${opens(kind)}>
    ${children}<${Icon} name="down" small />
  </button>
`;

/** @param {{ onRelease: () => void }} props */
function Order({ onRelease }) {
  const { status, sort } = view.value;
  const held = list.held.value;
  return html`<div class="sorts">
    <${Chooser} kind="status">${STATUSES[status]}<//>
    <${Chooser} kind="sort">${SORTS[sort]}<//>
    ${
      held
        ? html`<button type="button" class="btn ghost push fresh num" onClick=${onRelease}>
          <${Icon} name="arrow-up" small />${number(held)} new
        </button>`
        : null
    }
  </div>`;
}

const Skeleton = () => html`
  <ul class="rows" aria-busy="true" aria-label="Loading conversations">
    ${BONES.map(
      (n, index) => html`<li key=${index} class="row">
        <span class="av"></span>
        <span class=${`bones b${n}`}>
          <i class="skel"></i><i class="skel"></i><i class="skel"></i>
        </span>
      </li>`,
    )}
  </ul>
`;

function More() {
  return html`<li class="end sm low">
    ${
      list.loadingMore.value
        ? "Loading more"
        : html`<button type="button" class="link" onClick=${list.loadMore}>Show more</button>`
    }
  </li>`;
}

/** @param {KeyboardEvent} event */
function onRowKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "Enter") openFocused();
  else if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else return;
  event.preventDefault();
}

/** @param {{ scroller: { current: HTMLElement | null } }} props */
function Rows({ scroller }) {
  const rows = list.rows.value;
  const more = list.more.value;
  const onScroll = () => {
    const at = scroller.current;
    if (!at) return;
    list.disturb({ scrolled: at.scrollTop > NEAR_TOP });
    if (at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END) list.loadMore();
  };
  useEffect(() => {
    const at = scroller.current;
    if (more && at && at.scrollHeight <= at.clientHeight) list.loadMore();
  }, [rows.length, more]);
  const order = SORTS[view.value.sort]?.toLowerCase();
  return html`<ul
    class="rows main"
    ref=${scroller}
    aria-label=${`${titleOfView(view.value, nameOf)}, ${order} first`}
    onScroll=${onScroll}
    onKeyDown=${onRowKey}
  >
    ${rows.map((id) => html`<${Row} key=${id} id=${id} />`)}
    ${more ? html`<${More} key="more" />` : null}
  </ul>`;
}

/** @param {PointerEvent} event */
function onPointer(event) {
  if (event.pointerType === "mouse") list.disturb({ pointer: event.type === "pointerenter" });
}

/** @param {{ scroller: { current: HTMLElement | null } }} props */
function Body({ scroller }) {
  const state = list.state.value;
  const late = useLate(state === "loading");
  if (state === "loading") return late ? html`<${Skeleton} />` : null;
  if (state === "failed") {
    return html`<${Failure}
      title="The list did not load"
      safe="Nothing is lost; open threads still work."
      error=${list.failure.value}
      again=${list.load}
    />`;
  }
  return list.rows.value.length ? html`<${Rows} scroller=${scroller} />` : html`<${Nothing} />`;
}

export function List() {
  const scroller = useRef(/** @type {HTMLElement | null} */ (null));
  const ready = list.state.value === "ready";
  useEffect(() => {
    if (!ready) list.disturb({ scrolled: false });
  }, [ready]);
  const onRelease = () => {
    scroller.current?.scrollTo({ top: 0 });
    list.release();
  };
  return html`<section
    class="list"
    aria-label="Conversation list"
    onPointerEnter=${onPointer}
    onPointerLeave=${onPointer}
  >
    <${Head} />
    <${Order} onRelease=${onRelease} />
    <${Body} scroller=${scroller} />
  </section>`;
}

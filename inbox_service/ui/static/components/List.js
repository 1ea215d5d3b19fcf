/** The conversation list: its head, its order, its rows, and what stands there when there are none. */
import { useEffect, useRef } from "preact/hooks";
import { seeking } from "streamdesk/commands.js";
import { Failure } from "streamdesk/components/Failure.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { Row } from "streamdesk/components/Row.js";
import { useLate } from "streamdesk/components/late.js";
import { number } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { hint } from "streamdesk/keys.js";
import { go, view } from "streamdesk/route.js";
import { nameOf } from "streamdesk/store/directory.js";
import * as list from "streamdesk/store/list.js";
import { openFocused, show, step } from "streamdesk/store/moving.js";
import { drawer, openPop } from "streamdesk/store/panes.js";
import { SORTS, STATUSES, titleOfView } from "streamdesk/view.js";

const SEARCH_AFTER = 250;
const NEAR_END = 600;
const NEAR_TOP = 40;

function Seek() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => {
    seeking.value = true;
    field.current?.focus();
  }, []);
  const close = () => {
    clearTimeout(timer.current);
    seeking.value = false;
    if (view.value.q) go({ view: { q: "" }, replace: true });
  };
  const onInput = (/** @type {InputEvent} */ event) => {
    const q = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go({ view: { q }, replace: true }), SEARCH_AFTER);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      field.current?.blur();
      step(1);
    }
  };
  return html`<label class="seek"><${Icon} name="search" /><input ref=${field} type="search" aria-label="Search this list" placeholder="Search messages and names" value=${view.value.q} onInput=${onInput} onKeyDown=${onKeyDown} /><${IconButton} icon="x" label="Close the search (Esc)" onClick=${close} /></label>`;
}

function Head() {
  const title = titleOfView(view.value, nameOf);
  const open = seeking.value || view.value.q !== "";
  return html`<header class="bar">
    <${IconButton} icon="menu" label="Folders" class="phone" onClick=${() => (drawer.value = "rail")} />
    ${open ? html`<${Seek} />` : html`<h2 class="cut">${title}</h2>${list.state.value === "ready" && list.total.value !== null ? html`<span class="count">${number(list.total.value)}</span>` : null}<span class="push"></span><${IconButton} icon="search" label="Search this list" hint=${hint("seek")} onClick=${() => (seeking.value = true)} />`}
  </header>`;
}

/** @param {{ kind: string, children?: unknown }} props */
const Chooser = ({ kind, children }) =>
  html`<button type="button" class="btn ghost" aria-haspopup="menu" onClick=${(/** @type {Event} */ event) => openPop(kind, event)}>${children}<${Icon} name="down" small /></button>`;

/** @param {{ onRelease: () => void }} props */
function Order({ onRelease }) {
  const { status, sort } = view.value;
  return html`<div class="sorts"><${Chooser} kind="status">${STATUSES[status]}<//><${Chooser} kind="sort">${SORTS[sort]}<//>${list.held.value ? html`<button type="button" class="btn ghost push fresh num" onClick=${onRelease}><${Icon} name="arrow-up" small />${number(list.held.value)} new</button>` : null}</div>`;
}

const BONES = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0];

export const Skeleton = () =>
  html`<ul class="rows" aria-busy="true" aria-label="Loading conversations">${BONES.map((n, index) => html`<li key=${index} class="row"><span class="av"></span><span class=${`bones b${n}`}><i class="skel"></i><i class="skel"></i><i class="skel"></i></span></li>`)}</ul>`;

function Nothing() {
  const { q, status, who, inbox, team, label } = view.value;
  if (q) {
    return html`<div class="blank"><h2>Nothing for “${q}”</h2><p>No message and no name in your conversations has these words.</p><div class="acts"><button type="button" class="btn" onClick=${() => { seeking.value = false; go({ view: { q: "" }, replace: true }); }}>Clear the search</button></div></div>`;
  }
  if (status === "open") {
    const narrowed = who !== "all" || inbox || team || label;
    return html`<div class="blank"><h2>All answered</h2><p>The next message appears here.</p>${narrowed ? html`<div class="acts"><button type="button" class="btn" onClick=${() => show({})}>Show all open</button></div>` : null}</div>`;
  }
  const name = status === "all" ? "here yet" : status;
  return html`<div class="blank"><h2>Nothing ${name}</h2><p>${status === "snoozed" ? "What you snooze waits here until its time." : "There is no such conversation."}</p><div class="acts"><button type="button" class="btn" onClick=${() => show({})}>Show all open</button></div></div>`;
}

/** @param {{ scroller: { current: HTMLElement | null } }} props */
function Rows({ scroller }) {
  const onScroll = () => {
    const at = scroller.current;
    if (!at) return;
    list.disturb({ scrolled: at.scrollTop > NEAR_TOP });
    if (at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END) list.loadMore();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") openFocused();
    else if (by) step(by);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const at = scroller.current;
    if (list.more.value && at && at.scrollHeight <= at.clientHeight) list.loadMore();
  }, [list.rows.value.length, list.more.value]);
  const { sort } = view.value;
  const label = `${titleOfView(view.value, nameOf)}, ${SORTS[sort]?.toLowerCase()} first`;
  return html`<ul class="rows main" ref=${scroller} aria-label=${label} onScroll=${onScroll} onKeyDown=${onKeyDown}>
    ${list.rows.value.map((id) => html`<${Row} key=${id} id=${id} />`)}
    ${list.more.value ? html`<li class="end sm low">${list.loadingMore.value ? "Loading more" : html`<button type="button" class="link" onClick=${list.loadMore}>Show more</button>`}</li>` : null}
  </ul>`;
}

export function List() {
  const scroller = useRef(/** @type {HTMLElement | null} */ (null));
  const state = list.state.value;
  const late = useLate(state === "loading");
  useEffect(() => {
    if (state !== "ready") list.disturb({ scrolled: false });
  }, [state]);
  const onPointer = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "mouse") list.disturb({ pointer: event.type === "pointerenter" });
  };
  const onRelease = () => {
    scroller.current?.scrollTo({ top: 0 });
    list.release();
  };
  return html`<section class="list" aria-label="Conversation list" onPointerEnter=${onPointer} onPointerLeave=${onPointer}>
    <${Head} /><${Order} onRelease=${onRelease} />
    ${state === "loading" && late ? html`<${Skeleton} />` : null}
    ${state === "failed" ? html`<${Failure} title="The list did not load" safe="Nothing is lost; open threads still work." error=${list.failure.value} again=${list.load} />` : null}
    ${state === "ready" ? (list.rows.value.length ? html`<${Rows} scroller=${scroller} />` : html`<${Nothing} />`) : null}
  </section>`;
}

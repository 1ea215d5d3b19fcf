/** Which panes, popovers and dialogs are open. */
import { computed, effect, signal } from "@preact/signals";
import { openId } from "streamdesk/route.js";

const SIDE_KEY = "streamdesk:side";
const RAIL_KEY = "streamdesk:rail";

/** @param {string} query */
const is = (query) => matchMedia(query).matches;

/** A drawer over the page: the folders or the contact, on screens without room for them. */
export const drawer = signal(/** @type {null | "rail" | "side"} */ (null));

/** The one pane a phone shows; elsewhere only drawers matter. */
export const pane = computed(() => drawer.value ?? (openId.value === null ? "list" : "thread"));

export const sideShown = signal(localStorage.getItem(SIDE_KEY) !== "no");
export const railShown = signal(localStorage.getItem(RAIL_KEY) !== "no");

/** The search field of the list is open. */
export const seeking = signal(false);

/** The firing of a rule whose reasons are looked at. */
export const whyRun = signal(/** @type {number | null} */ (null));

export const pop = signal(/** @type {import("../types").Pop | null} */ (null));
export const dialog = signal(
  /** @type {null | "palette" | "keys" | "contact" | "merge"} */ (null),
);

/** @type {HTMLElement | null} */
let back = null;

export function toggleSide() {
  if (is("(max-width: 1160px)")) {
    drawer.value = drawer.value === "side" ? null : "side";
    return;
  }
  sideShown.value = !sideShown.value;
  localStorage.setItem(SIDE_KEY, sideShown.value ? "yes" : "no");
}

export function toggleRail() {
  if (is("(max-width: 860px)")) {
    drawer.value = drawer.value === "rail" ? null : "rail";
    return;
  }
  railShown.value = !railShown.value;
  localStorage.setItem(RAIL_KEY, railShown.value ? "yes" : "no");
}

/**
 * The last element on screen that fits: a fact in the contact panel rather than a button far off.
 * @param {string} selector
 */
const visible = (selector) =>
  [...document.querySelectorAll(selector)].findLast((one) => one.getClientRects().length > 0);

/**
 * Open a popover at what was pressed, or where its control is.
 * @param {string} kind
 * @param {Event} [event]
 */
export function openPop(kind, event) {
  if (pop.value?.kind === kind) return closePop();
  const pressed = event?.currentTarget instanceof Element ? event.currentTarget : null;
  const place = pressed ?? visible(`[data-anchor="${kind}"]`) ?? visible("[data-anchor-any]");
  const { left, top, right, bottom } = (place ?? document.body).getBoundingClientRect();
  const focused = document.activeElement;
  pop.value = {
    kind,
    at: { left, top, right, bottom },
    back:
      pressed instanceof HTMLElement ? pressed : focused instanceof HTMLElement ? focused : null,
  };
}

/**
 * A handler that opens a popover at what was pressed.
 * @param {string} kind
 * @returns {(event: Event) => void}
 */
export const opens = (kind) => (event) => openPop(kind, event);

export function closePop() {
  const target = pop.value?.back;
  pop.value = null;
  if (target?.isConnected) target.focus({ preventScroll: true });
}

/** Escape closes what is on top. Answers whether something was. */
export function closeTop() {
  if (drawer.value) {
    drawer.value = null;
    return true;
  }
  if (!pop.value) return false;
  closePop();
  return true;
}

/** @param {"palette" | "keys" | "contact" | "merge"} which */
export function openDialog(which) {
  const focused = document.activeElement;
  if (!dialog.value) back = focused instanceof HTMLElement ? focused : null;
  pop.value = null;
  dialog.value = which;
}

/**
 * Close it and give the focus back where it came from.
 * @param {{ refocus?: boolean }} [options]
 */
export function closeDialog({ refocus = true } = {}) {
  dialog.value = null;
  const target = back;
  back = null;
  if (refocus && target?.isConnected) queueMicrotask(() => target.focus({ preventScroll: true }));
}

/** Another conversation closes what belonged to the last one. */
export const followOpen = () =>
  effect(() => {
    openId.value;
    drawer.value = null;
    pop.value = null;
  });

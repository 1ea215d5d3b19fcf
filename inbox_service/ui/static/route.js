/** The address bar: which view, and which conversation is open. */
import { batch, signal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";
import { DEFAULT_SORT, queryOfView, viewFromQuery } from "streamdesk/view.js";

const BASE = `/app/accounts/${boot.account.id}`;
const SORT_KEY = "streamdesk:sort";

const usualSort = () => localStorage.getItem(SORT_KEY) ?? DEFAULT_SORT;

function openFromPath() {
  const match = /\/conversations\/(\d+)/.exec(location.pathname);
  return match ? Number(match[1]) : null;
}

/** What the list shows. */
export const view = signal(viewFromQuery(location.search, usualSort()));

/** The conversation in the thread, by the number people see. */
export const openId = signal(openFromPath());

/** @param {import("./types").View} shown @param {number | null} open */
export const addressOf = (shown, open) =>
  `${BASE}/${open === null ? "inbox" : `conversations/${open}`}${queryOfView(shown)}`;

/**
 * Show a view, a conversation, or both.
 * @param {{ view?: Partial<import("./types").View>, open?: number | null, replace?: boolean }} to
 */
export function go({ view: part, open, replace }) {
  const next = part ? { ...view.value, ...part } : view.value;
  const target = open === undefined ? openId.value : open;
  if (part?.sort) localStorage.setItem(SORT_KEY, part.sort);
  const address = addressOf(next, target);
  if (address !== location.pathname + location.search) {
    history[replace ? "replaceState" : "pushState"](null, "", address);
  }
  batch(() => {
    if (part) view.value = next;
    openId.value = target;
  });
}

/**
 * A handler for links that this page follows itself; with a modifier the browser does.
 * @param {() => void} run
 * @returns {(event: MouseEvent) => void}
 */
export const follows = (run) => (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  run();
};

addEventListener("popstate", () =>
  batch(() => {
    view.value = viewFromQuery(location.search, usualSort());
    openId.value = openFromPath();
  }),
);

/** Where in the settings the address points: a section, and what of it. */
import { signal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";
import { toast } from "streamdesk/store/toasts.js";

const BASE = `/app/accounts/${boot.account.id}/settings`;

/** Where "Inbox" leads back to. */
export const INBOX = `/app/accounts/${boot.account.id}/inbox`;

/** The parts behind `/settings/`. */
const read = () =>
  location.pathname
    .slice(BASE.length)
    .split("/")
    .filter(Boolean)
    .map((part) => decodeURIComponent(part));

/** Section first, then what of it: ["automation", "12"]. */
export const place = signal(read());

/** The part of a page that narrow screens show instead of the form: "dry" is what stands beside it. */
export const pane = signal(/** @type {null | "dry"} */ (null));

/** Whether what is written here would be lost by leaving. */
export const unsaved = signal(false);

/** @param {string} path "automation/12" */
export const addressOf = (path) => `${BASE}/${path}`;

const LOSES = "What you changed is not saved. Leave all the same?";

/** Go somewhere else in the settings. @param {string} path @param {{ replace?: boolean }} [how] */
export function go(path, { replace } = {}) {
  if (unsaved.value && !confirm(LOSES)) return;
  unsaved.value = false;
  history[replace ? "replaceState" : "pushState"](null, "", addressOf(path));
  place.value = read();
}

/** Leave a form that was saved or whose thing is gone. @param {string} path @param {string} said */
export function leave(path, said) {
  unsaved.value = false;
  toast(said);
  go(path);
}

/**
 * A handler for links inside the settings; with a modifier the browser follows them.
 * @param {string} path
 * @returns {(event: MouseEvent) => void}
 */
export const follows = (path) => (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(path);
};

addEventListener("popstate", () => {
  unsaved.value = false;
  place.value = read();
});
addEventListener("beforeunload", (event) => {
  if (unsaved.value) event.preventDefault();
});

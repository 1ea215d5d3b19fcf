/** The browser's own notifications: off until the reader switches them on, in this browser only. */
import { signal } from "@preact/signals";
import { KEEP } from "streamdesk/boot.js";

const KEY = `${KEEP}:ring`;

const able = "Notification" in globalThis;

/** Whether this browser may and should show them. */
export const rings = signal(
  able && Notification.permission === "granted" && localStorage.getItem(KEY) === "yes",
);

/** Why they cannot be switched on here, if they cannot. */
export const cannotRing = () => {
  if (!able) return "This browser has no notifications.";
  return Notification.permission === "denied"
    ? "This browser was told to show none from here. Allow them in its site settings first."
    : null;
};

/** Switching on asks the browser, which asks the reader. @param {boolean} on */
export async function setRings(on) {
  const granted = on && able && (await Notification.requestPermission()) === "granted";
  rings.value = granted;
  if (granted) localStorage.setItem(KEY, "yes");
  else localStorage.removeItem(KEY);
}

/**
 * Show one while the page is hidden: who and which conversation, never what was written.
 * @param {{ id: number, push_message_title: string }} one
 * @param {() => void} open
 */
export function ring(one, open) {
  if (!rings.peek() || document.visibilityState === "visible") return;
  const shown = new Notification(one.push_message_title, { tag: `streamdesk-${one.id}` });
  shown.onclick = () => {
    focus();
    shown.close();
    open();
  };
}

/** Until when a conversation sleeps. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Menu } from "streamdesk/components/Menu.js";
import { clock, soon } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { decide } from "streamdesk/store/deciding.js";
import { closePop } from "streamdesk/store/panes.js";

const HOURS = 3;
const MORNING = 9;
const MONDAY = 1;

/** Nine in the morning, so many days on, in the reader's zone. @param {number} days */
function morning(days) {
  const when = new Date();
  when.setDate(when.getDate() + days);
  when.setHours(MORNING, 0, 0, 0);
  return Math.floor(when.getTime() / 1000);
}

/** @param {number} at seconds */
const forField = (at) => {
  const when = new Date(at * 1000);
  return new Date(when.getTime() - when.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** @param {KeyboardEvent} event */
const leave = (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  closePop();
};

/** @param {SubmitEvent} event */
function snoozeUntil(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
  closePop();
  decide("snoozed", Math.floor(new Date(String(form.get("until"))).getTime() / 1000));
}

/** @param {{ from: number, proposed: number }} props */
function ChooseTime({ from, proposed }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => field.current?.focus(), []);
  return html`<form onSubmit=${snoozeUntil} onKeyDown=${leave}>
    <label class="at">
      <span>Snooze until</span>
      <input
        ref=${field}
        class="in"
        type="datetime-local"
        name="until"
        required
        min=${forField(from)}
        value=${forField(proposed)}
      />
    </label>
    <div class="at"><button class="btn primary">Snooze</button></div>
  </form>`;
}

export function Snooze() {
  const choosing = useSignal(false);
  const now = Date.now() / 1000;
  const later = Math.floor(now) + HOURS * 3600;
  const tomorrow = morning(1);
  const nextWeek = morning((MONDAY + 7 - new Date().getDay()) % 7 || 7);
  if (choosing.value) return html`<${ChooseTime} from=${now + 60} proposed=${tomorrow} />`;
  const choices = [
    { label: "Until the customer writes", icon: "reply", run: () => decide("snoozed") },
    {
      label: "In three hours",
      icon: "clock",
      hint: clock(later),
      run: () => decide("snoozed", later),
    },
    {
      label: "Tomorrow",
      icon: "calendar",
      hint: soon(tomorrow, now),
      run: () => decide("snoozed", tomorrow),
    },
    {
      label: "Next week",
      icon: "calendar",
      hint: soon(nextWeek, now),
      run: () => decide("snoozed", nextWeek),
    },
    {
      label: "Choose a time",
      icon: "pencil",
      hint: "…",
      stay: true,
      run: () => (choosing.value = true),
    },
  ];
  return html`<${Menu} label="Snooze" choices=${choices} />`;
}

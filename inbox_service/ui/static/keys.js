/** The keyboard: which command a key press means, and how keys are written. */
import { COMMANDS } from "streamdesk/commands.js";
import { closeTop, dialog, pop } from "streamdesk/store/panes.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const SEQUENCE_WITHIN = 1200;

const NAMES = /** @type {Record<string, string>} */ ({
  mod: MAC ? "⌘" : "Ctrl",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
});

/** The caps to show for a binding: "mod+shift+enter" is Ctrl ⇧ ↵. @param {string} binding */
export const caps = (binding) =>
  binding.split(/[ +]/).map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** As a tooltip writes it: "Ctrl K", "G M". @param {string} id */
export function hint(id) {
  const binding = COMMANDS.find((one) => one.id === id)?.keys?.[0];
  return binding ? ` (${caps(binding).join(" ")})` : "";
}

/** @param {EventTarget | null} target */
const isField = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** @param {KeyboardEvent} event */
function pressed(event) {
  const key = event.key.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "shift+" : "";
  return mod + shift + key;
}

/** @type {Map<string, import("./types").Command>} */
const bindings = new Map(COMMANDS.flatMap((one) => (one.keys ?? []).map((keys) => [keys, one])));
const prefixes = new Set(
  [...bindings.keys()].filter((keys) => keys.includes(" ")).map((keys) => keys.split(" ")[0]),
);

let prefix = "";
let prefixAt = 0;

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey || dialog.value) return;
  const key = pressed(event);
  const inField = isField(event.target);
  if (key === "escape") {
    if (closeTop()) return event.preventDefault();
    if (inField) return /** @type {HTMLElement} */ (event.target).blur();
  }
  const started = prefix && Date.now() - prefixAt < SEQUENCE_WITHIN ? prefix : "";
  prefix = "";
  const command = (started && bindings.get(`${started} ${key}`)) || bindings.get(key);
  if (!started && prefixes.has(key) && !inField && !pop.value) {
    prefix = key;
    prefixAt = Date.now();
    return;
  }
  if (!command || (inField && !command.anywhere) || (pop.value && !command.anywhere)) return;
  if (!(command.when?.() ?? true)) return;
  event.preventDefault();
  command.run(event);
}

export const startKeys = () => addEventListener("keydown", onKey);

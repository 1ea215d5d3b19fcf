/** The command palette: what can be done here, where one can go, and people. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { COMMANDS, seeking } from "streamdesk/commands.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { channel, contactName } from "streamdesk/names.js";
import { go, openId } from "streamdesk/route.js";
import { inboxes, labels, teams } from "streamdesk/store/directory.js";
import { show } from "streamdesk/store/moving.js";
import { closeDialog } from "streamdesk/store/panes.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {{ key: string, label: string, icon: string, hint?: unknown, run: () => void }} Found */

const ASK_AFTER = 150;
const PEOPLE_FROM = 2;
const PEOPLE_AT_MOST = 6;
const PLACES_AT_MOST = 6;
const NOT_HERE = new Set(["palette", "next", "previous", "older", "newer", "send", "send-resolve", "list", "undo"]);

/** @param {string} text @param {string} words */
function Marked(text, words) {
  const at = words ? text.toLowerCase().indexOf(words) : -1;
  if (at < 0) return text;
  return [text.slice(0, at), html`<mark>${text.slice(at, at + words.length)}</mark>`, text.slice(at + words.length)];
}

/** @param {import("../types").Contact} contact */
async function openLatestOf(contact) {
  try {
    const [latest] = (await api.contactConversations(contact.id)).sort((a, b) => b.last_activity_at - a.last_activity_at);
    if (latest) go({ open: latest.id });
    else toast(`No conversation with ${contactName(contact)} yet`);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(`Not opened: ${error.message}`, { bad: true });
  }
}

/** @param {string} words @returns {Found[]} */
function places(words) {
  const all = [
    ...inboxes.value.map((one) => ({ key: `inbox ${one.id}`, label: one.name, icon: channel(one.channel_type).icon, run: () => show({ inbox: one.id }) })),
    ...teams.value.map((one) => ({ key: `team ${one.id}`, label: one.name, icon: "team", run: () => show({ team: one.id }) })),
    ...labels.value.map((one) => ({ key: `label ${one.title}`, label: one.title, icon: "tag", run: () => show({ label: one.title }) })),
  ];
  return words ? all.filter((one) => one.label.toLowerCase().includes(words)).slice(0, PLACES_AT_MOST) : [];
}

/** @param {string} words @param {boolean} here @returns {Found[]} */
const commands = (words, here) =>
  COMMANDS.filter((one) => !NOT_HERE.has(one.id) && (one.group === "Answer" || one.group === "Decide") === here)
    .filter((one) => (one.when?.() ?? true) && one.label.toLowerCase().includes(words))
    .map((one) => ({ key: one.id, label: one.label, icon: one.icon, hint: one.keys?.[0] ? caps(one.keys[0]).map((cap) => html`<kbd>${cap}</kbd> `) : null, run: () => one.run() }));

export function Palette() {
  const asked = useSignal("");
  const at = useSignal(0);
  const people = useSignal(/** @type {import("../types").Contact[]} */ ([]));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const words = asked.value.trim().toLowerCase();

  useEffect(() => {
    people.value = [];
    if (words.length < PEOPLE_FROM) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      try {
        people.value = (await api.searchContacts(words, asking.signal)).slice(0, PEOPLE_AT_MOST);
      } catch (error) {
        if (!asking.signal.aborted && !(error instanceof api.ApiError)) throw error;
      }
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [words]);

  const number = /^#?(\d+)$/.exec(words)?.[1];
  /** @type {[string, Found[]][]} */
  const groups = [
    ["This conversation", openId.value === null ? [] : commands(words, true)],
    ["Go to", [...(number ? [{ key: "number", label: `Conversation #${number}`, icon: "chat", run: () => go({ open: Number(number) }) }] : []), ...commands(words, false), ...places(words)]],
    ["People", people.value.map((one) => ({ key: `contact ${one.id}`, label: contactName(one), icon: "person", hint: one.phone_number ?? one.email, run: () => openLatestOf(one) }))],
  ];
  const flat = groups.flatMap(([, found]) => found);
  const index = Math.min(at.value, Math.max(0, flat.length - 1));
  useEffect(() => list.current?.querySelectorAll(".opt")[index]?.scrollIntoView({ block: "nearest" }), [index]);

  const pick = (/** @type {Found | undefined} */ one) => {
    if (!one) return;
    closeDialog();
    setTimeout(one.run);
  };
  const searchMessages = () => {
    closeDialog({ refocus: false });
    seeking.value = true;
    go({ view: { q: asked.value.trim() } });
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const last = flat.length - 1;
    if (event.key === "ArrowDown") at.value = index >= last ? 0 : index + 1;
    else if (event.key === "ArrowUp") at.value = index <= 0 ? last : index - 1;
    else if (event.key === "Enter") pick(flat[index]);
    else if (event.key === "Tab" && words && !event.shiftKey) searchMessages();
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) closeDialog();
    else return;
    event.preventDefault();
  };
  const onInput = (/** @type {InputEvent} */ event) => {
    asked.value = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    at.value = 0;
  };
  let n = -1;
  return html`<${Dialog} class="palette" label="Commands">
    <label><${Icon} name="search" class="low" /><input role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant=${flat[index] ? `found-${index}` : null} aria-label="Search or jump to" placeholder="Search or jump to" value=${asked.value} onInput=${onInput} onKeyDown=${onKeyDown} />${openId.value === null ? null : html`<span class="pill">#${openId.value}</span>`}</label>
    <div id="found" role="listbox" aria-label="Results" tabindex="0" ref=${list}>${groups.filter(([, found]) => found.length).map(([name, found]) => html`<div key=${name} role="group" aria-label=${name}><p class="head">${name}</p>${found.map((one) => {
      n += 1;
      const mine = n;
      return html`<div key=${one.key} id=${`found-${mine}`} class="opt" role="option" aria-selected=${mine === index} onClick=${() => pick(one)} onMouseMove=${() => (at.value = mine)}><${Icon} name=${one.icon} /><span class="cut" dir="auto">${Marked(one.label, words)}</span><span class="push low sm">${one.hint}</span></div>`;
    })}</div>`)}</div>
    ${flat.length ? null : html`<p class="blank">Nothing for “${asked.value.trim()}”. Tab searches messages.</p>`}
    <footer><span><kbd>↑</kbd> <kbd>↓</kbd> choose</span><span><kbd>↵</kbd> run</span>${words ? html`<span><kbd>Tab</kbd> search messages for “${asked.value.trim()}”</span>` : null}<span class="push"><kbd>Esc</kbd> close</span></footer>
  <//>`;
}

/** The command palette: what can be done here, where one can go, and people. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { Icon } from "streamdesk/components/Icon.js";
import { moved } from "streamdesk/components/Picker.js";
import { find } from "streamdesk/components/found.js";
import { html } from "streamdesk/html.js";
import { go, openId } from "streamdesk/route.js";
import { loadMacros } from "streamdesk/store/macros.js";
import { closeDialog, seeking } from "streamdesk/store/panes.js";
import { loadPolicies } from "streamdesk/store/promises.js";

/** @typedef {import("./found.js").Found} Found */
/** @typedef {import("../types").Contact} Contact */

const ASK_AFTER = 150;
const PEOPLE_FROM = 2;
const PEOPLE_AT_MOST = 6;

/**
 * Contacts the words fit, asked of the server as they are typed.
 * @param {string} words
 */
function usePeople(words) {
  const people = useSignal(/** @type {Contact[]} */ ([]));
  useEffect(() => {
    people.value = [];
    if (words.length < PEOPLE_FROM) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const found = await api.searchContacts(words, asking.signal);
        people.value = found.slice(0, PEOPLE_AT_MOST);
      } catch (error) {
        // Without an answer the palette offers commands and places alone.
        if (!asking.signal.aborted && !(error instanceof api.ApiError)) throw error;
      }
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [words]);
  return people.value;
}

/** @param {{ text: string, words: string }} props */
function Marked({ text, words }) {
  const at = words ? text.toLowerCase().indexOf(words) : -1;
  if (at < 0) return text;
  const to = at + words.length;
  return [text.slice(0, at), html`<mark>${text.slice(at, to)}</mark>`, text.slice(to)];
}

/**
 * @param {{
 *   one: Found, n: number, here: boolean, words: string, pick: () => void, point: () => void
 * }} props
 */
const Option = ({ one, n, here, words, pick, point }) => html`
  <div
    id=${`found-${n}`}
    class="opt"
    role="option"
    aria-selected=${here}
    onClick=${pick}
    onMouseMove=${point}
  >
    <${Icon} name=${one.icon} />
    <span class="cut" dir="auto"><${Marked} text=${one.label} words=${words} /></span>
    <span class="push low sm">${one.hint}</span>
  </div>
`;

/** @param {{ words: string }} props */
const Nothing = ({ words }) => html`
  <p class="blank">Nothing for “${words}”. Tab searches messages.</p>
`;

/** @param {{ words: string }} props */
const Foot = ({ words }) => html`
  <footer>
    <span><kbd>↑</kbd> <kbd>↓</kbd> choose</span>
    <span><kbd>↵</kbd> run</span>
    ${words ? html`<span><kbd>Tab</kbd> search messages for “${words}”</span>` : null}
    <span class="push"><kbd>Esc</kbd> close</span>
  </footer>
`;

/** @param {string} words */
function searchMessages(words) {
  closeDialog({ refocus: false });
  seeking.value = true;
  go({ view: { q: words } });
}

export function Palette() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const asked = useSignal("");
  const at = useSignal(0);
  const typed = asked.value.trim();
  const words = typed.toLowerCase();
  const groups = find(words, usePeople(words));
  const flat = groups.flatMap(([, found]) => found);
  const index = Math.min(at.value, Math.max(0, flat.length - 1));
  useEffect(() => {
    loadMacros();
    loadPolicies();
  }, []);
  useEffect(() => {
    list.current?.querySelectorAll(".opt")[index]?.scrollIntoView({ block: "nearest" });
  }, [index]);

  const pick = (/** @type {Found | undefined} */ one) => {
    if (!one) return;
    closeDialog();
    setTimeout(one.run);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const mod = event.ctrlKey || event.metaKey;
    const to = moved(event.key, index, flat.length);
    if (event.key === "Enter") pick(flat[index]);
    else if (event.key === "Tab" && typed && !event.shiftKey) searchMessages(typed);
    else if (event.key.toLowerCase() === "k" && mod) closeDialog();
    else if (to !== undefined) at.value = to;
    else return;
    event.preventDefault();
  };
  const onInput = () => {
    asked.value = field.current?.value ?? "";
    at.value = 0;
  };
  const option = (/** @type {Found} */ one) => {
    const n = flat.indexOf(one);
    return html`<${Option}
      key=${one.key}
      one=${one}
      n=${n}
      here=${n === index}
      words=${words}
      pick=${() => pick(one)}
      point=${() => (at.value = n)}
    />`;
  };
  return html`<${Dialog} class="palette" label="Commands">
    <label>
      <${Icon} name="search" class="low" />
      <input
        ref=${field}
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant=${flat.length ? `found-${index}` : null}
        aria-label="Search or jump to"
        placeholder="Search or jump to"
        value=${asked.value}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
      />
      ${openId.value === null ? null : html`<span class="pill">#${openId.value}</span>`}
    </label>
    <div id="found" role="listbox" aria-label="Results" tabindex="0" ref=${list}>
      ${groups.map(
        ([name, found]) => html`<div key=${name} role="group" aria-label=${name}>
          <p class="head">${name}</p>
          ${found.map(option)}
        </div>`,
      )}
    </div>
    ${flat.length ? null : html`<${Nothing} words=${typed} />`}
    <${Foot} words=${typed} />
  <//>`;
}

/** The sheet of keys, made from the table of commands. */
import { COMMANDS } from "streamdesk/commands.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { IconButton } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { closeDialog } from "streamdesk/store/panes.js";

/** @typedef {{ label: string, keys: string[] }} Line */

/** Neighbours that share a line: the first's id, the second's, and their common name. */
const PAIRS = /** @type {Record<string, [string, string]>} */ ({
  next: ["previous", "Next, previous conversation"],
  older: ["newer", "Older, newer message"],
});
const SECONDS = new Set(Object.values(PAIRS).map(([second]) => second));

/** What rows do by themselves. */
const BESIDE = /** @type {Record<string, Line[]>} */ ({
  Move: [{ label: "Open", keys: ["enter"] }],
});

/** @param {string} id */
const keysOf = (id) => COMMANDS.find((one) => one.id === id)?.keys?.[0] ?? "";

/**
 * @param {string} group
 * @returns {Line[]}
 */
function linesOf(group) {
  const commands = COMMANDS.filter((one) => one.group === group && one.keys);
  const lines = commands
    .filter((one) => !SECONDS.has(one.id))
    .map(({ id, label }) => {
      const [second, both] = PAIRS[id] ?? [];
      return { label: both ?? label, keys: [id, ...(second ? [second] : [])].map(keysOf) };
    });
  return [...lines, ...(BESIDE[group] ?? [])];
}

/**
 * One cap for Shift and a letter, so that pairs stay short.
 * @param {string} binding
 */
const capsOf = (binding) => (/^shift\+.$/.test(binding) ? [caps(binding).join("")] : caps(binding));

/** @param {{ group: string }} props */
const Group = ({ group }) => html`
  <section>
    <h3 class="head">${group}</h3>
    <ul>
      ${linesOf(group).map(
        ({ label, keys }) => html`<li key=${label}>
          <span>${label}</span>${keys.flatMap(capsOf).map((cap) => html`<kbd>${cap}</kbd>`)}
        </li>`,
      )}
    </ul>
  </section>
`;

export function Shortcuts() {
  const groups = [...new Set(COMMANDS.map((one) => one.group))];
  const close = () => closeDialog();
  return html`<${Dialog} class="keys" labelledby="keys-h">
    <header>
      <h2 id="keys-h" class="h">Keyboard shortcuts</h2>
      <${IconButton} icon="x" label="Close (Esc)" class="push" onClick=${close} />
    </header>
    <div>${groups.map((group) => html`<${Group} key=${group} group=${group} />`)}</div>
  <//>`;
}

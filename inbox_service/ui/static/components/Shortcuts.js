/** The sheet of keys, made from the table of commands. */
import { COMMANDS } from "streamdesk/commands.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { IconButton } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { caps } from "streamdesk/keys.js";
import { closeDialog } from "streamdesk/store/panes.js";

/** Neighbours that share a line on the sheet. */
const PAIRS = /** @type {Record<string, [string, string]>} */ ({
  next: ["previous", "Next, previous conversation"],
  older: ["newer", "Older, newer message"],
});
const SECONDS = new Set(Object.values(PAIRS).map(([second]) => second));
const EXTRA = /** @type {Record<string, { label: string, keys: string }[]>} */ ({ Move: [{ label: "Open", keys: "enter" }] });

/** @param {{ keys: string[] }} props */
const Caps = ({ keys }) => keys.flatMap((one) => (one.startsWith("shift+") ? [`⇧${one.slice(-1).toUpperCase()}`] : caps(one))).map((cap) => html`<kbd>${cap}</kbd>`);

export function Shortcuts() {
  const groups = [...new Set(COMMANDS.map((one) => one.group))];
  return html`<${Dialog} class="keys" labelledby="keys-h">
    <header><h2 id="keys-h" class="h">Keyboard shortcuts</h2><${IconButton} icon="x" label="Close (Esc)" class="push" onClick=${() => closeDialog()} /></header>
    <div>${groups.map((group) => html`<section key=${group}><h3 class="head">${group}</h3><ul>${[
      ...COMMANDS.filter((one) => one.group === group && one.keys && !SECONDS.has(one.id)).map((one) => {
        const [second, label] = PAIRS[one.id] ?? [null, one.label];
        const other = COMMANDS.find((command) => command.id === second);
        return { label, keys: [one.keys?.[0] ?? "", ...(other?.keys ?? [])] };
      }),
      ...(EXTRA[group] ?? []).map(({ label, keys }) => ({ label, keys: [keys] })),
    ].map(({ label, keys }) => html`<li key=${label}><span>${label}</span><${Caps} keys=${keys} /></li>`)}</ul></section>`)}</div>
  <//>`;
}

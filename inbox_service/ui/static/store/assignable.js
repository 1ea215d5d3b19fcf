/** Who may be given a conversation of an inbox: its members, asked once per inbox and page. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";

/** @typedef {import("../types").Agent} Agent */

/** @type {Map<number, import("@preact/signals").Signal<Agent[] | null>>} */
const able = new Map();

/** @param {number} inbox */
export function assignable(inbox) {
  const known = able.get(inbox);
  if (known) return known;
  const cell = signal(/** @type {Agent[] | null} */ (null));
  able.set(inbox, cell);
  api.listAssignable(inbox).then(
    (agents) => (cell.value = agents),
    () => able.delete(inbox),
  );
  return cell;
}

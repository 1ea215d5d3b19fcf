/** Canned replies as the server finds them; what was found a moment ago is shown at once. */
import { ACCOUNT, call } from "streamdesk/api.js";

/**
 * @typedef {{ id: number, short_code: string, content: string }} Canned
 */

const FRESH_FOR = 60_000;
const AT_MOST = 30;

/** @type {Map<string, { at: number, found: Canned[] }>} */
const known = new Map();

/** What is known without asking. @param {string} words */
export const remembered = (words) => known.get(words)?.found;

/** @param {string} words @returns {Promise<Canned[]>} */
export async function findCanned(words) {
  const before = known.get(words);
  if (before && Date.now() - before.at < FRESH_FOR) return before.found;
  /** @type {Canned[]} */
  const all = await call("GET", `${ACCOUNT}/canned_responses`, { query: { search: words } });
  const found = all.slice(0, AT_MOST);
  known.set(words, { at: Date.now(), found });
  return found;
}

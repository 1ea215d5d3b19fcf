/** Text kept in the browser, where it lets us: a frame on another's page may not be allowed to. */

/** @type {Map<string, string>} */
const memory = new Map();

/** @param {string} key @returns {any} */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? memory.get(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {unknown} value nothing removes it */
export function keep(key, value) {
  const text = value === null || value === undefined ? null : JSON.stringify(value);
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It lasts as long as the page.
  }
}

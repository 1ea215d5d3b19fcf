/** How many are in each folder; asked again, not too often, when something moved. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";

export const counts = signal(/** @type {import("../types").Counts | null} */ (null));

const AT_MOST_EVERY = 3000;

/** @type {ReturnType<typeof setTimeout> | null} */
let timer = null;
let lastAt = 0;
/** @type {(() => void) | null} */
let also = null;

/** @param {() => void} refresh what else is counted: the list's own total */
export const alongside = (refresh) => (also = refresh);

export async function loadCounts() {
  lastAt = Date.now();
  try {
    counts.value = await api.folderCounts();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    // The old numbers stay; the list itself tells when the server cannot be reached.
  }
}

/** Something moved between folders. */
export function countAgain() {
  if (timer) return;
  timer = setTimeout(
    () => {
      timer = null;
      also?.();
      return loadCounts();
    },
    Math.max(300, lastAt + AT_MOST_EVERY - Date.now()),
  );
}

/** A change on its way to the server: busy until it answers, and what was wrong with it. */
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { toast } from "streamdesk/store/toasts.js";

/** What a form needs to save: whether it is under way, how to do it, and what a field is told. */
export function useTrying() {
  const wrong = useSignal(/** @type {ApiError | null} */ (null));
  const busy = useSignal(false);
  /** @param {() => Promise<unknown>} run @returns {Promise<boolean>} whether it went well */
  const trying = async (run) => {
    busy.value = true;
    try {
      await run();
      wrong.value = null;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error;
      if (!error.field) toast(`Not done: ${error.message}`, { bad: true });
      return false;
    } finally {
      busy.value = false;
    }
  };
  /** @param {string} field */
  const at = (field) => (wrong.value?.field === field ? wrong.value.message : undefined);
  return { busy: busy.value, trying, at };
}

/** Bring the first field that is wrong into sight, once it is marked. */
export function showWrong() {
  requestAnimationFrame(() => document.querySelector(".wrong")?.scrollIntoView({ block: "center" }));
}

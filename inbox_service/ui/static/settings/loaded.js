/** Something fetched for a page: on its way, there, or why not. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";

/**
 * @template T
 * @typedef {{ value: T | null, error: ApiError | null, again: () => void, put: (value: T) => void }} Loaded
 */

/**
 * Fetch when the page is first shown, and anew whenever `key` changes.
 * @template T
 * @param {() => Promise<T>} fetching
 * @param {unknown} [key]
 * @returns {Loaded<T>}
 */
export function useLoaded(fetching, key) {
  const state = useSignal(
    /** @type {{ value: T | null, error: ApiError | null }} */ ({ value: null, error: null }),
  );
  const again = async () => {
    try {
      state.value = { value: await fetching(), error: null };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      state.value = { value: null, error };
    }
  };
  useEffect(() => {
    state.value = { value: null, error: null };
    again();
  }, [key]);
  const put = (/** @type {T} */ value) => (state.value = { value, error: null });
  return { ...state.value, again, put };
}

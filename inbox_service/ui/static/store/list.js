/** The list: its rows in order, what arrived while the pointer is in it, its pages. */
import { batch, effect, signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { openId, view } from "streamdesk/route.js";
import { conversation, put } from "streamdesk/store/conversations.js";
import { alongside } from "streamdesk/store/counts.js";
import { me } from "streamdesk/store/directory.js";
import { belongs, comparator, DEFAULT_SORT, paramsOfView } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */

/** The rows on screen. */
export const rows = signal(/** @type {number[]} */ ([]));
/** How many arrivals wait behind "3 new". */
export const held = signal(0);
export const state = signal(/** @type {"loading" | "ready" | "failed"} */ ("loading"));
export const failure = signal(/** @type {api.ApiError | null} */ (null));
export const total = signal(/** @type {number | null} */ (null));
export const more = signal(false);
export const loadingMore = signal(false);

const PAGE = 25;
const PAGES_AGAIN = 4;
const HEAD_EVERY = 1500;
const ECHO_WITHIN = 5000;

/** The rows as they should be; `rows` follows when nobody would be disturbed. @type {number[]} */
let ideal = [];
/**
 * Where the next page begins: the server's cursor, or a page's number in orders that have none.
 * @type {string | number | null}
 */
let cursor = null;
/** @type {AbortController | null} */
let loading = null;
/** @type {Set<number>} */
const arrivals = new Set();
/** Until when what is told of a conversation follows from our own doing. @type {Map<number, number>} */
const decided = new Map();
const busy = { pointer: false, scrolled: false };

/** @param {number[]} ids */
function keepArrivals(ids) {
  const shown = new Set(rows.value);
  for (const id of ids) {
    const unread = (conversation(id).peek()?.unread_count ?? 0) > 0;
    if (!shown.has(id) || unread) arrivals.add(id);
  }
}

function settle() {
  const disturbed = (busy.pointer || busy.scrolled) && rows.value.length > 0;
  batch(() => {
    if (!disturbed) {
      arrivals.clear();
      rows.value = [...ideal];
    }
    held.value = arrivals.size;
  });
}

/** @param {Partial<typeof busy>} now */
export function disturb(now) {
  Object.assign(busy, now);
  if (!busy.pointer && !busy.scrolled) settle();
}

/** Show what waited. */
export function release() {
  arrivals.clear();
  batch(() => {
    rows.value = [...ideal];
    held.value = 0;
  });
}

/** @param {Record<string, any>} meta */
function totalOf(meta) {
  const { who } = view.peek();
  return who === "me"
    ? meta.mine_count
    : who === "unassigned"
      ? meta.unassigned_count
      : meta.all_count;
}

/** @param {typeof cursor} from @param {AbortSignal} [signal] */
async function page(from, signal) {
  const asked = view.peek();
  const where = typeof from === "number" ? { page: from } : { before: from };
  const { meta, payload } = await api.listConversations(
    { ...paramsOfView(asked), ...where },
    signal,
  );
  const numbered = asked.sort !== DEFAULT_SORT && payload.length === PAGE;
  /** @type {typeof cursor} */
  const next = meta.next_cursor ?? (numbered ? (typeof from === "number" ? from : 1) + 1 : null);
  return { payload, total: totalOf(meta), next };
}

/**
 * Those of a page that are still of the view: an answer may be older than what we know by now.
 * @param {Conversation[]} payload
 */
function stillHere(payload) {
  const shownAs = view.peek();
  const fits = (/** @type {number} */ id) =>
    belongs(shownAs, /** @type {Conversation} */ (conversation(id).peek()), me.peek().id);
  return payload.map((c) => c.id).filter((id) => shownAs.q || fits(id));
}

/** Read the view anew. */
export async function load() {
  loading?.abort();
  const mine = new AbortController();
  loading = mine;
  batch(() => {
    ideal = [];
    arrivals.clear();
    rows.value = [];
    held.value = 0;
    total.value = null;
    more.value = false;
    state.value = "loading";
  });
  try {
    const first = await page(null, mine.signal);
    batch(() => {
      first.payload.forEach(put);
      ideal = stillHere(first.payload);
      cursor = first.next;
      rows.value = [...ideal];
      total.value = first.total;
      more.value = cursor !== null;
      state.value = "ready";
    });
  } catch (error) {
    if (mine.signal.aborted) return;
    failure.value = /** @type {api.ApiError} */ (error);
    state.value = "failed";
  }
}

export async function loadMore() {
  if (!cursor || loadingMore.value || state.value !== "ready") return;
  const during = loading;
  loadingMore.value = true;
  try {
    const next = await page(cursor);
    if (during !== loading) return;
    batch(() => {
      next.payload.forEach(put);
      const known = new Set(ideal);
      const fresh = stillHere(next.payload).filter((id) => !known.has(id));
      const shown = new Set(rows.value);
      ideal = [...ideal, ...fresh];
      rows.value = [...rows.value, ...fresh.filter((id) => !shown.has(id))];
      cursor = next.next;
      more.value = cursor !== null;
    });
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    failure.value = error;
  } finally {
    loadingMore.value = false;
  }
}

/**
 * Read the loaded part again after the line was down. Answers how many conversations had changed.
 */
export async function catchUp() {
  if (state.value !== "ready") {
    await load();
    return 0;
  }
  const during = loading;
  const wanted = ideal.length;
  /** @type {number[]} */
  const ids = [];
  /** @type {typeof cursor} */
  let next = null;
  let changed = 0;
  for (let n = 0; n < PAGES_AGAIN; n += 1) {
    const one = await page(next);
    if (during !== loading) return 0;
    for (const c of one.payload) if (put(c)) changed += 1;
    ids.push(...stillHere(one.payload));
    next = one.next;
    total.value = one.total;
    if (!next || ids.length >= wanted) break;
  }
  keepArrivals(ids.filter((id) => !ideal.includes(id)));
  ideal = [...new Set(ids)];
  cursor = next;
  more.value = next !== null;
  settle();
  return changed;
}

let headAt = 0;
/** @type {ReturnType<typeof setTimeout> | null} */
let headTimer = null;

/** Something happened in a conversation the page has never seen: look at the top of the list. */
export function lookAtHead() {
  if (headTimer) return;
  const wait = Math.max(0, headAt + HEAD_EVERY - Date.now());
  headTimer = setTimeout(async () => {
    headTimer = null;
    headAt = Date.now();
    const during = loading;
    try {
      const head = await page(null);
      if (during !== loading || state.value !== "ready") return;
      total.value = head.total;
      batch(() => head.payload.forEach((c) => put(c) && place(c.id)));
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      failure.value = error;
    }
  }, wait);
}

/**
 * Put a conversation where it belongs now. Our own doing shows at once, and so does its echo.
 * @param {number} id
 * @param {{ ours?: boolean }} [options]
 */
export function place(id, { ours: justNow = false } = {}) {
  if (justNow) decided.set(id, Date.now() + ECHO_WITHIN);
  const ours = (decided.get(id) ?? 0) > Date.now();
  if (!ours) decided.delete(id);
  const c = conversation(id).peek();
  const shownAs = view.peek();
  if (!c || shownAs.q || state.value !== "ready") return;
  const was = ideal.indexOf(id);
  const fits = belongs(shownAs, c, me.peek().id);
  if (was < 0 && !fits) return;
  const rest = ideal.filter((one) => one !== id);
  if (!fits) {
    ideal = rest;
    arrivals.delete(id);
    if (ours) rows.value = rows.value.filter((one) => one !== id);
  } else {
    const order = comparator(shownAs.sort);
    const found = rest.findIndex(
      (one) => order(c, /** @type {Conversation} */ (conversation(one).peek())) < 0,
    );
    const index = found < 0 ? rest.length : found;
    if (was < 0 && index === rest.length && cursor) return;
    ideal = [...rest.slice(0, index), id, ...rest.slice(index)];
    if (ours) showAt(id, index);
    else if (index !== was && id !== openId.peek()) keepArrivals([id]);
  }
  settle();
}

/**
 * Put a row on screen before the next one that is shown already.
 * @param {number} id
 * @param {number} index
 */
function showAt(id, index) {
  const shown = rows.value;
  if (shown.includes(id)) return;
  const next = ideal.slice(index + 1).find((one) => shown.includes(one));
  const at = next === undefined ? shown.length : shown.indexOf(next);
  rows.value = [...shown.slice(0, at), id, ...shown.slice(at)];
}

/** The row after this one, or before it at the end. @param {number} id */
export function neighbour(id) {
  const at = rows.value.indexOf(id);
  return at < 0 ? null : (rows.value[at + 1] ?? rows.value[at - 1] ?? null);
}

export function startList() {
  let key = "";
  effect(() => {
    const next = JSON.stringify(view.value);
    if (next !== key) {
      key = next;
      load();
    }
  });
  alongside(async () => {
    const asked = view.peek();
    if (asked.q || state.peek() !== "ready") return;
    try {
      const meta = await api.conversationMeta(paramsOfView(asked));
      if (asked === view.peek()) total.value = totalOf(meta);
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      // The old total stays until the next change asks again.
    }
  });
}

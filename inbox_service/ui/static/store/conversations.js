/**
 * Every conversation this page knows, each in its own signal: what the server said, and what we
 * already show.
 */
import { signal } from "@preact/signals";

/** @typedef {import("../types").Conversation} Conversation */
/** @typedef {import("@preact/signals").Signal<Conversation | null>} Cell */

/** @type {Map<number, Cell>} */
const cells = new Map();
/** @type {Map<number, Conversation>} */
const stored = new Map();
/** @type {Map<number, Partial<Conversation>[]>} */
const overlays = new Map();
/** Changes the server took, until a shape comes that knows of them. */
const settled = /** @type {Map<number, { at: number, part: Partial<Conversation> }>} */ (new Map());

/** @param {number} id @returns {Cell} */
export function conversation(id) {
  let cell = cells.get(id);
  if (!cell) {
    cell = signal(/** @type {Conversation | null} */ (null));
    cells.set(id, cell);
  }
  return cell;
}

/** @param {number} id */
export const knows = (id) => stored.has(id);

/** @param {number} id */
function show(id) {
  const base = stored.get(id);
  if (base) conversation(id).value = Object.assign({}, base, ...(overlays.get(id) ?? []));
}

/** @param {Conversation} c */
const stamp = (c) => c.version ?? c.updated_at ?? 0;

/**
 * Take a whole shape from the server if it is not older than ours. Answers whether anything was
 * new.
 * @param {Conversation} shape
 */
export function put(shape) {
  const before = stored.get(shape.id);
  if (before && stamp(shape) < stamp(before)) return false;
  const last =
    shape.last_non_activity_message ??
    shape.messages?.[0] ??
    before?.last_non_activity_message ??
    null;
  const ours = settled.get(shape.id);
  const part = ours && stamp(shape) <= ours.at ? ours.part : {};
  if (ours && part !== ours.part) settled.delete(shape.id);
  stored.set(shape.id, { ...before, ...shape, last_non_activity_message: last, ...part });
  show(shape.id);
  return !before || stamp(shape) !== stamp(before);
}

/**
 * Correct what a smaller event told us, such as the last message.
 * @param {number} id
 * @param {Partial<Conversation>} part
 */
export function amend(id, part) {
  const before = stored.get(id);
  if (!before) return;
  stored.set(id, { ...before, ...part });
  show(id);
}

/**
 * Whether a newer shape still says what an older one said about these parts: it was made before
 * the change to them, a reader's mark for instance.
 * @param {Conversation} before @param {Conversation} now @param {Partial<Conversation>} part
 */
const sameParts = (before, now, part) =>
  /** @type {(keyof Conversation)[]} */ (Object.keys(part)).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(now[key]),
  );

/**
 * Show a change before the server answers. Settled, it is kept until a shape arrives that knows of
 * it; reverted, it is gone.
 * @param {number} id @param {Partial<Conversation>} part
 */
export function overlay(id, part) {
  const since = stored.get(id);
  const parts = overlays.get(id) ?? [];
  overlays.set(id, [...parts, part]);
  show(id);
  const lift = () => {
    const rest = (overlays.get(id) ?? []).filter((one) => one !== part);
    if (rest.length) overlays.set(id, rest);
    else overlays.delete(id);
  };
  return {
    settle() {
      lift();
      const base = stored.get(id);
      if (base && since && sameParts(since, base, part)) {
        settled.set(id, { at: stamp(base), part: { ...settled.get(id)?.part, ...part } });
        stored.set(id, { ...base, ...part });
      }
      show(id);
    },
    revert() {
      lift();
      show(id);
    },
  };
}

/** A contact changed: show it wherever it writes. @param {import("../types").Contact} contact */
export function putContact(contact) {
  for (const [id, base] of stored) {
    if (base.meta.sender?.id !== contact.id) continue;
    stored.set(id, {
      ...base,
      meta: { ...base.meta, sender: { ...base.meta.sender, ...contact } },
    });
    show(id);
  }
}

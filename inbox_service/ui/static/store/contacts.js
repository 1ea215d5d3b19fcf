/** The person beside the thread, and what they asked before. */
import { signal } from "@preact/signals";
import * as api from "streamdesk/api.js";
import { putContact } from "streamdesk/store/conversations.js";

/** @typedef {import("../types").Contact} Contact */

/** @type {Map<number, import("@preact/signals").Signal<Contact | null>>} */
const contacts = new Map();
/**
 * @type {Map<number, import("@preact/signals").Signal<import("../types").Conversation[] | null>>}
 */
const earlier = new Map();

/**
 * @template T
 * @param {Map<number, import("@preact/signals").Signal<T | null>>} map
 * @param {number} id
 */
function cell(map, id) {
  let found = map.get(id);
  if (!found) {
    found = signal(/** @type {T | null} */ (null));
    map.set(id, found);
  }
  return found;
}

/** @param {number} id */
export const contactOf = (id) => cell(contacts, id);

/** @param {number} id */
export const earlierOf = (id) => cell(earlier, id);

/** @param {number} id */
export async function loadContact(id) {
  try {
    const [contact, conversations] = await Promise.all([
      api.getContact(id),
      api.contactConversations(id),
    ]);
    contactOf(id).value = contact;
    earlierOf(id).value = conversations.sort((a, b) => b.last_activity_at - a.last_activity_at);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    // The panel keeps what the conversation itself says about the person.
  }
}

/** Somebody changed the contact. @param {Contact} contact */
export function takeContact(contact) {
  const known = contactOf(contact.id);
  if (known.peek()) known.value = { ...known.peek(), ...contact };
  putContact(contact);
}

/** @param {number} id @param {Partial<Contact>} part */
export async function changeContact(id, part) {
  await api.updateContact(id, part);
  takeContact(/** @type {Contact} */ ({ id, ...part }));
}

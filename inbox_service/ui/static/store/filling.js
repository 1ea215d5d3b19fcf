/** The blanks of canned replies, `{{contact.name}}`: filled in, or found where they were left. */

const BLANK = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** @typedef {import("../types").Conversation} Conversation */

/** @param {string | null | undefined} name @param {"first" | "last"} which */
function part(name, which) {
  const words = (name ?? "").trim().split(/\s+/).filter(Boolean);
  if (which === "first") return words[0];
  return words.length > 1 ? words[words.length - 1] : undefined;
}

/**
 * What the blanks stand for here, by Chatwoot's names.
 * @param {Conversation} c
 * @param {import("../types").Me} agent
 * @param {{ name?: string } | undefined} inbox
 * @param {string} account
 * @returns {Record<string, unknown>}
 */
export function valuesFor(c, agent, inbox, account) {
  const contact = c.meta.sender;
  /** @type {Record<string, unknown>} */
  const values = {
    "contact.id": contact.id,
    "contact.name": contact.name,
    "contact.first_name": part(contact.name, "first"),
    "contact.last_name": part(contact.name, "last"),
    "contact.email": contact.email,
    "contact.phone": contact.phone_number,
    "contact.phone_number": contact.phone_number,
    "conversation.id": c.id,
    "conversation.display_id": c.id,
    "agent.name": agent.name,
    "agent.first_name": part(agent.name, "first"),
    "agent.last_name": part(agent.name, "last"),
    "agent.email": agent.email,
    "inbox.id": c.inbox_id,
    "inbox.name": inbox?.name,
    "account.name": account,
  };
  for (const [prefix, own] of /** @type {const} */ ([
    ["contact.custom_attribute.", contact.custom_attributes],
    ["conversation.custom_attribute.", c.custom_attributes],
  ])) {
    for (const [key, value] of Object.entries(own ?? {})) values[prefix + key] = value;
  }
  return values;
}

/**
 * Fill in what is known; what is not stays as it is, to be seen.
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export const fill = (text, values) =>
  text.replace(BLANK, (whole, name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || value === null || value === "" ? whole : String(value);
  });

/** The blanks a text still has, each once. @param {string} text */
export const blanksIn = (text) => [...new Set([...text.matchAll(BLANK)].map(([whole]) => whole))];

/** Where the first blank stands. @param {string} text @returns {[number, number] | null} */
export function firstBlank(text) {
  const match = text.matchAll(BLANK).next().value;
  return match ? [match.index, match.index + match[0].length] : null;
}

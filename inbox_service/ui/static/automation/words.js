/** Rules in plain words: events, fields, tests and actions, as the API names them and as we do. */

/** @typedef {import("../types").RuleCondition} RuleCondition */
/** @typedef {import("../types").RuleAction} RuleAction */

export const EVENTS = /** @type {Record<string, string>} */ ({
  message_created: "A message arrives or is written",
  conversation_created: "A conversation begins",
  conversation_updated: "A conversation changes",
  conversation_opened: "A conversation is opened again",
  conversation_resolved: "A conversation is resolved",
});

const EQUALITY = ["equal_to", "not_equal_to"];
const PRESENCE = [...EQUALITY, "is_present", "is_not_present"];
const TEXT = [...["contains", "does_not_contain"], ...PRESENCE, "starts_with"];

/**
 * Fields by the API's name: our word, the tests it takes, and how its values are chosen.
 * @type {Record<string, { label: string, operators: string[], values: string }>}
 */
export const FIELDS = {
  content: { label: "Text", operators: TEXT, values: "words" },
  message_type: { label: "Kind of message", operators: EQUALITY, values: "message_type" },
  private_note: { label: "Private note", operators: EQUALITY, values: "flag" },
  status: { label: "Status", operators: EQUALITY, values: "status" },
  priority: { label: "Priority", operators: PRESENCE, values: "priority" },
  inbox_id: { label: "Inbox", operators: PRESENCE, values: "inbox" },
  team_id: { label: "Team", operators: PRESENCE, values: "team" },
  assignee_id: { label: "Assignee", operators: PRESENCE, values: "agent" },
  labels: { label: "Labels", operators: PRESENCE, values: "label" },
  name: { label: "Contact’s name", operators: TEXT, values: "words" },
  email: { label: "Contact’s e-mail", operators: TEXT, values: "words" },
  phone_number: { label: "Contact’s phone", operators: TEXT, values: "words" },
  company_name: { label: "Contact’s company", operators: TEXT, values: "words" },
  city: { label: "Contact’s city", operators: TEXT, values: "words" },
  country_code: { label: "Contact’s country", operators: TEXT, values: "words" },
  browser_language: { label: "Browser’s language", operators: TEXT, values: "words" },
  conversation_language: { label: "Conversation’s language", operators: TEXT, values: "words" },
  referer: { label: "Page they came from", operators: TEXT, values: "words" },
  mail_subject: { label: "Mail’s subject", operators: TEXT, values: "words" },
};

export const TESTS = /** @type {Record<string, string>} */ ({
  equal_to: "is",
  not_equal_to: "is not",
  contains: "contains any of",
  does_not_contain: "contains none of",
  starts_with: "begins with",
  is_present: "is there",
  is_not_present: "is empty",
});

export const NO_VALUES = new Set(["is_present", "is_not_present"]);

/**
 * Actions by the API's name: our words, an icon, what they need, and whether macros leave them out.
 * @type {Record<string, { label: string, icon: string, needs: string, rulesOnly?: boolean }>}
 */
export const ACTIONS = {
  send_message: { label: "Send a message", icon: "send", needs: "text" },
  add_private_note: { label: "Add a private note", icon: "lock", needs: "text" },
  add_label: { label: "Add labels", icon: "tag", needs: "labels" },
  remove_label: { label: "Remove labels", icon: "tag", needs: "labels" },
  assign_agent: { label: "Assign to an agent", icon: "person", needs: "agent" },
  remove_assigned_agent: { label: "Take from the agent", icon: "person", needs: "nothing" },
  assign_team: { label: "Assign to a team", icon: "team", needs: "team" },
  remove_assigned_team: { label: "Take from the team", icon: "team", needs: "nothing" },
  change_priority: { label: "Set the priority", icon: "flag", needs: "priority" },
  add_sla: { label: "Add an SLA policy", icon: "clock", needs: "sla" },
  resolve_conversation: { label: "Resolve the conversation", icon: "check", needs: "nothing" },
  open_conversation: { label: "Open the conversation", icon: "undo", needs: "nothing" },
  pending_conversation: { label: "Set to pending", icon: "clock", needs: "nothing" },
  snooze_conversation: { label: "Snooze until they write", icon: "snooze", needs: "nothing" },
  mute_conversation: { label: "Mute: block the contact", icon: "block", needs: "nothing" },
  change_status: { label: "Set the status", icon: "check", needs: "status" },
  send_email_transcript: { label: "Mail the conversation", icon: "mail", needs: "mails" },
  send_webhook_event: { label: "Send a webhook event", icon: "plug", needs: "address" },
  send_sms: { label: "Send an SMS", icon: "sms", needs: "numbers", rulesOnly: true },
  create_external_ticket: { label: "Create a ticket", icon: "link", needs: "ticket", rulesOnly: true },
  trigger_zapier_webhook: { label: "Trigger a Zapier webhook", icon: "bolt", needs: "address", rulesOnly: true },
};

export const ENDINGS = /** @type {Record<string, [icon: string, word: string]>} */ ({
  done: ["check", "done"],
  nothing: ["check", "nothing to do"],
  queued: ["clock", "on its way"],
  skipped: ["right", "left out"],
  failed: ["error", "failed"],
});

/** @param {string} name */
export const actionLabel = (name) => ACTIONS[name]?.label ?? name;

/** @param {string} key */
export const fieldLabel = (key) => FIELDS[key]?.label ?? key;

/**
 * "Text contains any of suitcase, bag"
 * @param {RuleCondition} condition
 * @param {(condition: RuleCondition, value: unknown) => string} [named] ids as names
 */
export function conditionWords(condition, named = (_, value) => String(value)) {
  const { attribute_key: key, filter_operator: operator, values } = condition;
  const said = values.map((value) => named(condition, value)).join(", ");
  const test = TESTS[operator] ?? operator;
  return `${fieldLabel(key)} ${test}${NO_VALUES.has(operator) ? "" : ` ${said}`}`;
}

/** What was found, as words. @param {unknown} found */
export function foundWords(found) {
  if (found === null || found === undefined || found === "") return "nothing";
  if (Array.isArray(found)) return found.length ? found.join(", ") : "nothing";
  if (typeof found === "boolean") return found ? "yes" : "no";
  return String(found);
}

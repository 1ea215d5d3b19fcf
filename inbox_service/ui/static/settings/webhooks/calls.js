/** The operations of the API that the webhooks' page uses. */
import { ACCOUNT, call } from "streamdesk/api.js";

/**
 * @typedef {{
 *   id: number, url: string, name: string | null, subscriptions: string[], secret: string | null,
 *   status: "active" | "failing" | "paused", paused_reason: string | null,
 *   paused_at: string | null, failing_since: string | null, last_error: string | null,
 *   last_delivered_at: string | null, waiting: number
 * }} Webhook
 * @typedef {{ at: string, status: number | null, duration_ms: number, error: string | null }} Attempt
 * @typedef {{
 *   id: number, delivery_id: string, event: string, state: "waiting" | "delivered" | "failed",
 *   tries: number, most_tries: number, next_try_at: string | null,
 *   response_status: number | null, duration_ms: number | null, last_error: string | null,
 *   attempts: Attempt[], created_at: string, body?: unknown
 * }} Delivery
 */

const WEBHOOKS = `${ACCOUNT}/webhooks`;

export const EVENTS = /** @type {const} */ ([
  ["message_created", "A message is written", "Private notes too, marked as private"],
  ["message_updated", "A message changes", "Delivered, read, failed, deleted"],
  ["conversation_created", "A conversation begins", ""],
  ["conversation_status_changed", "A conversation is opened, resolved or snoozed", ""],
  ["conversation_updated", "A conversation changes otherwise", "Assignee, team, labels, priority"],
  ["contact_created", "A contact is new", ""],
  ["contact_updated", "A contact changes", ""],
  ["webwidget_triggered", "A visitor opens the website chat", ""],
  ["conversation_typing_on", "Somebody begins to type", "Often; tried once"],
  ["conversation_typing_off", "Somebody stops typing", "Often; tried once"],
]);

/** @returns {Promise<Webhook[]>} */
export const listWebhooks = async () => (await call("GET", WEBHOOKS)).payload.webhooks;

/** @param {Promise<any>} asked @returns {Promise<Webhook>} */
const one = async (asked) => (await asked).payload.webhook;

/** @type {Webhook} */
const FRESH = {
  id: 0,
  url: "",
  name: null,
  subscriptions: EVENTS.map(([event]) => event).filter((event) => !event.includes("typing")),
  secret: null,
  status: "active",
  paused_reason: null,
  paused_at: null,
  failing_since: null,
  last_error: null,
  last_delivered_at: null,
  waiting: 0,
};

/** @param {number | null} id */
export const getWebhook = async (id) =>
  id === null ? FRESH : one(call("GET", `${WEBHOOKS}/${id}`));

/** @param {Webhook} webhook */
export const saveWebhook = ({ id, url, name, subscriptions }) =>
  one(
    call(id ? "PATCH" : "POST", id ? `${WEBHOOKS}/${id}` : WEBHOOKS, {
      body: { url, name, subscriptions },
    }),
  );

/** @param {number} id */
export const deleteWebhook = (id) => call("DELETE", `${WEBHOOKS}/${id}`);

/** @param {number} id */
export const resumeWebhook = (id) => one(call("POST", `${WEBHOOKS}/${id}/resume`));

/** @param {number} id */
export const renewSecret = (id) => one(call("POST", `${WEBHOOKS}/${id}/reset_secret`));

/** @param {number} id @param {string} state @param {number} page @returns {Promise<Delivery[]>} */
export const listDeliveries = async (id, state, page = 1) =>
  (await call("GET", `${WEBHOOKS}/${id}/deliveries`, { query: { state: state || null, page } }))
    .payload;

/** @param {number} id @param {number} delivery @returns {Promise<Delivery>} */
export const getDelivery = (id, delivery) => call("GET", `${WEBHOOKS}/${id}/deliveries/${delivery}`);

/** @param {number} id @param {number} delivery @returns {Promise<Delivery>} */
export const sendAgain = (id, delivery) =>
  call("POST", `${WEBHOOKS}/${id}/deliveries/${delivery}/send_again`);

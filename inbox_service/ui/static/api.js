/** The JSON API, one function per operation the page uses. */
import { boot } from "streamdesk/boot.js";

/** @typedef {import("./types").Conversation} Conversation */
/** @typedef {import("./types").Message} Message */
/** @typedef {import("./types").Contact} Contact */
/**
 * @typedef {string | number | null | undefined} Plain
 * @typedef {Record<string, Plain | (string | number)[]>} Query
 */

export const ACCOUNT = `/api/v1/accounts/${boot.account.id}`;

/** An answer that was no success, or no answer at all (status 0). */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {string | null} requestId
   * @param {string | null} code
   * @param {string | null} field the part of the request that was wrong
   */
  constructor(status, message, requestId = null, code = null, field = null) {
    super(message);
    this.status = status;
    this.requestId = requestId;
    this.code = code;
    this.field = field;
    this.at = Date.now() / 1000;
  }
}

/** Signed out, or the session is over: sign in again and come back. */
export function signIn() {
  location.assign(`/sign_in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** @param {number} status @param {string} text @param {string | null} requestId */
export function errorOf(status, text, requestId) {
  if (status === 401) signIn();
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  const said =
    body?.message ?? (Array.isArray(body?.errors) ? body.errors.join(", ") : body?.error);
  const message = typeof said === "string" && said ? said : `The server answered ${status}.`;
  const code = typeof body?.error === "string" ? body.error : null;
  const field = typeof body?.field === "string" ? body.field : null;
  return new ApiError(status, message, body?.request_id ?? requestId, code, field);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ query?: Query, body?: unknown, signal?: AbortSignal }} [options]
 */
export async function call(method, path, { query, body, signal } = {}) {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (Array.isArray(value)) for (const one of value) asked.append(key, String(one));
    else if (value !== null && value !== undefined) asked.set(key, String(value));
  }
  const search = asked.size ? `?${asked}` : "";
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path + search, {
      method,
      credentials: "same-origin",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "No connection.");
  }
  const text = await answer.text();
  if (!answer.ok) throw errorOf(answer.status, text, answer.headers.get("x-request-id"));
  return text ? JSON.parse(text) : null;
}

/** @param {number} id */
const at = (id) => `${ACCOUNT}/conversations/${id}`;

/**
 * @param {Query} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ meta: Record<string, any>, payload: Conversation[] }>}
 */
export const listConversations = async (query, signal) =>
  (await call("GET", `${ACCOUNT}/conversations`, { query, signal })).data;

/** @param {Query} query @returns {Promise<Record<string, number>>} */
export const conversationMeta = async (query) =>
  (await call("GET", `${ACCOUNT}/conversations/meta`, { query })).meta;

/** @param {number} id @returns {Promise<Conversation>} */
export const getConversation = (id) => call("GET", at(id));

/** @param {number} id @param {Query} [query] @returns {Promise<Message[]>} */
export const listMessages = async (id, query) =>
  (await call("GET", `${at(id)}/messages`, { query })).payload;

/** @param {number} id @param {unknown} body @returns {Promise<Message>} */
export const createMessage = (id, body) => call("POST", `${at(id)}/messages`, { body });

/** @param {number} id @param {number} messageId */
export const retryMessage = (id, messageId) =>
  call("POST", `${at(id)}/messages/${messageId}/retry`);

/** @param {number} id @param {string} status @param {number | null} [until] */
export const setStatus = (id, status, until) =>
  call("POST", `${at(id)}/toggle_status`, { body: { status, snoozed_until: until ?? null } });

/** @param {number} id @param {string | null} priority */
export const setPriority = (id, priority) =>
  call("POST", `${at(id)}/toggle_priority`, { body: { priority } });

/** @param {number} id @param {number | null} agent */
export const setAssignee = (id, agent) =>
  call("POST", `${at(id)}/assignments`, { body: { assignee_id: agent } });

/** @param {number} id @param {number | null} team */
export const setTeam = (id, team) =>
  call("POST", `${at(id)}/assignments`, { body: { team_id: team } });

/** @param {number} id @param {string[]} labels */
export const setLabels = (id, labels) => call("POST", `${at(id)}/labels`, { body: { labels } });

/** @param {number} id @returns {Promise<Conversation>} */
export const markSeen = (id) => call("POST", `${at(id)}/update_last_seen`);

/** @param {number} id */
export const markUnread = (id) => call("POST", `${at(id)}/unread`);

/** @param {number} id @param {boolean} on @param {boolean} note */
export const sayTyping = (id, on, note) =>
  call("POST", `${at(id)}/toggle_typing_status`, {
    body: { typing_status: on ? "on" : "off", is_private: note },
  });

/** Why a rule did something. @param {number} id @param {number} run @returns {Promise<import("./types").Run>} */
export const getRun = (id, run) => call("GET", `${at(id)}/automation_runs/${run}`);

/** @returns {Promise<import("./types").Inbox[]>} */
export const listInboxes = async () => (await call("GET", `${ACCOUNT}/inboxes`)).payload;

/** @returns {Promise<import("./types").Label[]>} */
export const listLabels = async () => (await call("GET", `${ACCOUNT}/labels`)).payload;

/** @returns {Promise<import("./types").Team[]>} */
export const listTeams = () => call("GET", `${ACCOUNT}/teams`);

/** @returns {Promise<import("./types").Agent[]>} */
export const listAgents = () => call("GET", `${ACCOUNT}/agents`);

/** @param {number} inbox @returns {Promise<import("./types").Agent[]>} */
export const listAssignable = async (inbox) =>
  (await call("GET", `${ACCOUNT}/assignable_agents`, { query: { "inbox_ids[]": [inbox] } }))
    .payload;

/** @returns {Promise<import("./types").SlaPolicy[]>} */
export const listPolicies = async () => (await call("GET", `${ACCOUNT}/sla_policies`)).payload;

/** @param {number} id @param {number} policy */
export const applyPolicy = (id, policy) =>
  call("PATCH", at(id), { body: { sla_policy_id: policy } });

/** @returns {Promise<import("./types").Macro[]>} */
export const listMacros = async () => (await call("GET", `${ACCOUNT}/macros`)).payload;

/** What it could not do. @param {number} id @param {number} macro @returns {Promise<import("./types").Refused[]>} */
export const runMacro = async (id, macro) =>
  (
    await call("POST", `${ACCOUNT}/macros/${macro}/execute`, { body: { conversation_ids: [id] } })
  ).refused ?? [];

/** @returns {Promise<import("./types").Counts>} */
export const folderCounts = () => call("GET", `${ACCOUNT}/folder_counts`);

/** @param {number} id @returns {Promise<Contact>} */
export const getContact = async (id) => (await call("GET", `${ACCOUNT}/contacts/${id}`)).payload;

/** @param {number} id @returns {Promise<Conversation[]>} */
export const contactConversations = async (id) =>
  (await call("GET", `${ACCOUNT}/contacts/${id}/conversations`)).payload;

/** @param {number} id @param {Partial<Contact>} body */
export const updateContact = (id, body) => call("PUT", `${ACCOUNT}/contacts/${id}`, { body });

/** @param {string} q @param {AbortSignal} signal @returns {Promise<Contact[]>} */
export const searchContacts = async (q, signal) =>
  (await call("GET", `${ACCOUNT}/contacts/search`, { query: { q }, signal })).payload;

/** @param {string} availability */
export const setAvailability = (availability) =>
  call("PUT", "/api/v1/profile/availability", {
    body: { profile: { account_id: boot.account.id, availability } },
  });

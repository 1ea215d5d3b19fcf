/** The widget's API, one function per operation. */

/** An answer that was no success, or no answer at all (status 0). */
export class ApiError extends Error {
  /** @param {number} status @param {string} message @param {string | null} field @param {number} wait seconds */
  constructor(status, message, field = null, wait = 0) {
    super(message);
    this.status = status;
    this.field = field;
    this.wait = wait;
  }
}

/** Whose browser this is. @type {{ website: string, token: string | null, contact: number }} */
export const who = { website: "", token: null, contact: 0 };

/** @param {string} path @param {Record<string, string | number>} [query] */
const address = (path, query = {}) =>
  `/api/v1/widget/${path}?${new URLSearchParams({ website_token: who.website, ...query })}`;

/**
 * @param {string} method
 * @param {string} path
 * @param {{ query?: Record<string, string | number>, body?: unknown, form?: FormData }} [options]
 */
async function call(method, path, { query, body, form } = {}) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(address(path, query), {
      method,
      credentials: "omit",
      headers: {
        accept: "application/json",
        ...(who.token ? { "x-auth-token": who.token } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
  } catch {
    throw new ApiError(0, "No connection.");
  }
  const text = await answer.text();
  /** @type {any} */
  let read = null;
  try {
    read = text ? JSON.parse(text) : null;
  } catch {
    read = null;
  }
  if (answer.ok) return read;
  const message = read?.message ?? `The server answered ${answer.status}.`;
  const wait = Number(answer.headers.get("retry-after")) || 0;
  throw new ApiError(answer.status, message, read?.field ?? null, wait);
}

export const begin = () => call("POST", "config");
export const members = async () => (await call("GET", "inbox_members")).payload;
export const conversation = () => call("GET", "conversations");

/** @param {Record<string, number>} [query] @returns {Promise<{ payload: any[], meta: any }>} */
export const messages = (query) => call("GET", "messages", { query });

/** @param {unknown} body */
export const createConversation = (body) => call("POST", "conversations", { body });

/** @param {Record<string, unknown>} message */
export const createMessage = (message) => call("POST", "messages", { body: { message } });

/** @param {Record<string, string>} message @param {File[]} files */
export function uploadMessage(message, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(message)) if (value) form.set(`message[${name}]`, value);
  for (const file of files) form.append("message[attachments][]", file, file.name);
  return call("POST", "messages", { form });
}

/** @param {number} id @param {number} rating @param {string} feedback */
export const rate = (id, rating, feedback) =>
  call("PATCH", `messages/${id}`, {
    body: {
      message: {
        submitted_values: { csat_survey_response: { rating, feedback_message: feedback || null } },
      },
    },
  });

export const seen = () => call("POST", "conversations/update_last_seen");

/** @param {boolean} on */
export const typing = (on) =>
  call("POST", "conversations/toggle_typing", { body: { typing_status: on ? "on" : "off" } });

export const end = () => call("GET", "conversations/toggle_status");
export const opened = () => call("POST", "events", { body: { name: "webwidget.triggered" } });

/** @param {unknown} body */
export const setUser = (body) => call("PATCH", "contact/set_user", { body });

/** @param {unknown} body */
export const updateContact = (body) => call("PATCH", "contact", { body });

/** @param {string} name */
export const forgetContactAttribute = (name) =>
  call("POST", "contact/destroy_custom_attributes", { body: { custom_attributes: [name] } });

/** @param {unknown} attributes */
export const setAttributes = (attributes) =>
  call("POST", "conversations/set_custom_attributes", { body: { custom_attributes: attributes } });

/** @param {string} name */
export const forgetAttribute = (name) =>
  call("POST", "conversations/destroy_custom_attributes", { body: { custom_attribute: [name] } });

/** @param {string} label */
export const addLabel = (label) => call("POST", "labels", { body: { label } });

/** @param {string} label */
export const removeLabel = (label) => call("DELETE", `labels/${encodeURIComponent(label)}`);

/** The operations of the API that the apps' pages use. */
import { ACCOUNT, ApiError, call } from "streamdesk/api.js";

/**
 * @typedef {{ title?: string, description?: string, type?: string, default?: unknown }} Setting
 * @typedef {{
 *   id: number, app_id: string, inbox: { id: number, name: string } | null, status: boolean,
 *   settings: Record<string, unknown>, last_error: string | null
 * }} Hook
 * @typedef {{
 *   id: string, name: string, description: string, hook_type: "account" | "inbox",
 *   enabled: boolean, secret_settings: string[], hooks: Hook[],
 *   settings_json_schema: { properties: Record<string, Setting>, required?: string[] }
 * }} App
 * @typedef {{ id: number, name: string }} Inbox
 */

const HOOKS = `${ACCOUNT}/integrations/hooks`;

/** @returns {Promise<App[]>} */
export const listApps = async () => (await call("GET", `${ACCOUNT}/integrations/apps`)).payload;

/** @returns {Promise<Inbox[]>} */
export const listInboxes = async () => (await call("GET", `${ACCOUNT}/inboxes`)).payload;

/** @param {string} appId @param {number | null} hookId @returns {Promise<{ app: App, hook: Hook | null }>} */
export async function getHook(appId, hookId) {
  const app = (await listApps()).find((one) => one.id === appId);
  const hook = app?.hooks.find((one) => one.id === hookId) ?? null;
  if (!app || (hookId !== null && !hook)) throw new ApiError(404, "There is no such app.");
  return { app, hook };
}

/** @param {number | null} id @param {object} body @returns {Promise<Hook>} */
export const saveHook = (id, body) =>
  call(id === null ? "POST" : "PATCH", id === null ? HOOKS : `${HOOKS}/${id}`, { body });

/** @param {number} id */
export const deleteHook = (id) => call("DELETE", `${HOOKS}/${id}`);

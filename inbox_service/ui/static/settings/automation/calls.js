/** The operations of the API that the automation page uses. */
import { ACCOUNT, call } from "streamdesk/api.js";

/** @typedef {import("../../types").Rule} Rule */
/** @typedef {import("../../types").Run} Run */

const RULES = `${ACCOUNT}/automation_rules`;

/** @returns {Promise<Rule[]>} */
export const listRules = async () => (await call("GET", RULES)).payload;

/** @param {number} id @returns {Promise<Rule>} */
export const getRule = async (id) => (await call("GET", `${RULES}/${id}`)).payload;

/** @param {unknown} body @returns {Promise<Rule>} */
export const createRule = (body) => call("POST", RULES, { body });

/** @param {number} id @param {unknown} body @returns {Promise<Rule>} */
export const updateRule = async (id, body) =>
  (await call("PATCH", `${RULES}/${id}`, { body })).payload;

/** @param {number} id @returns {Promise<Rule>} */
export const cloneRule = async (id) => (await call("POST", `${RULES}/${id}/clone`)).payload;

/** @param {number} id */
export const deleteRule = (id) => call("DELETE", `${RULES}/${id}`);

/** @param {number} id @param {number | null} before @returns {Promise<Run[]>} */
export const listRuns = async (id, before = null) =>
  (await call("GET", `${RULES}/${id}/runs`, { query: { before } })).payload;

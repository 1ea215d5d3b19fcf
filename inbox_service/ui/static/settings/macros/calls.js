/** The operations of the API that the macros' page uses. */
import { ACCOUNT, call } from "streamdesk/api.js";
import { boot } from "streamdesk/boot.js";
import { newAction } from "streamdesk/settings/automation/draft.js";

/** @typedef {import("../../types").Macro} Macro */

const MACROS = `${ACCOUNT}/macros`;

/** Your own and everybody's. @returns {Promise<Macro[]>} */
export const listMacros = async () => (await call("GET", MACROS)).payload;

/** @param {number | null} id @returns {Promise<Macro>} */
export async function getMacro(id) {
  if (id !== null) return (await call("GET", `${MACROS}/${id}`)).payload;
  const { name } = boot.user;
  return {
    id: 0,
    name: "",
    visibility: "personal",
    actions: [newAction()],
    created_by: { id: boot.user.id, name, available_name: name },
  };
}

/** @param {Macro} macro @returns {Promise<Macro>} */
export async function saveMacro({ id, name, visibility, actions }) {
  const path = id ? `${MACROS}/${id}` : MACROS;
  return (await call(id ? "PATCH" : "POST", path, { body: { name, visibility, actions } })).payload;
}

/** @param {number} id */
export const deleteMacro = (id) => call("DELETE", `${MACROS}/${id}`);

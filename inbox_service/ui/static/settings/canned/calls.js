/** The operations of the API that the canned replies' page uses. */
import { ACCOUNT, ApiError, call } from "streamdesk/api.js";

/** @typedef {{ id: number, short_code: string, content: string }} Reply */

const REPLIES = `${ACCOUNT}/canned_responses`;

/** @returns {Promise<Reply[]>} */
export const listReplies = () => call("GET", REPLIES);

/** @param {number | null} id @returns {Promise<Reply>} */
export async function getReply(id) {
  if (id === null) return { id: 0, short_code: "", content: "" };
  const found = (await listReplies()).find((one) => one.id === id);
  if (!found) throw new ApiError(404, "There is no such canned reply.");
  return found;
}

/** @param {Reply} reply @returns {Promise<Reply>} */
export const saveReply = ({ id, short_code, content }) =>
  call(id ? "PATCH" : "POST", id ? `${REPLIES}/${id}` : REPLIES, { body: { short_code, content } });

/** @param {number} id */
export const deleteReply = (id) => call("DELETE", `${REPLIES}/${id}`);

/** Sends a message with files, telling how much has gone out. */
import { ACCOUNT, ApiError, errorOf } from "streamdesk/api.js";

/**
 * @param {number} conversation
 * @param {{ content: string, private: boolean, echo_id: string }} message
 * @param {File[]} files
 * @param {(share: number) => void} progress from 0 to 1
 * @returns {Promise<import("./types").Message>}
 */
export function uploadMessage(conversation, message, files, progress) {
  const form = new FormData();
  form.set("content", message.content);
  form.set("private", String(message.private));
  form.set("echo_id", message.echo_id);
  for (const file of files) form.append("attachments[]", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${ACCOUNT}/conversations/${conversation}/messages`);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) =>
      event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError(0, "No connection."));
    request.onload = () => {
      const ok = request.status >= 200 && request.status < 300;
      if (ok) resolve(JSON.parse(request.responseText));
      else
        reject(
          errorOf(request.status, request.responseText, request.getResponseHeader("x-request-id")),
        );
    };
    request.send(form);
  });
}

/** What did not load: what happened, what is safe, the request to name, and another try. */
import { Icon } from "streamdesk/components/Icon.js";
import { clockWithSeconds } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";

/** @typedef {import("../api.js").ApiError} ApiError */

/** @param {ApiError | null} error */
function happened(error) {
  if (!error?.status) return "There is no connection to the server.";
  const said = error.message.replace(/\.?$/, ".");
  const named = error.status < 500 || said.includes(String(error.status));
  return named ? said : `The server answered ${error.status}: ${said}`;
}

/** @param {{ title: string, safe: string, error: ApiError | null, again?: () => void }} props */
export function Failure({ title, safe, error, again }) {
  const request = error?.requestId ? `Request ${error.requestId} at ` : "At ";
  return html`<div class="blank" role="alert">
    <span class="av xl bad"><${Icon} name=${error?.status ? "error" : "offline"} /></span>
    <h2>${title}</h2>
    <p>${happened(error)} ${safe}</p>
    ${error ? html`<p class="sm low num">${request}${clockWithSeconds(error.at)}</p>` : null}
    ${
      again
        ? html`<div class="acts">
          <button type="button" class="btn" onClick=${again}>
            <${Icon} name="retry" />Try again
          </button>
        </div>`
        : null
    }
  </div>`;
}

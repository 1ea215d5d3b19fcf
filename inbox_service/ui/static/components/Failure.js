/** What did not load: what happened, what is safe, the request to name, and another try. */
import { Icon } from "streamdesk/components/Icon.js";
import { clockWithSeconds } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";

/** @param {{ title: string, safe: string, error: import("../api.js").ApiError | null, again?: () => void }} props */
export function Failure({ title, safe, error, again }) {
  const what = !error || error.status === 0 ? "There is no connection to the server." : error.message.replace(/\.?$/, ".");
  const answered = error && error.status >= 500 && !error.message.includes(String(error.status));
  return html`<div class="blank" role="alert"><span class="av xl bad"><${Icon} name=${error?.status ? "error" : "offline"} /></span>
    <h2>${title}</h2><p>${answered ? `The server answered ${error.status}: ` : ""}${what} ${safe}</p>
    ${error ? html`<p class="sm low num">${error.requestId ? `Request ${error.requestId} at ` : "At "}${clockWithSeconds(error.at)}</p>` : null}
    ${again ? html`<div class="acts"><button type="button" class="btn" onClick=${again}><${Icon} name="retry" />Try again</button></div>` : null}</div>`;
}

/** The inbox page starts here. */
import { render } from "preact";
import { ApiError } from "streamdesk/api.js";
import { App } from "streamdesk/components/App.js";
import { html } from "streamdesk/html.js";
import { startKeys } from "streamdesk/keys.js";
import { startClock } from "streamdesk/store/clock.js";
import { loadCounts } from "streamdesk/store/counts.js";
import { loadDirectory } from "streamdesk/store/directory.js";
import { startList } from "streamdesk/store/list.js";
import { startLive } from "streamdesk/store/live.js";
import { startNotices } from "streamdesk/store/notices.js";
import { startOpening } from "streamdesk/store/opening.js";
import { followOpen } from "streamdesk/store/panes.js";
import { restoreOutbox } from "streamdesk/store/sending.js";

const DIRECTORY_AGAIN = 5000;

async function directory() {
  try {
    await loadDirectory();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    setTimeout(directory, DIRECTORY_AGAIN);
  }
}

const root = /** @type {HTMLElement} */ (document.getElementById("root"));
root.replaceChildren();
restoreOutbox();
directory();
loadCounts();
startList();
startOpening();
startNotices();
startLive();
startClock();
startKeys();
followOpen();
render(html`<${App} />`, root);

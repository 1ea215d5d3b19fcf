/** An empty list: why it is empty, and where to go. */
import { stopSeeking } from "streamdesk/components/Seek.js";
import { html } from "streamdesk/html.js";
import { view } from "streamdesk/route.js";
import { show } from "streamdesk/store/moving.js";

const EMPTY = {
  open: ["All answered", "The next message appears here."],
  pending: ["Nothing pending", "What waits for somebody else stands here."],
  snoozed: ["Nothing snoozed", "What you snooze waits here until its time."],
  resolved: ["Nothing resolved", "What you resolve moves here."],
  all: ["Nothing here yet", "The first message appears here."],
};

/** @param {{ label: string, run: () => void }} props */
const Way = ({ label, run }) => html`
  <div class="acts"><button type="button" class="btn" onClick=${run}>${label}</button></div>
`;

export function Nothing() {
  const { q, status, who, inbox, team, label } = view.value;
  if (q) {
    return html`<div class="blank">
      <h2>Nothing for “${q}”</h2>
      <p>No message and no name in your conversations has these words.</p>
      <${Way} label="Clear the search" run=${stopSeeking} />
    </div>`;
  }
  const [title, about] = EMPTY[status];
  const narrowed = status !== "open" || who !== "all" || inbox || team || label;
  return html`<div class="blank">
    <h2>${title}</h2>
    <p>${about}</p>
    ${narrowed ? html`<${Way} label="Show all open" run=${() => show({})} />` : null}
  </div>`;
}

/** What several of the widget's views share: heads, and the line at the bottom. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { IconButton } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { line, tryNow } from "streamdesk/widget/line.js";
import * as session from "streamdesk/widget/session.js";
import { backAt, replyTime } from "streamdesk/widget/words.js";
import { Icon } from "streamdesk/components/Icon.js";

export const Made = () => html`<p class="made">Runs on Streamdesk</p>`;

export const CloseButton = () => html`
  <${IconButton} icon="x" label="Close the chat" onClick=${session.close} />
`;

/** What stands under the name: whether somebody is there, or when. */
export function standing() {
  const settings = session.config.value;
  if (!settings) return "";
  const { availability } = settings;
  if (availability.open === false && !session.someoneIsThere.value)
    return backAt(availability, Date.now() / 1000);
  if (session.partner.value?.presence === "online") return "Online";
  return `Answers in ${replyTime(settings)}`;
}

/**
 * @param {{ boot: any, title?: string, text?: string, alone?: boolean, children?: unknown }} props
 */
export function Head({ boot, title, text, alone, children }) {
  const partner = session.partner.value;
  const there = partner ? partner.presence === "online" : session.someoneIsThere.value;
  const name = title ?? partner?.name ?? boot.name;
  const home = () => (session.screen.value = "home");
  return html`<header>
    <span><${IconButton} icon="back" label="Back" onClick=${home} /></span>
    <${Avatar}
      id=${partner?.id ?? boot.name}
      name=${partner?.name ?? boot.name}
      presence=${there ? "online" : "busy"}
    />
    <div class="cut">
      <h1 class="cut">${name}</h1>
      <p class="sm cut">${text ?? standing()}</p>
    </div>
    ${children}
    ${alone ? null : html`<${CloseButton} />`}
  </header>`;
}

/** The line is down: said once it matters, and how to hurry. */
export function Offline() {
  if (line.value !== "off") return null;
  return html`<div class="notice warn banner" role="status">
    <${Icon} name="offline" />
    <span>No connection. What you write goes out when it is back.</span>
    <button type="button" class="link" onClick=${tryNow}>Try now</button>
  </div>`;
}

/** The greeting: who is there, and the ways on. */
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { CloseButton, Made, Offline } from "streamdesk/widget/Parts.js";
import * as session from "streamdesk/widget/session.js";
import * as talk from "streamdesk/widget/conversation.js";
import { backAt, replyTime, said } from "streamdesk/widget/words.js";

const FACES = 3;

function Last() {
  const last = talk.messages.value.findLast((m) => m.content);
  if (!talk.conversation.value || !last) return null;
  const unread = talk.unread.value;
  const name = talk.isOurs(last) ? (last.sender?.name ?? "Automatic message") : "You";
  const who = talk.isOurs(last) ? last.sender : session.partner.value;
  return html`<button type="button" class="tile" onClick=${session.goOn}>
    <${Avatar} id=${who?.id ?? name} name=${who?.name ?? name} />
    <div>
      <p class="cut">
        <b class="strong">${name}</b>${" "}
        <span class="low sm">${said(last.created_at, Date.now() / 1000)}</span>
      </p>
      <p class="cut sub" dir="auto">${last.content}</p>
    </div>
    ${unread ? html`<b class="badge">${unread}<span class="sr"> unread</span></b>` : null}
  </button>`;
}

/** @param {{ alone: boolean }} props */
export function Home({ alone }) {
  const settings = session.config.value;
  const away = settings?.availability.open === false && !session.someoneIsThere.value;
  const when = away
    ? backAt(settings.availability, Date.now() / 1000)
    : `We answer in ${replyTime(settings)}`;
  const title = settings?.welcome_title || "Hello. How can we help?";
  return html`
    <header class="tall">
      <div class="row">
        <div class="stack">
          ${session.agents.value
            .slice(0, FACES)
            .map((agent) => html`<${Avatar} key=${agent.id} id=${agent.id} name=${agent.name} />`)}
        </div>
        <span class="push"></span>
        ${alone ? null : html`<${CloseButton} />`}
      </div>
      <h1 class="hi" dir="auto">${title}</h1>
      ${settings?.welcome_tagline ? html`<p class="tag-line" dir="auto">${settings.welcome_tagline}</p>` : null}
    </header>
    <div class="body lift">
      <${Last} />
      ${
        talk.conversation.value
          ? null
          : html`<button type="button" class="tile" disabled=${!settings} onClick=${session.goOn}>
            <div>
              <b class="strong">Send us a message</b>
              <p class="sm low">${settings ? when : "Connecting"}</p>
            </div>
            <${Icon} name="send" />
          </button>`
      }
      <${Offline} />
    </div>
    <${Made} />
  `;
}

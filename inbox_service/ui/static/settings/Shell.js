/** The frame of the settings: sections on the canvas, one page of them on the sheet. */
import { useEffect } from "preact/hooks";
import { boot } from "streamdesk/boot.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { Told } from "streamdesk/settings/Told.js";
import { Blank, Top } from "streamdesk/settings/parts.js";
import { addressOf, follows, INBOX, pane, place } from "streamdesk/settings/place.js";
import { GROUPS, SECTIONS } from "streamdesk/settings/sections.js";

/** @param {{ one: import("./sections.js").Section, here: boolean }} props */
const Link = ({ one, here }) => html`<li>
  <a
    class="nav"
    href=${addressOf(one.id)}
    aria-current=${here ? "page" : null}
    onClick=${follows(one.id)}
    ><${Icon} name=${one.icon} />${one.title}</a
  >
</li>`;

/** @param {{ group: string, at: string | undefined }} props */
function Group({ group, at }) {
  const here = SECTIONS.filter((one) => one.group === group);
  if (!here.length) return null;
  return html`
    <p class="head" id=${`nav-${group}`}>${group}</p>
    <ul aria-labelledby=${`nav-${group}`}>
      ${here.map((one) => html`<${Link} key=${one.id} one=${one} here=${one.id === at} />`)}
    </ul>
  `;
}

/** @param {{ id: string | undefined }} props */
function Nowhere({ id }) {
  const nothing = SECTIONS.length === 0;
  return html`
    <${Top} title="Settings" />
    <div class="form">
      <${Blank}
        title=${nothing ? "Nothing to set here" : "There is no such section"}
        text=${
          nothing
            ? "The settings are the administrators'. Ask one of them."
            : `The settings have no section “${id}”, or it is the administrators'.`
        }
      />
    </div>
  `;
}

export function Shell() {
  const [asked, ...rest] = place.value;
  const id = asked ?? SECTIONS[0]?.id;
  const section = SECTIONS.find((one) => one.id === id);
  const title = section?.title ?? "Settings";
  useEffect(() => {
    document.title = `${title} · ${boot.account.name} · Streamdesk`;
    const here = document.querySelector(".rail [aria-current]");
    here?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [title]);
  return html`
    <a class="skip btn" href="#settings">Skip to the settings</a>
    <div class="frame">
      <nav class="rail" aria-label="Settings">
        <a class="nav" href=${INBOX}><${Icon} name="back" />Inbox</a>
        ${GROUPS.map((group) => html`<${Group} key=${group} group=${group} at=${id} />`)}
      </nav>
      <main class="page" id="settings" tabindex="-1" data-pane=${pane.value}>
        ${
          section
            ? html`<${section.Page} key=${section.id} rest=${rest} />`
            : html`<${Nowhere} id=${id} />`
        }
      </main>
    </div>
    <${Told} />
  `;
}

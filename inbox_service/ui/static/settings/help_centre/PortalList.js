/** The account's help centres. */
import { Icon } from "streamdesk/components/Icon.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { listPortals } from "streamdesk/settings/help_centre/calls.js";
import { placeOf } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

const Add = () => html`<button
  type="button"
  class="btn primary"
  onClick=${() => go("help_centre/new")}
>
  <${Icon} name="plus" />New help centre
</button>`;

/** @param {{ one: import("./calls.js").Portal }} props */
function Row({ one }) {
  const path = placeOf(one.slug);
  return html`<li class="thing">
    <${Icon} name="globe" class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${one.name}</span>
      <span class="sm sub cut">/hc/${one.slug} · ${one.config.allowed_locales.map((l) => l.code).join(", ")}</span>
    </a>
    ${one.archived ? html`<span class="pill">Archived</span>` : html`<span class="pill good">Open</span>`}
    <span class="sm low num desk">${plural(one.meta.all_articles_count, "article")}</span>
  </li>`;
}

export function PortalList() {
  const { value, error, again } = useLoaded(listPortals);
  return html`
    <${Top} title="Help centre">
      <span class="push"></span>
      ${value?.length ? html`<${Add} />` : null}
    <//>
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The help centres" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank}
            title="No help centre yet"
            text="Articles that answer before anybody has to write: public pages in your languages."
          >
            <${Add} />
          <//>`
          : null
      }
      ${
        value?.length
          ? html`<ul class="things" aria-label="Help centres">
              ${value.map((one) => html`<${Row} key=${one.id} one=${one} />`)}
            </ul>`
          : null
      }
    </div>
  `;
}

/** The categories of a help centre. */
import { Icon } from "streamdesk/components/Icon.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { getPortal, listCategories } from "streamdesk/settings/help_centre/calls.js";
import { placeOf, Ways } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

/** @param {{ slug: string }} props */
const Add = ({ slug }) => html`<button
  type="button"
  class="btn primary"
  onClick=${() => go(placeOf(slug, "/categories/new"))}
>
  <${Icon} name="plus" />New category
</button>`;

/** @param {{ slug: string, one: import("./calls.js").Category }} props */
function Row({ slug, one }) {
  const path = placeOf(slug, `/categories/${one.id}`);
  return html`<li class="thing">
    <span aria-hidden="true">${one.icon ?? ""}</span>
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${one.name}</span>
      ${one.description ? html`<span class="sm sub cut" dir="auto">${one.description}</span>` : null}
    </a>
    <span class="pill">${one.locale}</span>
    <span class="sm low num desk">${plural(one.meta.articles_count, "article")}</span>
  </li>`;
}

/** @param {{ slug: string }} props */
export function CategoryList({ slug }) {
  const { value, error, again } = useLoaded(
    async () => ({ portal: await getPortal(slug), categories: await listCategories(slug) }),
    slug,
  );
  const found = value?.categories ?? [];
  return html`
    <${Top} title=${value?.portal.name ?? ""} under=${["help_centre", "Help centre"]}>
      <span class="push"></span>
      ${found.length ? html`<${Add} slug=${slug} />` : null}
    <//>
    <div class="form wide">
      <${Ways} slug=${slug} at="/categories" archived=${value?.portal.archived} />
      ${error ? html`<${Unloaded} what="The categories" error=${error} again=${again} />` : null}
      ${
        value && !found.length
          ? html`<${Blank}
            title="No categories yet"
            text="Shelves for the articles: on the first page each shows its first five."
          >
            <${Add} slug=${slug} />
          <//>`
          : null
      }
      ${
        found.length
          ? html`<ul class="things" aria-label="Categories">
              ${found.map((one) => html`<${Row} key=${one.id} slug=${slug} one=${one} />`)}
            </ul>`
          : null
      }
    </div>
  `;
}

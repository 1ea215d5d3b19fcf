/** The articles of a help centre, whatever their state. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { ago, number, plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { getPortal, listArticles } from "streamdesk/settings/help_centre/calls.js";
import { placeOf, Ways } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

const PAGE = 25;
const LOOKS = { draft: "pill warn", published: "pill good", archived: "pill" };
const WORDS = { draft: "Draft", published: "Published", archived: "Archived" };
const STATES = /** @type {const} */ (["", "draft", "published", "archived"]);

/** @param {{ slug: string }} props */
const Add = ({ slug }) => html`<button
  type="button"
  class="btn primary"
  onClick=${() => go(placeOf(slug, "/articles/new"))}
>
  <${Icon} name="plus" />New article
</button>`;

/** @param {{ slug: string, one: import("./calls.js").Article }} props */
function Row({ slug, one }) {
  const path = placeOf(slug, `/articles/${one.id}`);
  return html`<li class="thing">
    <${Icon} name="file" class="low" />
    <a href=${addressOf(path)} onClick=${follows(path)}>
      <span class="strong cut" dir="auto">${one.title}</span>
      <span class="sm sub cut" dir="auto">
        ${one.category?.name ?? "In no category"} · ${one.locale} · ${plural(one.views, "view")}
      </span>
    </a>
    <span class=${LOOKS[one.status]}>${WORDS[one.status]}</span>
    <span class="sm low num desk">${ago(one.updated_at, Date.now() / 1000)}</span>
  </li>`;
}

/** @param {{ slug: string, asked: { page: number, query: string, status: string }, turn: (page: number) => void }} props */
function Found({ slug, asked, turn }) {
  const { value, error, again } = useLoaded(
    () => listArticles(slug, asked),
    `${asked.page} ${asked.status} ${asked.query}`,
  );
  if (error) return html`<${Unloaded} what="The articles" error=${error} again=${again} />`;
  if (!value) return null;
  const { payload, meta } = value;
  const pages = Math.ceil(meta.articles_count / PAGE);
  if (!meta.all_articles_count)
    return html`<${Blank}
      title="No articles yet"
      text="An article is a draft until you publish it; nobody outside sees drafts."
    >
      <${Add} slug=${slug} />
    <//>`;
  return html`
    <p class="sm low num" role="status">${plural(meta.articles_count, "article")}</p>
    ${payload.length ? null : html`<${Blank} title="No match" text="Look for other words, or in another state." />`}
    <ul class="things" aria-label="Articles">
      ${payload.map((one) => html`<${Row} key=${one.id} slug=${slug} one=${one} />`)}
    </ul>
    ${
      pages > 1
        ? html`<p class="acts-row">
            <button type="button" class="btn" disabled=${asked.page === 1} onClick=${() => turn(asked.page - 1)}>
              Earlier
            </button>
            <button type="button" class="btn" disabled=${asked.page >= pages} onClick=${() => turn(asked.page + 1)}>
              More
            </button>
            <span class="sm low num">Page ${number(asked.page)} of ${number(pages)}</span>
          </p>`
        : null
    }
  `;
}

/** @param {{ slug: string }} props */
export function ArticleList({ slug }) {
  const { value, error, again } = useLoaded(() => getPortal(slug), slug);
  const asked = useSignal({ page: 1, query: "", status: "" });
  const words = useSignal("");
  return html`
    <${Top} title=${value?.name ?? ""} under=${["help_centre", "Help centre"]}>
      <span class="push"></span>
      ${value?.meta.all_articles_count ? html`<${Add} slug=${slug} />` : null}
    <//>
    <div class="form wide">
      <${Ways} slug=${slug} at="" archived=${value?.archived} />
      ${error ? html`<${Unloaded} what="The help centre" error=${error} again=${again} />` : null}
      ${
        value?.meta.all_articles_count
          ? html`<form
              class="seeking"
              role="search"
              onSubmit=${(/** @type {SubmitEvent} */ event) => {
                event.preventDefault();
                asked.value = { ...asked.value, page: 1, query: words.value.trim() };
              }}
            >
              <input
                class="in"
                type="search"
                aria-label="Search articles"
                placeholder="Search"
                maxlength="200"
                value=${words.value}
                onInput=${(/** @type {InputEvent} */ event) =>
                  (words.value = /** @type {HTMLInputElement} */ (event.currentTarget).value)}
              />
              <select
                class="in"
                aria-label="State"
                onChange=${(/** @type {Event} */ event) =>
                  (asked.value = {
                    ...asked.value,
                    page: 1,
                    status: /** @type {HTMLSelectElement} */ (event.currentTarget).value,
                  })}
              >
                ${STATES.map((one) => html`<option value=${one}>${one ? WORDS[one] : "All states"}</option>`)}
              </select>
            </form>`
          : null
      }
      ${
        value
          ? html`<${Found}
              slug=${slug}
              asked=${asked.value}
              turn=${(/** @type {number} */ page) => (asked.value = { ...asked.value, page })}
            />`
          : null
      }
    </div>
  `;
}

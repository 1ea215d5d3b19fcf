/** One article: its text, where it stands, whether it is published; beside it how it will look. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { deleteArticle, getArticle, getPortal, listCategories, saveArticle } from "streamdesk/settings/help_centre/calls.js";
import { Choice, Languages } from "streamdesk/settings/help_centre/Choice.js";
import { Preview } from "streamdesk/settings/help_centre/Preview.js";
import { placeOf } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Top, Unloaded } from "streamdesk/settings/parts.js";
import { go, pane, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { toast } from "streamdesk/store/toasts.js";

/**
 * @typedef {import("./calls.js").Article} Article
 * @typedef {import("./calls.js").Portal} Portal
 * @typedef {import("./calls.js").Category} Category
 */

const STATES = /** @type {[string, string][]} */ ([
  ["draft", "Draft: only colleagues see it"],
  ["published", "Published: everybody can read it"],
  ["archived", "Archived: nobody outside sees it any more"],
]);

/** @param {{ portal: Portal, article: Article | null, categories: Category[] }} props */
function Form({ portal, article, categories }) {
  const first = useSignal({
    title: article?.title ?? "",
    slug: article?.slug ?? "",
    description: article?.description ?? "",
    content: article?.content ?? "",
    status: /** @type {string} */ (article?.status ?? "draft"),
    locale: article?.locale ?? portal.config.default_locale,
    category_id: String(article?.category_id ?? ""),
  });
  const draft = useSignal(first.value);
  const { busy, trying, at } = useTrying();
  const changed = draft.value !== first.value;
  const set = (/** @type {Partial<typeof draft.value>} */ part) => {
    draft.value = { ...draft.value, ...part };
    unsaved.value = true;
  };
  const back = (/** @type {string} */ said) => {
    unsaved.value = false;
    toast(said);
    go(placeOf(portal.slug));
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const body = { ...draft.value, category_id: draft.value.category_id || null };
      back(`Saved ${(await saveArticle(portal.slug, article?.id ?? null, body)).title}`);
    });
  };
  const drop = () => {
    if (!article || !confirm(`Delete ${article.title}? Archiving keeps it.`)) return;
    trying(async () => {
      await deleteArticle(portal.slug, article.id);
      back(`Deleted ${article.title}`);
    });
  };
  const text = (/** @type {keyof typeof draft.value} */ name, /** @type {object} */ more) => html`<${Field}
    id=${`article-${name}`}
    value=${draft.value[name]}
    wrong=${at(name)}
    onInput=${(/** @type {string} */ value) => set({ [name]: value })}
    ...${more}
  />`;
  const choice = (/** @type {keyof typeof draft.value} */ name) => ({
    id: `article-${name}`,
    value: draft.value[name],
    wrong: at(name),
    onChange: (/** @type {string} */ value) => set({ [name]: value }),
  });
  const shelves = categories.filter((one) => one.locale === draft.value.locale);
  const options = /** @type {[string, string][]} */ ([
    ["", "None"],
    ...shelves.map((one) => [String(one.id), one.name]),
  ]);
  return html`
    <form class="form" id="article-form" onSubmit=${save} noValidate>
      <${Part} id="article-text" title=${article ? "What it says" : "New article"}>
        ${text("title", { label: "Title" })}
        ${text("description", { label: "Summary", hint: "Shown in lists and by search engines" })}
        ${text("content", { label: "Text", long: true, rows: 16, hint: "Markdown: # heading, **strong**, [link](https://…), - list" })}
      <//>
      <${Part} id="article-where" title="Where it stands">
        <${Choice} label="State" options=${STATES} ...${choice("status")} />
        <${Languages} portal=${portal} ...${choice("locale")} onChange=${(/** @type {string} */ value) => set({ locale: value, category_id: "" })} />
        <${Choice} label="Category" options=${options} ...${choice("category_id")} />
        ${text("slug", { label: "Address", hint: "Left empty, it is made of the title", autocomplete: "off" })}
      <//>
    </form>
    <${Preview} slug=${portal.slug} title=${draft.value.title} content=${draft.value.content} />
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${article ? html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>` : null}
      <span class="push"></span>
      <button
        type="button"
        class="btn narrow"
        aria-pressed=${pane.value === "dry"}
        onClick=${() => (pane.value = pane.value === "dry" ? null : "dry")}
      >
        <${Icon} name="eye" />Preview
      </button>
      <button form="article-form" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ slug: string, id: number | null }} props */
export function ArticleEditor({ slug, id }) {
  useEffect(
    () => () => {
      pane.value = null;
    },
    [],
  );
  const { value, error, again } = useLoaded(
    async () => ({
      portal: await getPortal(slug),
      article: id === null ? null : await getArticle(slug, id),
      categories: await listCategories(slug),
    }),
    id,
  );
  return html`
    <${Top} title=${value?.article?.title ?? "New"} under=${[placeOf(slug), "Articles"]}>
      <span class="push"></span>
      ${
        value?.article?.status === "published"
          ? html`<a
              class="btn ghost"
              href=${`/hc/${encodeURIComponent(slug)}/articles/${encodeURIComponent(value.article.slug)}`}
              target="_blank"
              rel="noopener"
              ><${Icon} name="open" />Public page<span class="sr"> (opens a new tab)</span></a
            >`
          : null
      }
    <//>
    ${
      error
        ? html`<div class="form wide"><${Unloaded} what="The article" error=${error} again=${again} /></div>`
        : null
    }
    ${
      value
        ? html`<${Form} portal=${value.portal} article=${value.article} categories=${value.categories} />`
        : null
    }
  `;
}

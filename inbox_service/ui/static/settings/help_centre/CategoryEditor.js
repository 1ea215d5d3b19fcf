/** One category: its name, icon, language and place. */
import { useSignal } from "@preact/signals";
import { html } from "streamdesk/html.js";
import { deleteCategory, getCategory, getPortal, saveCategory } from "streamdesk/settings/help_centre/calls.js";
import { Languages } from "streamdesk/settings/help_centre/Choice.js";
import { placeOf } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Top, Unloaded } from "streamdesk/settings/parts.js";
import { go, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { toast } from "streamdesk/store/toasts.js";

/** @param {{ portal: import("./calls.js").Portal, category: import("./calls.js").Category | null }} props */
function Form({ portal, category }) {
  const first = useSignal({
    name: category?.name ?? "",
    slug: category?.slug ?? "",
    icon: category?.icon ?? "",
    description: category?.description ?? "",
    locale: category?.locale ?? portal.config.default_locale,
    position: category ? String(category.position) : "",
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
    go(placeOf(portal.slug, "/categories"));
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const { position, ...rest } = draft.value;
      const body = position.trim() ? { ...rest, position: position.trim() } : rest;
      back(`Saved ${(await saveCategory(portal.slug, category?.id ?? null, body)).name}`);
    });
  };
  const drop = () => {
    if (!category || !confirm(`Delete ${category.name}? Its articles stay, in no category.`)) return;
    trying(async () => {
      await deleteCategory(portal.slug, category.id);
      back(`Deleted ${category.name}`);
    });
  };
  const text = (/** @type {keyof typeof draft.value} */ name, /** @type {object} */ more) => html`<${Field}
    id=${`category-${name}`}
    value=${draft.value[name]}
    wrong=${at(name)}
    onInput=${(/** @type {string} */ value) => set({ [name]: value })}
    ...${more}
  />`;
  return html`
    <form class="form wide" id="category-form" onSubmit=${save} noValidate>
      <${Part} id="category-what" title=${category ? "What it is" : "New category"}>
        ${text("name", { label: "Name" })}
        ${text("description", { label: "Description" })}
        ${text("icon", { label: "Icon", hint: "One emoji" })}
        ${text("slug", { label: "Address", hint: "Left empty, it is made of the name", autocomplete: "off" })}
        ${text("position", { label: "Place", hint: "Lower comes first; left empty, it comes last", inputmode: "numeric" })}
        <${Languages}
          id="category-locale"
          portal=${portal}
          value=${draft.value.locale}
          wrong=${at("locale")}
          onChange=${(/** @type {string} */ value) => set({ locale: value })}
        />
      <//>
    </form>
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${category ? html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>` : null}
      <span class="push"></span>
      <button form="category-form" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ slug: string, id: number | null }} props */
export function CategoryEditor({ slug, id }) {
  const { value, error, again } = useLoaded(
    async () => ({
      portal: await getPortal(slug),
      category: id === null ? null : await getCategory(slug, id),
    }),
    id,
  );
  const under = [placeOf(slug, "/categories"), "Categories"];
  return html`
    <${Top} title=${value?.category?.name ?? "New"} under=${under} />
    ${
      error
        ? html`<div class="form wide"><${Unloaded} what="The category" error=${error} again=${again} /></div>`
        : null
    }
    ${value ? html`<${Form} portal=${value.portal} category=${value.category} />` : null}
  `;
}

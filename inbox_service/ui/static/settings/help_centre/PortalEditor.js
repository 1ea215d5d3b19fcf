/** A help centre's name, address, look and languages. */
import { useSignal } from "@preact/signals";
import { html } from "streamdesk/html.js";
import { deletePortal, getPortal, savePortal } from "streamdesk/settings/help_centre/calls.js";
import { placeOf, Ways } from "streamdesk/settings/help_centre/Ways.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Switch, Top, Unloaded } from "streamdesk/settings/parts.js";
import { go, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { toast } from "streamdesk/store/toasts.js";

const LIST = /** @type {[string, string]} */ (["help_centre", "Help centre"]);
const NEW = {
  name: "",
  slug: "",
  header_text: "",
  page_title: "",
  color: "",
  homepage_link: "",
  custom_domain: "",
  locales: "en",
  default_locale: "en",
  archived: false,
};

/** @param {import("./calls.js").Portal} portal */
const draftOf = (portal) => ({
  name: portal.name,
  slug: portal.slug,
  header_text: portal.header_text ?? "",
  page_title: portal.page_title ?? "",
  color: portal.color ?? "",
  homepage_link: portal.homepage_link ?? "",
  custom_domain: portal.custom_domain ?? "",
  locales: portal.config.allowed_locales.map((one) => one.code).join(", "),
  default_locale: portal.config.default_locale,
  archived: portal.archived,
});

/** @param {typeof NEW} draft */
const bodyOf = ({ locales, default_locale, ...draft }) => ({
  ...draft,
  config: {
    allowed_locales: locales.split(/[\s,]+/).filter(Boolean),
    default_locale,
  },
});

/** @param {{ portal: import("./calls.js").Portal | null }} props */
function Form({ portal }) {
  const first = useSignal(portal ? draftOf(portal) : NEW);
  const draft = useSignal(first.value);
  const { busy, trying, at } = useTrying();
  const slug = portal?.slug ?? null;
  const changed = draft.value !== first.value;
  const set = (/** @type {Partial<typeof NEW>} */ part) => {
    draft.value = { ...draft.value, ...part };
    unsaved.value = true;
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const saved = await savePortal(slug, bodyOf(draft.value));
      unsaved.value = false;
      toast(`Saved ${saved.name}`);
      go(placeOf(saved.slug));
    });
  };
  const drop = () => {
    if (!portal || !confirm(`Delete ${portal.name} with all its articles? Archiving keeps them.`)) return;
    trying(async () => {
      await deletePortal(portal.slug);
      unsaved.value = false;
      toast(`Deleted ${portal.name}`);
      go("help_centre");
    });
  };
  const text = (/** @type {keyof typeof NEW} */ name, /** @type {object} */ more) => html`<${Field}
    id=${`portal-${name}`}
    value=${draft.value[name]}
    wrong=${at(name)}
    onInput=${(/** @type {string} */ value) => set({ [name]: value })}
    ...${more}
  />`;
  return html`
    <form class="form wide" id="portal-form" onSubmit=${save} noValidate>
      ${slug === null ? null : html`<${Ways} slug=${slug} at="/about" archived=${portal?.archived} />`}
      <${Part} id="portal-what" title=${slug === null ? "New help centre" : "What it is"}>
        ${text("name", { label: "Name" })}
        ${text("slug", {
          label: "Address",
          hint: "Behind /hc/ : letters, digits and single dashes. Left empty, it is made of the name.",
          autocomplete: "off",
        })}
        ${text("header_text", { label: "Greeting", hint: "The first line of the first page" })}
        ${text("page_title", { label: "Title in the browser's tab" })}
      <//>
      <${Part} id="portal-look" title="Look and links">
        ${text("color", { label: "Colour", hint: "Six hexadecimal digits, such as #176b9c", autocomplete: "off" })}
        ${text("homepage_link", { label: "Your website", type: "url" })}
        ${text("custom_domain", { label: "Own domain", hint: "Such as help.example.com, where your server sends it here", autocomplete: "off" })}
      <//>
      <${Part} id="portal-languages" title="Languages">
        <${Field}
          id="portal-locales"
          label="Languages"
          hint="Codes with commas between them: en, pt_BR, ar"
          value=${draft.value.locales}
          wrong=${at("config.allowed_locales")}
          onInput=${(/** @type {string} */ value) => set({ locales: value })}
        />
        <${Field}
          id="portal-default_locale"
          label="First language"
          value=${draft.value.default_locale}
          wrong=${at("config.default_locale")}
          onInput=${(/** @type {string} */ value) => set({ default_locale: value })}
        />
        ${
          slug === null
            ? null
            : html`<${Switch}
                label="Archived"
                hint="Nobody outside can read it; what is in it stays."
                checked=${draft.value.archived}
                onChange=${(/** @type {boolean} */ on) => set({ archived: on })}
              />`
        }
      <//>
    </form>
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${slug === null ? null : html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>`}
      <span class="push"></span>
      <button form="portal-form" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ slug: string | null }} props */
export function PortalEditor({ slug }) {
  const { value, error, again } = useLoaded(
    async () => ({ portal: slug === null ? null : await getPortal(slug) }),
    slug,
  );
  return html`
    <${Top} title=${value?.portal?.name ?? "New"} under=${LIST} />
    ${
      error
        ? html`<div class="form wide">
          <${Unloaded} what="The help centre" error=${error} again=${again} />
        </div>`
        : null
    }
    ${value ? html`<${Form} portal=${value.portal} />` : null}
  `;
}

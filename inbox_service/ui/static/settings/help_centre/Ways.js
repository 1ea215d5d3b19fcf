/** The ways between the pages of one help centre, and to its public page. */
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { addressOf, follows } from "streamdesk/settings/place.js";

/** @param {string} slug @param {string} [path] */
export const placeOf = (slug, path = "") => `help_centre/${encodeURIComponent(slug)}${path}`;

const PAGES = /** @type {const} */ ([
  ["", "Articles"],
  ["/categories", "Categories"],
  ["/about", "Look and languages"],
]);

/** @param {{ slug: string, at: "" | "/categories" | "/about", archived?: boolean }} props */
export const Ways = ({ slug, at, archived }) => html`<nav class="ways" aria-label="Help centre">
  ${PAGES.map(
    ([path, name]) => html`<a
      key=${path}
      class="btn ghost"
      href=${addressOf(placeOf(slug, path))}
      aria-current=${path === at ? "page" : null}
      onClick=${follows(placeOf(slug, path))}
      >${name}</a
    >`,
  )}
  <span class="push"></span>
  ${
    archived
      ? html`<span class="pill">Archived</span>`
      : html`<a class="btn ghost" href=${`/hc/${encodeURIComponent(slug)}`} target="_blank" rel="noopener"
          ><${Icon} name="open" />Public page<span class="sr"> (opens a new tab)</span></a
        >`
  }
</nav>`;

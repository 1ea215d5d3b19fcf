/** The help centre section: its portals, one of them, or a page of one. */
import { html } from "streamdesk/html.js";
import { ArticleEditor } from "streamdesk/settings/help_centre/ArticleEditor.js";
import { ArticleList } from "streamdesk/settings/help_centre/ArticleList.js";
import { CategoryEditor } from "streamdesk/settings/help_centre/CategoryEditor.js";
import { CategoryList } from "streamdesk/settings/help_centre/CategoryList.js";
import { PortalEditor } from "streamdesk/settings/help_centre/PortalEditor.js";
import { PortalList } from "streamdesk/settings/help_centre/PortalList.js";

/** @param {string} what */
const idOf = (what) => (what === "new" ? null : Number(what));

/** @param {{ rest: string[] }} props */
export function HelpCentre({ rest }) {
  const [slug, what, which] = rest;
  if (!slug) return html`<${PortalList} key="list" />`;
  if (slug === "new") return html`<${PortalEditor} key="new" slug=${null} />`;
  const key = rest.join("/");
  if (what === "about") return html`<${PortalEditor} key=${key} slug=${slug} />`;
  if (what === "categories" && which)
    return html`<${CategoryEditor} key=${key} slug=${slug} id=${idOf(which)} />`;
  if (what === "categories") return html`<${CategoryList} key=${key} slug=${slug} />`;
  if (what === "articles" && which)
    return html`<${ArticleEditor} key=${key} slug=${slug} id=${idOf(which)} />`;
  return html`<${ArticleList} key=${slug} slug=${slug} />`;
}

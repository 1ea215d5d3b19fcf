/** The operations of the API that the help centre's pages use. */
import { ACCOUNT, ApiError, call } from "streamdesk/api.js";

/**
 * @typedef {{ code: string, articles_count: number, categories_count: number }} Language
 * @typedef {{
 *   id: number, name: string, slug: string, color: string | null, custom_domain: string | null,
 *   homepage_link: string | null, page_title: string | null, header_text: string | null,
 *   archived: boolean, config: { allowed_locales: Language[], default_locale: string },
 *   meta: { all_articles_count: number, published_count: number, draft_articles_count: number,
 *     categories_count: number }
 * }} Portal
 * @typedef {{
 *   id: number, name: string, slug: string, locale: string, description: string | null,
 *   icon: string | null, position: number, meta: { articles_count: number }
 * }} Category
 * @typedef {{
 *   id: number, title: string, slug: string, locale: string, description: string | null,
 *   content: string, status: "draft" | "published" | "archived", views: number,
 *   category_id: number | null, updated_at: number, category: { name: string } | null
 * }} Article
 * @typedef {{
 *   articles_count: number, all_articles_count: number, draft_articles_count: number,
 *   published_count: number, archived_articles_count: number
 * }} Counts
 */

const PORTALS = `${ACCOUNT}/portals`;

/** @param {string} slug */
const at = (slug) => `${PORTALS}/${encodeURIComponent(slug)}`;

/** @returns {Promise<Portal[]>} */
export const listPortals = async () => (await call("GET", PORTALS)).payload;

/** @param {string} slug @returns {Promise<Portal>} */
export const getPortal = (slug) => call("GET", at(slug));

/** @param {string | null} slug @param {object} body @returns {Promise<Portal>} */
export const savePortal = (slug, body) =>
  slug === null ? call("POST", PORTALS, { body }) : call("PATCH", at(slug), { body });

/** @param {string} slug */
export const deletePortal = (slug) => call("DELETE", at(slug));

/** @param {string} slug @returns {Promise<Category[]>} */
export const listCategories = async (slug) => (await call("GET", `${at(slug)}/categories`)).payload;

/** @param {string} slug @param {number} id @returns {Promise<Category>} */
export async function getCategory(slug, id) {
  const found = (await listCategories(slug)).find((one) => one.id === id);
  if (!found) throw new ApiError(404, "There is no such category.");
  return found;
}

/** @param {string} slug @param {number | null} id @param {object} body @returns {Promise<Category>} */
export const saveCategory = async (slug, id, body) =>
  (
    await call(id === null ? "POST" : "PATCH", `${at(slug)}/categories${id === null ? "" : `/${id}`}`, {
      body,
    })
  ).payload;

/** @param {string} slug @param {number} id */
export const deleteCategory = (slug, id) => call("DELETE", `${at(slug)}/categories/${id}`);

/**
 * @param {string} slug
 * @param {{ page: number, query: string, status: string }} asked
 * @returns {Promise<{ payload: Article[], meta: Counts }>}
 */
export const listArticles = (slug, { page, query, status }) =>
  call("GET", `${at(slug)}/articles`, {
    query: { page, query: query || undefined, status: status || undefined, sort: "-updated_at" },
  });

/** @param {string} slug @param {number} id @returns {Promise<Article>} */
export const getArticle = async (slug, id) =>
  (await call("GET", `${at(slug)}/articles/${id}`)).payload;

/** @param {string} slug @param {number | null} id @param {object} body @returns {Promise<Article>} */
export const saveArticle = async (slug, id, body) =>
  (
    await call(id === null ? "POST" : "PATCH", `${at(slug)}/articles${id === null ? "" : `/${id}`}`, {
      body,
    })
  ).payload;

/** @param {string} slug @param {number} id */
export const deleteArticle = (slug, id) => call("DELETE", `${at(slug)}/articles/${id}`);

/** The page's own HTML of a text, made safe by the server. @param {string} slug @param {string} content @returns {Promise<string>} */
export const preview = async (slug, content) =>
  (await call("POST", `${at(slug)}/articles/preview`, { body: { content } })).html;

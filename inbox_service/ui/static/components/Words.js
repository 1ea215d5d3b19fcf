/** What somebody wrote: links made live, mentions marked, nothing else touched. */
import { html } from "streamdesk/html.js";

const LINK = /https?:\/\/[^\s<>"'）】]+[^\s<>"'）】.,;:!?)\]]/g;
const MENTION = /\[@([^\]]+)\]\(mention:\/\/[^)]+\)/g;

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(match: RegExpExecArray) => unknown} make
 * @returns {unknown[]}
 */
function split(text, pattern, make) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(make(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** @param {string} url */
const live = (url) => html`
  <a class="link" href=${url} target="_blank" rel="noopener noreferrer nofollow">${url}</a>
`;

/** @param {string} text */
const links = (text) => split(text, LINK, ([url]) => live(url));

/** @param {{ text: string, note: boolean }} props */
export function Words({ text, note }) {
  if (!note) return links(text);
  const parts = split(text, MENTION, ([, name]) => html`<span class="at-name">@${name}</span>`);
  return parts.flatMap((part) => (typeof part === "string" ? links(part) : [part]));
}

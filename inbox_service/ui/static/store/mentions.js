/** Colleagues and teams that can be called by name in a note. */
import { agentName, teamName } from "streamdesk/names.js";

/** A note with `@Maya` where the link to her stands. @param {string} content */
export const asRead = (content) => content.replace(/\[(@[^\]]*)\]\(mention:\/\/[^)]+\)/g, "$1");

/**
 * @typedef {{ kind: "user" | "team", id: number, name: string }} Callable
 */

/**
 * @param {import("../types").Agent[]} agents those who may see the conversation
 * @param {import("../types").Team[]} teams
 * @param {number} self
 * @returns {Callable[]}
 */
export function callable(agents, teams, self) {
  const people = agents
    .filter((agent) => agent.id !== self)
    .map((agent) => ({ kind: /** @type {const} */ ("user"), id: agent.id, name: agentName(agent) }));
  const groups = teams.map((team) => ({
    kind: /** @type {const} */ ("team"),
    id: team.id,
    name: teamName(team.name),
  }));
  return [...people, ...groups];
}

/** @param {Callable} one @param {string} written as it was written */
function linkTo({ kind, id, name }, written) {
  const end = encodeURIComponent(name).replace(/[()]/g, "");
  return `[@${written.replace(/[[\]]/g, "")}](mention://${kind}/${id}/${end})`;
}

/**
 * Turn `@Maya` into what the server reads; the longest name that fits is meant.
 * @param {string} text
 * @param {Callable[]} all
 */
export function withMentions(text, all) {
  const order = [...all].sort((a, b) => b.name.length - a.name.length);
  let done = "";
  let at = 0;
  while (at < text.length) {
    const begins = text[at] === "@" && (at === 0 || /[\s(]/.test(text.charAt(at - 1)));
    const rest = begins ? text.slice(at + 1) : "";
    const one = order.find(
      ({ name }) =>
        begins &&
        rest.toLowerCase().startsWith(name.toLowerCase()) &&
        !/^[\p{L}\p{N}_]/u.test(rest.slice(name.length)),
    );
    done += one ? linkTo(one, rest.slice(0, one.name.length)) : text.charAt(at);
    at += one ? one.name.length + 1 : 1;
  }
  return done;
}

/** The list over the composer: canned replies for "/", colleagues for "@" in a note. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Avatar } from "streamdesk/components/Avatar.js";
import { Icon } from "streamdesk/components/Icon.js";
import { moved } from "streamdesk/components/Picker.js";
import { html } from "streamdesk/html.js";
import { agentPresence } from "streamdesk/store/directory.js";
import { findCanned, remembered } from "streamdesk/store/canned.js";

/**
 * @typedef {{ kind: "canned" | "mention", from: number, to: number, words: string }} Token
 * @typedef {{ key: string, inserts: string, face: unknown, title: string, about: string }} Offer
 */

const CANNED = /(?:^|\s)\/([^\s/]{0,60})$/;
const MENTION = /(?:^|[\s(])@([^\s@]{0,60})$/;
const PEOPLE_AT_MOST = 8;

/**
 * What is being looked for just before the caret, if anything is.
 * @param {string} text
 * @param {number} caret
 * @param {boolean} note
 * @returns {Token | null}
 */
export function tokenAt(text, caret, note) {
  const before = text.slice(0, caret);
  for (const kind of /** @type {const} */ (["canned", "mention"])) {
    if (kind === "mention" && !note) continue;
    const words = (kind === "canned" ? CANNED : MENTION).exec(before)?.[1];
    if (words !== undefined) return { kind, from: caret - words.length - 1, to: caret, words };
  }
  return null;
}

/**
 * @param {import("../store/canned.js").Canned} one
 * @param {(text: string) => string} fill
 * @returns {Offer}
 */
function cannedOffer(one, fill) {
  const text = fill(one.content);
  const [first = "", ...rest] = text.trim().split("\n").filter(Boolean);
  return {
    key: `c${one.id}`,
    inserts: text,
    face: html`<code>/${one.short_code}</code>`,
    title: first,
    about: rest.join(" "),
  };
}

/** @param {import("../store/mentions.js").Callable} one @returns {Offer} */
function personOffer({ kind, id, name }) {
  const presence = kind === "user" ? agentPresence(id) : "";
  const face =
    kind === "user"
      ? html`<${Avatar} id=${id} name=${name} size="md" presence=${presence} />`
      : html`<span class="av md hue h6" aria-hidden="true"><${Icon} name="team" /></span>`;
  return { key: `${kind}${id}`, inserts: `@${name} `, face, title: name, about: presence || "Team" };
}

/** @param {{ one: Offer, n: number, here: boolean, pick: () => void, point: () => void }} props */
const Option = ({ one, n, here, pick, point }) => html`<div
  id=${`offer-${n}`}
  class="opt"
  role="option"
  aria-selected=${here}
  onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}
  onClick=${pick}
  onMouseMove=${point}
>
  ${one.face}
  <div class="cut" dir="auto">
    <div class="cut">${one.title}</div>
    ${one.about ? html`<div class="sm low cut">${one.about}</div>` : null}
  </div>
</div>`;

const Hints = () => html`<footer aria-hidden="true">
  <span><kbd>↑</kbd> <kbd>↓</kbd> choose</span>
  <span><kbd>↵</kbd> insert</span>
  <span><kbd>Esc</kbd> close</span>
</footer>`;

/** @param {Token} token @param {(text: string) => string} fill */
function useCanned(token, fill) {
  const words = token.kind === "canned" ? token.words : null;
  const found = useSignal(words === null ? undefined : remembered(words));
  useEffect(() => {
    if (words === null) return undefined;
    let wanted = true;
    findCanned(words).then(
      (answer) => wanted && (found.value = answer),
      () => wanted && (found.value = []),
    );
    return () => {
      wanted = false;
    };
  }, [words]);
  return found.value?.map((one) => cannedOffer(one, fill));
}

/**
 * @param {{
 *   token: Token, people: import("../store/mentions.js").Callable[],
 *   fill: (text: string) => string, pick: (text: string) => void, close: () => void,
 *   keys: { current: ((event: KeyboardEvent) => void) | null },
 *   point: (option: string | null) => void
 * }} props
 */
export function Suggest({ token, people, fill, pick, close, keys, point }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const at = useSignal(0);
  const canned = useCanned(token, fill);
  const words = token.words.toLowerCase();
  const called = people
    .filter(({ name }) => name.toLowerCase().split(/\s+/).some((part) => part.startsWith(words)))
    .slice(0, PEOPLE_AT_MOST)
    .map(personOffer);
  const offers = token.kind === "canned" ? canned : called;
  const index = Math.min(at.value, Math.max(0, (offers?.length ?? 0) - 1));
  useEffect(() => {
    at.value = 0;
  }, [token.words]);
  useEffect(() => list.current?.children[index]?.scrollIntoView({ block: "nearest" }), [index]);
  const here = offers?.length ? `offer-${index}` : null;
  useLayoutEffect(() => point(here), [here]);
  useLayoutEffect(
    () => () => {
      keys.current = null;
      point(null);
    },
    [],
  );
  useLayoutEffect(() => {
    keys.current = (event) => {
      const to =
        event.key.startsWith("Arrow") && offers
          ? moved(event.key, index, offers.length)
          : undefined;
      const one = offers?.[index];
      if (event.key === "Escape") close();
      else if ((event.key === "Enter" || event.key === "Tab") && one) pick(one.inserts);
      else if (to !== undefined) at.value = to;
      else return;
      event.preventDefault();
    };
  });
  if (!offers) return null;
  const label = token.kind === "canned" ? "Canned replies" : "Mention a colleague";
  if (!offers.length) {
    if (token.kind === "mention") return null;
    return html`<div class="over pop" role="status">
      <p class="sm low nothing">
        ${token.words ? `No canned reply for “/${token.words}”` : "No canned replies yet"}
      </p>
    </div>`;
  }
  return html`<div class="over pop">
    <div id="offers" role="listbox" aria-label=${label} ref=${list}>
      ${offers.map(
        (one, n) => html`<${Option}
          key=${one.key}
          one=${one}
          n=${n}
          here=${n === index}
          pick=${() => pick(one.inserts)}
          point=${() => (at.value = n)}
        />`,
      )}
    </div>
    ${token.kind === "canned" ? html`<${Hints} />` : null}
  </div>`;
}

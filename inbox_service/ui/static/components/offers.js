/** What the composer looks for just before the caret, and what it inserts there. */
import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";
import { tokenAt } from "streamdesk/components/Suggest.js";
import { assignable } from "streamdesk/store/assignable.js";
import { agents, inboxById, me, teams } from "streamdesk/store/directory.js";
import { fill, firstBlank, valuesFor } from "streamdesk/store/filling.js";
import { callable } from "streamdesk/store/mentions.js";

const MOVES = ["ArrowLeft", "ArrowRight", "Home", "End"];

/**
 * @param {{
 *   c: import("../types").Conversation, note: boolean,
 *   field: { current: HTMLTextAreaElement | null }, write: (value: string) => void
 * }} at
 */
export function useOffers({ c, note, field, write }) {
  const token = useSignal(/** @type {import("./Suggest.js").Token | null} */ (null));
  const option = useSignal(/** @type {string | null} */ (null));
  const keys = useRef(/** @type {((event: KeyboardEvent) => void) | null} */ (null));
  const shutAt = useRef(-1);

  /** Once closed, the list stays so for this word. */
  const look = () => {
    const { value = "", selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    const found =
      selectionStart === selectionEnd ? tokenAt(value, Number(selectionStart), note) : null;
    if (!found) shutAt.current = -1;
    token.value = found && found.from !== shutAt.current ? found : null;
  };

  /** @param {string} words @param {number} from @param {number} to */
  const insert = (words, from, to) => {
    const at = field.current;
    if (!at) return;
    at.focus();
    at.setSelectionRange(from, to);
    // So that the browser's own undo takes it back; the input event does the rest.
    if (!document.execCommand("insertText", false, words)) {
      at.setRangeText(words, from, to, "end");
      write(at.value);
    }
    token.value = null;
    const blank = firstBlank(words);
    if (blank) at.setSelectionRange(from + blank[0], from + blank[1]);
  };

  const leave = () => {
    token.value = null;
  };

  return {
    token: token.value,
    /** The option that the field's keys are at. */
    option: option.value,
    point: (/** @type {string | null} */ one) => (option.value = one),
    keys,
    look,
    leave,
    people: note
      ? callable(assignable(c.inbox_id).value ?? agents.value, teams.value, me.value.id)
      : [],
    fill: (/** @type {string} */ words) =>
      fill(words, valuesFor(c, me.value, inboxById.value.get(c.inbox_id), boot.account.name)),
    pick: (/** @type {string} */ words) =>
      token.value && insert(words, token.value.from, token.value.to),
    shut: () => {
      shutAt.current = token.value?.from ?? -1;
      leave();
    },
    askCanned: () => {
      const at = field.current;
      if (!at) return;
      const caret = at.selectionEnd;
      const apart = caret === 0 || /\s/.test(at.value.charAt(caret - 1));
      shutAt.current = -1;
      insert(apart ? "/" : " /", caret, caret);
      look();
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
      if (plain && !event.isComposing) keys.current?.(event);
    },
    onKeyUp: (/** @type {KeyboardEvent} */ event) => {
      if (MOVES.includes(event.key)) look();
    },
  };
}

/** Merging: the choice of the conversation that goes on, and what stands where one was merged. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { Dialog } from "streamdesk/components/Dialog.js";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { date } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { agentName, contactName, firstName } from "streamdesk/names.js";
import { addressOf, follows, go, view } from "streamdesk/route.js";
import { now } from "streamdesk/store/clock.js";
import { loadContact } from "streamdesk/store/contacts.js";
import { current } from "streamdesk/store/deciding.js";
import { couldTake, merge } from "streamdesk/store/merging.js";
import { closeDialog } from "streamdesk/store/panes.js";
import { STATUSES } from "streamdesk/view.js";

/** @typedef {import("../types").Conversation} Conversation */

/** @param {{ id: number, class?: string, children?: unknown }} props */
export const Link = ({ id, class: look = "link", children }) => html`
  <a
    class=${look}
    href=${addressOf(view.value, id)}
    onClick=${follows(() => go({ open: id }))}
    >${children ?? `#${id}`}</a
  >
`;

/** In place of the composer: whatever comes goes there. @param {{ c: Conversation }} props */
export function MergedAway({ c }) {
  const into = /** @type {number} */ (c.merged_into);
  const name = firstName(contactName(c.meta.sender));
  return html`<footer class="compose">
    <div class="notice accent">
      <${Icon} name="merge" />
      <span><b class="strong">Merged into #${into}.</b> What ${name} writes goes there.</span>
      <${Link} id=${into} class="btn push">Open #${into}<//>
    </div>
  </footer>`;
}

/** @param {Conversation} c */
const aboutOf = (c) =>
  c.additional_attributes?.mail_subject ||
  (c.last_non_activity_message ?? c.messages?.[0])?.content ||
  "No messages yet";

/** @param {{ one: Conversation, chosen: boolean, choose: () => void }} props */
function Option({ one, chosen, choose }) {
  const by = one.meta.assignee ? `, ${agentName(one.meta.assignee)}` : "";
  return html`<label class="opt">
    <input class="ck" type="radio" name="into" checked=${chosen} onChange=${choose} />
    <span class="cut">
      <span class="cut" dir="auto">${aboutOf(one)}</span>
      <span class="sm low cut">#${one.id} · ${STATUSES[one.status]}${by}</span>
    </span>
    <time class="push sm low num">${date(one.last_activity_at, now.value)}</time>
  </label>`;
}

/** @param {{ c: Conversation }} props */
function Choice({ c }) {
  const chosen = useSignal(/** @type {number | null} */ (null));
  const wrong = useSignal("");
  const busy = useSignal(false);
  const able = couldTake(c);
  const name = firstName(contactName(c.meta.sender));
  if (!able) return html`<p class="low" role="status">Loading</p>`;
  if (!able.length) return html`<p>${name} has no other conversation in this inbox.</p>`;
  const into = chosen.value ?? able[0]?.id ?? 0;

  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    busy.value = true;
    wrong.value = "";
    try {
      await merge(c.id, into);
      closeDialog({ refocus: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error.message;
    } finally {
      busy.value = false;
    }
  };
  return html`<form onSubmit=${submit}>
    <fieldset class="into">
      <legend class="sr">Which conversation goes on</legend>
      ${able.map(
        (one) => html`<${Option}
          key=${one.id}
          one=${one}
          chosen=${one.id === into}
          choose=${() => (chosen.value = one.id)}
        />`,
      )}
    </fieldset>
    <p class="low">
      #${c.id} is closed and counts as part of #${into}. What was written stays where it is; what
      ${` ${name}`} writes from now on goes to #${into}. This cannot be undone.
    </p>
    ${
      wrong.value
        ? html`<p class="wrong" role="alert"><${Icon} name="error" small />${wrong.value}</p>`
        : null
    }
    <div class="acts">
      <button type="button" class="btn ghost lg" onClick=${() => closeDialog()}>
        Keep both
      </button>
      <button class="btn primary lg" disabled=${busy.value}>
        ${busy.value ? "Merging" : `Merge #${c.id} into #${into}`}
      </button>
    </div>
  </form>`;
}

export function Merge() {
  const c = current();
  const sender = c?.meta.sender.id;
  useEffect(() => {
    if (sender) loadContact(sender);
  }, [sender]);
  if (!c) return null;
  return html`<${Dialog} class="edit merge" labelledby="merge-h">
    <header>
      <h2 id="merge-h">Merge #${c.id} into another conversation</h2>
      <${IconButton} icon="x" label="Close (Esc)" class="push" onClick=${() => closeDialog()} />
    </header>
    <${Choice} c=${c} />
  <//>`;
}

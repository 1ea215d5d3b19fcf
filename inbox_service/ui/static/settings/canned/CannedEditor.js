/** One canned reply: its short code, its text, and the blanks that are filled in. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { deleteReply, getReply, saveReply } from "streamdesk/settings/canned/calls.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Field, Part, SaveBar, Top, Unloaded } from "streamdesk/settings/parts.js";
import { leave, unsaved } from "streamdesk/settings/place.js";
import { useTrying } from "streamdesk/settings/trying.js";

const LIST = /** @type {[string, string]} */ (["canned", "Canned replies"]);
const BLANKS = [
  "contact.name",
  "contact.first_name",
  "contact.email",
  "contact.phone",
  "agent.name",
  "agent.first_name",
  "conversation.id",
  "inbox.name",
];

/** @param {{ add: (blank: string) => void }} props */
const Blanks = ({ add }) => html`<div class="field" role="group" aria-labelledby="blanks">
  <span class="label" id="blanks">Filled in when it is inserted</span>
  <div class="acts-row">
    ${BLANKS.map(
      (name) => html`<button type="button" class="btn" key=${name} onClick=${() => add(`{{${name}}}`)}>
        <${Icon} name="plus" small />${name}
      </button>`,
    )}
  </div>
  <p class="hint">
    Custom attributes work as well: {{contact.custom_attribute.tier}}. What is not known stays, and
    the agent is told before sending.
  </p>
</div>`;

/** @param {{ reply: import("./calls.js").Reply }} props */
function Form({ reply }) {
  const draft = useSignal(reply);
  const { busy, trying, at } = useTrying();
  const fresh = reply.id === 0;
  const changed = draft.value !== reply;
  const set = (/** @type {Partial<typeof reply>} */ part) => {
    draft.value = { ...draft.value, ...part };
    unsaved.value = true;
  };
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    trying(async () => {
      const saved = await saveReply(draft.value);
      leave("canned", `Saved /${saved.short_code}`);
    });
  };
  const drop = () => {
    if (!confirm(`Delete /${reply.short_code}? What was written with it stays.`)) return;
    trying(async () => {
      await deleteReply(reply.id);
      leave("canned", `Deleted /${reply.short_code}`);
    });
  };
  const add = (/** @type {string} */ blank) => set({ content: draft.value.content + blank });
  return html`
    <form class="form wide" id="reply-form" onSubmit=${save} noValidate>
      <${Part} id="reply-text" title=${fresh ? "New canned reply" : "What it says"}>
        <${Field}
          id="reply-code"
          label="Short code"
          value=${draft.value.short_code}
          autocomplete="off"
          wrong=${at("short_code")}
          hint="Agents type / and the beginning of it"
          onInput=${(/** @type {string} */ value) => set({ short_code: value })}
        />
        <${Field}
          id="reply-content"
          label="Text"
          long
          value=${draft.value.content}
          wrong=${at("content")}
          onInput=${(/** @type {string} */ value) => set({ content: value })}
        />
        <${Blanks} add=${add} />
      <//>
    </form>
    <${SaveBar} status=${changed ? "Changes not saved" : ""}>
      ${
        fresh
          ? null
          : html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>`
      }
      <span class="push"></span>
      <button form="reply-form" class="btn primary" disabled=${busy || !changed}>
        ${busy ? "Saving" : "Save"}
      </button>
    <//>
  `;
}

/** @param {{ id: number | null }} props */
export function CannedEditor({ id }) {
  const { value, error, again } = useLoaded(() => getReply(id), id);
  const title = value?.short_code ? `/${value.short_code}` : "New";
  return html`
    <${Top} title=${title} under=${LIST} />
    ${
      error
        ? html`<div class="form wide">
          <${Unloaded} what="The canned reply" error=${error} again=${again} />
        </div>`
        : null
    }
    ${value ? html`<${Form} reply=${value} />` : null}
  `;
}

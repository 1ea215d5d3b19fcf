/** One macro: its name, who may run it, and what it does in order. */
import { useSignal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { agentName } from "streamdesk/names.js";
import { Actions } from "streamdesk/settings/automation/Actions.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { deleteMacro, getMacro, saveMacro } from "streamdesk/settings/macros/calls.js";
import { Field, Part, SaveBar, Switch, Top, Unloaded, Wrong } from "streamdesk/settings/parts.js";
import { leave, unsaved } from "streamdesk/settings/place.js";
import { showWrong, useTrying } from "streamdesk/settings/trying.js";

/** @typedef {import("./calls.js").Macro} Macro */

const LIST = /** @type {[string, string]} */ (["macros", "Macros"]);
const manages = boot.user.role === "administrator";

/** @param {{ macro: Macro }} props */
function Form({ macro }) {
  const draft = useSignal(macro);
  const changed = useSignal(false);
  const { busy, trying, at } = useTrying();
  const fresh = macro.id === 0;
  const theirs = macro.visibility === "global" && !manages;
  const set = (/** @type {Partial<Macro>} */ part) => {
    draft.value = { ...draft.value, ...part };
    changed.value = true;
    unsaved.value = true;
  };
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const well = await trying(async () => {
      const saved = await saveMacro(draft.value);
      leave("macros", fresh ? `Made the macro “${saved.name}”` : `Saved “${saved.name}”`);
    });
    if (!well) {
      showWrong();
    }
  };
  const drop = () => {
    if (!confirm(`Delete “${macro.name}”? What was done with it stays.`)) return;
    trying(async () => {
      await deleteMacro(macro.id);
      leave("macros", `Deleted the macro “${macro.name}”`);
    });
  };
  const { name, actions, visibility } = draft.value;
  return html`
    <form class="form wide" id="macro-form" onSubmit=${save} noValidate>
      ${
        theirs
          ? html`<p class="notice long"><${Icon} name="info" /><span>
              Everybody’s, made by ${agentName(macro.created_by)}. You can run it; only administrators change it.
            </span></p>`
          : null
      }
      <fieldset class="bare" disabled=${theirs}>
        <${Part} id="macro-named" title=${fresh ? "New macro" : "What it is called"}>
          <${Field}
            id="macro-name"
            label="Name"
            value=${name}
            maxlength="255"
            autocomplete="off"
            wrong=${at("name")}
            onInput=${(/** @type {string} */ value) => set({ name: value })}
          />
          ${
            manages
              ? html`<${Switch}
                label="For everybody"
                hint="Otherwise it is yours alone"
                checked=${visibility === "global"}
                onChange=${(/** @type {boolean} */ on) =>
                  set({ visibility: on ? "global" : "personal" })}
              />`
              : null
          }
        <//>
        <${Part}
          id="macro-does"
          title="What it does"
          sub="In this order, in the name of whoever runs it. If one fails, the next ones still run."
        >
          <${Actions}
            macro
            actions=${actions}
            change=${(/** @type {Macro["actions"]} */ next) => set({ actions: next })}
            wrongAt=${at}
          />
          <${Wrong} id="actions-wrong" text=${at("actions")} />
        <//>
      </fieldset>
    </form>
    ${
      theirs
        ? null
        : html`<${SaveBar} status=${changed.value ? "Changes not saved" : ""}>
            ${
              fresh
                ? null
                : html`<button type="button" class="btn ghost danger" onClick=${drop}>Delete</button>`
            }
            <span class="push"></span>
            <button form="macro-form" class="btn primary" disabled=${busy || !changed.value}>
              ${busy ? "Saving" : "Save"}
            </button>
          <//>`
    }
  `;
}

/** @param {{ id: number | null }} props */
export function MacroEditor({ id }) {
  const { value, error, again } = useLoaded(() => getMacro(id), id);
  return html`
    <${Top} title=${value?.name || (id === null ? "New" : "Macro")} under=${LIST} />
    ${
      error
        ? html`<div class="form wide">
          <${Unloaded} what="The macro" error=${error} again=${again} />
        </div>`
        : null
    }
    ${value ? html`<${Form} macro=${value} />` : null}
  `;
}

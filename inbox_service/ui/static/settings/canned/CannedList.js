/** All canned replies of the account, narrowed by words. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { number } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { listReplies } from "streamdesk/settings/canned/calls.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Blank, Top, Unloaded } from "streamdesk/settings/parts.js";
import { addressOf, follows, go } from "streamdesk/settings/place.js";

const Add = () => html`<button type="button" class="btn primary" onClick=${() => go("canned/new")}>
  <${Icon} name="plus" />New canned reply
</button>`;

/** @param {{ one: import("./calls.js").Reply }} props */
function Row({ one }) {
  const path = `canned/${one.id}`;
  return html`<li class="thing">
    <code class="code-word">/${one.short_code}</code>
    <a href=${addressOf(path)} onClick=${follows(path)} dir="auto">
      <span class="cut">${one.content.replace(/\s+/g, " ")}</span>
    </a>
  </li>`;
}

export function CannedList() {
  const { value, error, again } = useLoaded(listReplies);
  const words = useSignal("");
  const asked = words.value.trim().replace(/^\//, "").toLowerCase();
  const found = (value ?? []).filter((one) =>
    `${one.short_code}\n${one.content}`.toLowerCase().includes(asked),
  );
  return html`
    <${Top} title="Canned replies">
      <span class="push"></span>
      ${value?.length ? html`<${Add} />` : null}
    <//>
    <div class="form wide">
      ${error ? html`<${Unloaded} what="The canned replies" error=${error} again=${again} />` : null}
      ${
        value && !value.length
          ? html`<${Blank}
            title="No canned replies yet"
            text="What you write again and again: kept once, and inserted with / and its short code."
          >
            <${Add} />
          <//>`
          : null
      }
      ${
        value?.length
          ? html`<div class="seeking">
              <input
                class="in"
                type="search"
                aria-label="Search canned replies"
                placeholder="Search"
                value=${words.value}
                onInput=${(/** @type {InputEvent} */ event) =>
                  (words.value = /** @type {HTMLInputElement} */ (event.currentTarget).value)}
              />
              <span class="sm low num" role="status">
                ${found.length === 1 ? "1 reply" : `${number(found.length)} replies`}
              </span>
            </div>
            <ul class="things" aria-label="Canned replies">
              ${found.map((one) => html`<${Row} key=${one.id} one=${one} />`)}
            </ul>`
          : null
      }
    </div>
  `;
}

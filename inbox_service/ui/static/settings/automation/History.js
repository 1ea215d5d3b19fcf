/** What a rule did: its newest firings, each with its reasons. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { Reasons } from "streamdesk/automation/Reasons.js";
import { boot } from "streamdesk/boot.js";
import { IconButton } from "streamdesk/components/Icon.js";
import { ago, fullTime } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { listRuns } from "streamdesk/settings/automation/calls.js";
import { named } from "streamdesk/settings/automation/summary.js";

/** @typedef {import("../../types").Run} Run */

const PAGE = 25;

/** @param {{ run: Run }} props */
const One = ({ run }) => html`<li>
  <p class="first">
    <a class="link cut" href=${`/app/accounts/${boot.account.id}/conversations/${run.conversation_id}`}
      ><span dir="auto">${run.contact_name}</span> <span class="num">#${run.conversation_id}</span></a
    >
    ${run.stopped ? html`<span class="pill warn">Stopped</span>` : null}
    <time class="sm low num push" title=${fullTime(run.created_at)}
      >${ago(run.created_at, Date.now() / 1000)}</time
    >
  </p>
  <${Reasons} run=${run} named=${named} />
</li>`;

/** @param {{ id: number, count: number }} props */
export function History({ id, count }) {
  const runs = useSignal(/** @type {Run[] | null} */ (null));
  const more = useSignal(false);
  const wrong = useSignal("");
  /** @param {boolean} fresh */
  const load = async (fresh) => {
    const before = fresh ? null : (runs.value?.at(-1)?.id ?? null);
    try {
      const found = await listRuns(id, before);
      runs.value = fresh ? found : [...(runs.value ?? []), ...found];
      more.value = found.length === PAGE;
      wrong.value = "";
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.value = error.message;
    }
  };
  useEffect(() => {
    load(true);
  }, [id]);
  const told = count === 1 ? "Fired once" : `Fired ${count} times`;
  return html`<aside class="dry" aria-label="What it did" tabindex="0">
    <header>
      <h2>What it did</h2>
      <span class="push"></span>
      <${IconButton} icon="retry" label="Look again" onClick=${() => load(true)} />
    </header>
    <p class="sub num">${count ? told : "It has not fired yet."}</p>
    ${wrong.value ? html`<p class="wrong" role="alert">${wrong.value}</p>` : null}
    <ul class="runs">
      ${runs.value?.map((run) => html`<${One} key=${run.id} run=${run} />`)}
    </ul>
    ${
      more.value
        ? html`<div>
          <button type="button" class="btn" onClick=${() => load(false)}>Earlier</button>
        </div>`
        : null
    }
  </aside>`;
}

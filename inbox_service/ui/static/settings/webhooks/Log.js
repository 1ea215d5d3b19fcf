/** What an endpoint was told: each delivery with its tries, and another try at it. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { ago, clockWithSeconds, date, number, soon } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { useLoaded } from "streamdesk/settings/loaded.js";
import { Part, Unloaded } from "streamdesk/settings/parts.js";
import { useTrying } from "streamdesk/settings/trying.js";
import { getDelivery, listDeliveries, sendAgain } from "streamdesk/settings/webhooks/calls.js";
import { toast } from "streamdesk/store/toasts.js";

/** @typedef {import("./calls.js").Delivery} Delivery */

const STATES = /** @type {const} */ ([
  ["", "All"],
  ["waiting", "Waiting"],
  ["delivered", "Delivered"],
  ["failed", "Failed"],
]);

const LOOKS = { waiting: "warn", delivered: "good", failed: "bad" };
const WORDS = { waiting: "Waiting", delivered: "Delivered", failed: "Failed" };

/** @param {string} iso */
const seconds = (iso) => Date.parse(iso) / 1000;
const nowSeconds = () => Date.now() / 1000;

/** @param {Delivery} one */
function outcome(one) {
  const parts = [];
  if (one.tries) parts.push(one.tries === 1 ? "1 try" : `${one.tries} tries`);
  if (one.response_status) parts.push(`answered ${one.response_status}`);
  if (one.duration_ms !== null) parts.push(`in ${number(one.duration_ms)} ms`);
  if (one.next_try_at && one.tries) parts.push(`next ${soon(seconds(one.next_try_at), nowSeconds())}`);
  return parts.join(" · ");
}

/** @param {{ one: Delivery }} props */
const Tries = ({ one }) => html`<ol class="tries" aria-label="Tries">
  ${one.attempts.map(
    (attempt) => html`<li class="sm" key=${attempt.at}>
      <span class="num low">
        ${date(seconds(attempt.at), nowSeconds())} ${clockWithSeconds(seconds(attempt.at))}
      </span>
      <span class="num">${attempt.status ?? "no answer"}</span>
      <span class="num low">${number(attempt.duration_ms)} ms</span>
      <span class="cut">${attempt.error ?? ""}</span>
    </li>`,
  )}
</ol>`;

/** @param {{ webhook: number, one: Delivery, change: (one: Delivery) => void }} props */
function Line({ webhook, one, change }) {
  const body = useSignal(/** @type {string | null} */ (null));
  const { busy, trying } = useTrying();
  const unfold = (/** @type {Event} */ event) => {
    if (!(/** @type {HTMLDetailsElement} */ (event.currentTarget).open) || body.value !== null) return;
    trying(async () => {
      body.value = JSON.stringify((await getDelivery(webhook, one.id)).body, null, 2);
    });
  };
  const again = () =>
    trying(async () => {
      change(await sendAgain(webhook, one.id));
      toast("It is sent again");
    });
  return html`<li>
    <details onToggle=${unfold}>
      <summary class="first">
        <span class=${`pill ${LOOKS[one.state]}`}>${WORDS[one.state]}</span>
        <span class="strong num">${one.event}</span>
        <span class="sm low cut">${outcome(one)}</span>
        <span class="push sm low num">${ago(seconds(one.created_at), nowSeconds())}</span>
      </summary>
      ${one.last_error ? html`<p class="wrong"><${Icon} name="error" small />${one.last_error}</p>` : null}
      <p class="sm low num">webhook-id ${one.delivery_id}</p>
      ${one.attempts.length ? html`<${Tries} one=${one} />` : null}
      <pre class="body" tabindex="0" aria-label="What is sent">${body.value ?? "…"}</pre>
      <button type="button" class="btn" disabled=${busy} onClick=${again}>
        <${Icon} name="retry" />Send again
      </button>
    </details>
  </li>`;
}

/** @param {{ webhook: number }} props */
export function Log({ webhook }) {
  const state = useSignal("");
  const { value, error, again, put } = useLoaded(
    () => listDeliveries(webhook, state.value),
    state.value,
  );
  const change = (/** @type {Delivery} */ next) =>
    put((value ?? []).map((one) => (one.id === next.id ? { ...one, ...next } : one)));
  return html`<${Part}
    id="log"
    title="Deliveries"
    sub="Eight tries within about a day, then a delivery has failed. Kept for 30 days, the newest 1,000."
  >
    <div class="acts-row" role="group" aria-label="Which deliveries">
      ${STATES.map(
        ([id, label]) => html`<button
          type="button"
          key=${id}
          class="btn"
          aria-pressed=${state.value === id}
          onClick=${() => (state.value = id)}
        >
          ${label}
        </button>`,
      )}
      <button type="button" class="btn ghost push" onClick=${again}><${Icon} name="retry" />Look again</button>
    </div>
    ${error ? html`<${Unloaded} what="The log" error=${error} again=${again} />` : null}
    ${value && !value.length ? html`<p class="low">Nothing yet.</p>` : null}
    <ul class="runs deliveries" aria-label="Deliveries">
      ${(value ?? []).map(
        (one) => html`<${Line} key=${one.id} webhook=${webhook} one=${one} change=${change} />`,
      )}
    </ul>
  <//>`;
}

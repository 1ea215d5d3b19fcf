/** The question how it went, where the conversation asks it. */
import { useSignal } from "@preact/signals";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import * as api from "streamdesk/widget/api.js";
import { merge } from "streamdesk/widget/conversation.js";

const NAMES = ["bad", "poor", "fair", "good", "very good"];

/** @param {{ m: import("./conversation.js").Message }} props */
export function Rate({ m }) {
  const given = m.content_attributes?.submitted_values?.csat_survey_response;
  const rating = useSignal(0);
  const feedback = useSignal("");
  const state = useSignal(/** @type {"" | "sending" | string} */ (""));
  if (given) {
    return html`<div class="tile" role="status">
      <div><b class="strong">Thank you.</b> You rated our help ${given.rating} of 5.</div>
    </div>`;
  }
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!rating.value) {
      state.value = "Choose one of the stars.";
      return;
    }
    state.value = "sending";
    try {
      merge([await api.rate(Number(m.id), rating.value, feedback.value.trim())]);
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      state.value = error.message;
    }
  };
  const wrong = state.value && state.value !== "sending" ? state.value : "";
  return html`<form class="tile" onSubmit=${submit}>
    <div class="ask">
      <fieldset>
        <legend class="strong">How was our help?</legend>
        <div class="rate">
          ${NAMES.map((name, at) => {
            const n = at + 1;
            return html`<label key=${n}>
              <input
                type="radio"
                name=${`rate-${m.id}`}
                aria-label=${`${n}, ${name}`}
                checked=${rating.value === n}
                onChange=${() => (rating.value = n)}
              />
              <${Icon} name="star" /><span aria-hidden="true" class="sm">${n}</span>
            </label>`;
          })}
        </div>
      </fieldset>
      ${wrong ? html`<p class="wrong" role="alert"><${Icon} name="error" small />${wrong}</p>` : null}
      <div class="field">
        <label for=${`why-${m.id}`}>What could be better? <span class="low">(optional)</span></label>
        <textarea
          class="in"
          id=${`why-${m.id}`}
          rows="3"
          value=${feedback.value}
          onInput=${(/** @type {any} */ event) => (feedback.value = event.currentTarget.value)}
        ></textarea>
      </div>
      <button class="btn primary lg" disabled=${state.value === "sending"}>
        ${state.value === "sending" ? "Sending" : "Send rating"}
      </button>
    </div>
  </form>`;
}

/** An account without an inbox: what stands between it and the first customer. */
import { boot } from "streamdesk/boot.js";
import { Icon } from "streamdesk/components/Icon.js";
import { html } from "streamdesk/html.js";
import { firstName } from "streamdesk/names.js";
import { me } from "streamdesk/store/directory.js";

/**
 * Oslo, out of Europe/Oslo.
 * @param {string} zone
 */
const cityOf = (zone) => (zone.split("/").pop() ?? zone).replace(/_/g, " ");

const Connect = () => html`
  <a class="step" href="/docs">
    <${Icon} name="inbox" />
    <div>
      <b class="strong">Connect a channel</b>
      <div class="sm low">
        WhatsApp, through the API: make an inbox, and give its address to the provider
      </div>
    </div>
    <${Icon} name="right" class="push" />
  </a>
`;

export function FirstRun() {
  const may = me.value.role === "administrator";
  const next = may
    ? "One step until the first customer can reach you."
    : "You are in no inbox yet. An administrator can add you to one.";
  return html`<section class="thread wide first blank" id="thread" aria-label="First steps">
    <h2 class="hello">Welcome to Streamdesk, ${firstName(me.value.name)}</h2>
    <p>${next}</p>
    <div class="steps">
      <div class="step done">
        <${Icon} name="check" />
        <div>
          <b class="strong">Account made</b>
          <div class="sm low">${boot.account.name}, ${cityOf(boot.account.time_zone)} time</div>
        </div>
      </div>
      ${may ? html`<${Connect} />` : null}
    </div>
  </section>`;
}

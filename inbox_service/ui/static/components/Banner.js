/** Above everything: no connection, or back with what was caught up. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { line, nextTry, tryNow } from "streamdesk/cable.js";
import { Icon } from "streamdesk/components/Icon.js";
import { plural } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { backWith } from "streamdesk/store/live.js";

const TICK = 250;
const WORTH_SAYING = 1200;

function Offline() {
  const left = useSignal(0);
  useEffect(() => {
    const tick = () => (left.value = Math.ceil((nextTry.value - Date.now()) / 1000));
    tick();
    const timer = setInterval(tick, TICK);
    return () => clearInterval(timer);
  }, []);
  const when = left.value > 0 ? `Trying again in ${left.value} s.` : "Trying again.";
  return html`<div class="banner notice warn" role="status">
    <${Icon} name="offline" />
    <span>
      <b class="strong">No connection.</b>${" "}
      <span aria-live="off" class="num">${when}</span>${" "}
      Keep writing: drafts stay here, and what you send goes out when the line is back.
    </span>
    <button type="button" class="btn push" onClick=${() => tryNow()}>Try now</button>
  </div>`;
}

/** @param {{ changes: number, sent: number }} props */
function Back({ changes, sent }) {
  const caughtUp = changes ? `${plural(changes, "change")} caught up` : "Nothing was missed";
  const out = sent ? `, ${plural(sent, "message")} sent` : "";
  return html`<div class="banner notice good" role="status">
    <${Icon} name="check" /><span>Back online. ${caughtUp}${out}.</span>
  </div>`;
}

export function Banner() {
  const off = line.value === "off";
  const shown = useSignal(false);
  useEffect(() => {
    shown.value = false;
    if (!off) return undefined;
    const timer = setTimeout(() => (shown.value = true), WORTH_SAYING);
    return () => clearTimeout(timer);
  }, [off]);
  if (off) return shown.value ? html`<${Offline} />` : null;
  const said = backWith.value;
  return said ? html`<${Back} ...${said} />` : null;
}

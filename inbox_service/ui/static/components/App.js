/** The page: folders on the canvas, one sheet with list, thread and contact on it. */
import { useEffect } from "preact/hooks";
import { boot } from "streamdesk/boot.js";
import { Banner } from "streamdesk/components/Banner.js";
import { EditContact } from "streamdesk/components/EditContact.js";
import { FirstRun } from "streamdesk/components/FirstRun.js";
import { List } from "streamdesk/components/List.js";
import { Merge } from "streamdesk/components/Merge.js";
import { NoThread } from "streamdesk/components/NoThread.js";
import { Palette } from "streamdesk/components/Palette.js";
import { Popover } from "streamdesk/components/Popover.js";
import { Rail } from "streamdesk/components/Rail.js";
import { Shortcuts } from "streamdesk/components/Shortcuts.js";
import { Side, SideBones } from "streamdesk/components/Side.js";
import { Thread } from "streamdesk/components/Thread.js";
import { Toasts } from "streamdesk/components/Toasts.js";
import { useLate } from "streamdesk/components/late.js";
import { html } from "streamdesk/html.js";
import { openId, view } from "streamdesk/route.js";
import { assertive, polite } from "streamdesk/store/announcer.js";
import { conversation } from "streamdesk/store/conversations.js";
import { counts } from "streamdesk/store/counts.js";
import { inboxes, loaded, nameOf } from "streamdesk/store/directory.js";
import { rows, state } from "streamdesk/store/list.js";
import { dialog, drawer, pane, railShown, sideShown } from "streamdesk/store/panes.js";
import { threadOf } from "streamdesk/store/threads.js";
import { titleOfView } from "streamdesk/view.js";

const DIALOGS = { palette: Palette, keys: Shortcuts, contact: EditContact, merge: Merge };

/** A press on the sheet closes the folders that lie over it. @param {PointerEvent} event */
function leaveDrawer(event) {
  const inPop = /** @type {Element} */ (event.target).closest(".pop");
  if (drawer.value === "rail" && !inPop) drawer.value = null;
}

function Sheet() {
  const id = openId.value;
  const c = id === null ? null : conversation(id).value;
  const failed = id !== null && threadOf(id).state.value === "failed";
  const loading = useLate(id !== null && !c && !failed);
  const shown = sideShown.value || drawer.value === "side";
  const side = c && !failed && shown ? html`<${Side} c=${c} />` : null;
  const bones = loading && shown ? html`<${SideBones} />` : null;
  const middle = id === null ? html`<${NoThread} />` : html`<${Thread} id=${id} />`;
  const empty = state.value === "ready" && rows.value.length === 0;
  const firstRun = loaded.value && inboxes.value.length === 0 && empty && id === null;
  const title = titleOfView(view.value, nameOf);
  return html`<main class=${`sheet${c && !side ? " alone" : ""}`} onPointerDown=${leaveDrawer}>
    <h1 class="sr">${title}, ${boot.account.name}</h1>
    <${Banner} />
    ${firstRun ? html`<${FirstRun} />` : [html`<${List} key="list" />`, middle, side ?? bones]}
    <${Popover} />
  </main>`;
}

export function App() {
  const title = titleOfView(view.value, nameOf);
  const mine = counts.value?.mine;
  useEffect(() => {
    document.title = `${mine ? `(${mine}) ` : ""}${title} · ${boot.account.name} · Streamdesk`;
  }, [title, mine]);
  const Open = dialog.value && DIALOGS[dialog.value];
  const look = `app${railShown.value ? "" : " bare"}`;
  return html`
    <a class="skip btn" href="#thread">Skip to the conversation</a>
    <div class=${look} data-pane=${pane.value} inert=${Open !== null}>
      <${Rail} /><${Sheet} />
    </div>
    ${Open ? html`<${Open} />` : null}
    <${Toasts} />
    <div class="sr" aria-live="polite">${polite.value}</div>
    <div class="sr" aria-live="assertive">${assertive.value}</div>
  `;
}

/** The frame's first step: says which colour the bubble has, and waits until the chat is wanted. */

const PREFIX = "chatwoot-widget:";
const boot = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("boot")).textContent ?? "{}");
const alone = window.parent === window;

/** Where the page stands that shows us; known with its first word. */
let origin = "*";

/** @param {string} event @param {Record<string, unknown>} [data] */
function tell(event, data) {
  // Before the page has spoken nothing is told that not everybody may know.
  if (alone || (origin === "*" && event !== "ready")) return;
  window.parent.postMessage(PREFIX + JSON.stringify({ event, ...data }), origin);
}

let warmed = false;

/** Fetch the chat's modules and its look at once, rather than one after the other. */
function warm() {
  if (warmed) return;
  warmed = true;
  for (const href of boot.styles)
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  for (const href of boot.modules)
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "modulepreload", href }),
    );
}

/** @type {Promise<typeof import("./app.js")> | null} */
let app = null;

/** @param {Record<string, any>} hello */
function start(hello) {
  warm();
  if (!app) {
    app = import("streamdesk/widget/app.js");
    app.then((chat) => chat.start({ boot, tell, hello }));
  }
  return app;
}

/** @type {Record<string, any>} */
let hello = {};

/** @param {string} event @param {Record<string, any>} data */
async function hear(event, data) {
  if (event === "hello") {
    hello = data;
    theme(data.theme);
    // Who was here before has perhaps been answered; a stranger costs nothing until they ask.
    if (data.token || data.open) await start(hello);
  } else if (event === "warm") {
    warm();
  } else if (event === "theme") {
    theme(data.theme);
  } else if (event !== "close" || app) {
    (await start(hello)).hear(event, data);
  }
}

/** @param {string | undefined} wanted light, dark, or whatever the reader prefers */
function theme(wanted) {
  if (wanted === "light" || wanted === "dark") document.documentElement.dataset.theme = wanted;
  else delete document.documentElement.dataset.theme;
}

addEventListener("message", (event) => {
  if (alone || event.source !== window.parent || typeof event.data !== "string") return;
  if (!event.data.startsWith(PREFIX)) return;
  origin = event.origin;
  const { event: name, ...data } = JSON.parse(event.data.slice(PREFIX.length));
  hear(name, data);
});

document.documentElement.style.setProperty("--brand", boot.color);
document.documentElement.style.setProperty("--on-brand", boot.on_color);
if (alone) {
  hear("hello", { open: true, token: null, alone: true });
} else {
  tell("ready", { color: boot.color, on_color: boot.on_color, name: boot.name });
}

export {};

/* The website chat's loader: a bubble, a frame, and window.$chatwoot. */
(() => {
  "use strict";
  if (window.chatwootSDK) return;

  const PREFIX = "chatwoot-widget:";
  const RETRY = [5, 10, 30];
  const CSS = `
:host { all: initial; }
.bubble { all: unset; box-sizing: border-box; position: fixed; inset-block-end: 20px; z-index: 2147483001; display: flex; align-items: center; justify-content: center; gap: 8px; min-width: 56px; height: 56px; padding: 0 16px; border-radius: 28px; background: var(--brand); color: var(--on-brand); box-shadow: 0 4px 8px -2px rgb(0 0 0 / .12), 0 12px 28px -6px rgb(0 0 0 / .24); cursor: pointer; font: 600 15px/1.25 system-ui, sans-serif; transition: scale .16s; }
.bubble:hover { scale: 1.05; }
.bubble:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; }
.bubble svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.badge { position: absolute; inset: -4px -4px auto auto; min-width: 20px; padding: 0 5px; box-sizing: border-box; border-radius: 10px; background: #c4262e; color: #fff; font: 600 11px/20px system-ui, sans-serif; text-align: center; box-shadow: 0 0 0 2px #fff; }
.frame { position: fixed; inset-block-end: 92px; z-index: 2147483000; width: 376px; height: min(640px, calc(100dvh - 112px)); border: 0; border-radius: 14px; background: Canvas; box-shadow: 0 0 0 1px rgb(128 128 128 / .25), 0 8px 16px -4px rgb(0 0 0 / .1), 0 32px 64px -12px rgb(0 0 0 / .3); visibility: hidden; opacity: 0; translate: 0 6px; transition: opacity .16s, translate .16s, visibility .16s; }
.frame.open { visibility: visible; opacity: 1; translate: none; }
.right { right: 20px; } .left { left: 20px; }
[hidden] { display: none !important; }
@media (max-width: 480px) { .frame { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; } .bubble.open { display: none; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { .bubble, .frame { display: none; } }`;

  const ICONS = {
    chat: "M2 4.25a1.5 1.5 0 0 1 1.5-1.5h9A1.5 1.5 0 0 1 14 4.25v5.5a1.5 1.5 0 0 1-1.5 1.5H7.25L4 13.75v-2.5h-.5A1.5 1.5 0 0 1 2 9.75z",
    down: "m4.25 6.25 3.75 3.75 3.75-3.75",
  };

  const emit = (name, detail) => window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));

  /** Text kept in the site's own storage, where the browser lets us. */
  const keep = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(key, value);
        else localStorage.removeItem(key);
      } catch {
        /* A browser that keeps nothing: the chat lasts as long as the page. */
      }
    },
  };

  const icon = (path) => {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS(ns, "path"));
    svg.firstChild.setAttribute("d", path);
    return svg;
  };

  function run({ websiteToken, baseUrl, ...rest }) {
    if (window.$chatwoot) return;
    const base = (baseUrl || "").replace(/\/+$/, "");
    const origin = new URL(base || "/", location.href).origin;
    const settings = { ...window.chatwootSettings, ...rest };
    const key = `streamdesk.chat.${websiteToken}`;
    const side = settings.position === "left" ? "left" : "right";
    const waiting = [];
    let ready = false;
    let tries = 0;
    let timer;

    const host = document.createElement("div");
    host.className = "woot-widget-holder";
    const root = host.attachShadow({ mode: "open" });
    if ("replaceSync" in CSSStyleSheet.prototype) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
    } else {
      root.append(Object.assign(document.createElement("style"), { textContent: CSS }));
    }
    const frame = document.createElement("iframe");
    frame.className = `frame ${side}`;
    frame.title = "Chat";
    frame.allow = "clipboard-write; fullscreen";
    const bubble = document.createElement("button");
    bubble.type = "button";
    bubble.hidden = true;
    const face = document.createElement("span");
    face.style.display = "contents";
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.setAttribute("aria-hidden", "true");
    bubble.append(face, badge);
    root.append(frame, bubble);

    const say = (event, data) => {
      if (ready) frame.contentWindow.postMessage(PREFIX + JSON.stringify({ event, ...data }), origin);
      else waiting.push([event, data]);
    };

    const api = {
      baseUrl: base,
      websiteToken,
      hasLoaded: false,
      isOpen: false,
      unread: 0,
      hideMessageBubble: !!settings.hideMessageBubble,
      position: side,
      darkMode: settings.darkMode || "auto",
      locale: settings.locale || "en",
      toggle(state) {
        const open = state === "open" || (state !== "close" && !api.isOpen);
        if (open === api.isOpen) return;
        api.isOpen = open;
        frame.classList.toggle("open", open);
        paint();
        say(open ? "open" : "close");
        if (open) frame.focus();
        emit(open ? "opened" : "closed");
      },
      toggleBubbleVisibility(state) {
        api.hideMessageBubble = state === "hide";
        paint();
      },
      popoutChatWindow() {
        window.open(frame.src, `chat-${websiteToken}`, "width=400,height=680,resizable=yes");
        api.toggle("close");
      },
      setUser(identifier, user = {}) {
        if (typeof identifier !== "string" && typeof identifier !== "number")
          throw new Error("Identifier should be a string or a number");
        say("set-user", { identifier: String(identifier), user });
      },
      setCustomAttributes: (attributes = {}) => say("contact-attributes", { attributes: some(attributes) }),
      deleteCustomAttribute: (name = "") => say("forget-contact-attribute", { name: word(name) }),
      setConversationCustomAttributes: (attributes = {}) => say("attributes", { attributes: some(attributes) }),
      deleteConversationCustomAttribute: (name = "") => say("forget-attribute", { name: word(name) }),
      setLabel: (label = "") => say("label", { label: word(label) }),
      removeLabel: (label = "") => say("unlabel", { label: word(label) }),
      setLocale(locale = "en") {
        api.locale = locale;
        say("locale", { locale });
      },
      setColorScheme(scheme = "auto") {
        api.darkMode = scheme;
        say("theme", { theme: scheme });
      },
      reset() {
        api.toggle("close");
        keep.set(key, null);
        waiting.length = 0;
        api.unread = 0;
        load();
      },
    };

    function paint() {
      const words = settings.type === "expanded_bubble" && !api.isOpen ? settings.launcherTitle || "Chat with us" : "";
      bubble.className = `bubble ${side}${api.isOpen ? " open" : ""}`;
      bubble.hidden = !api.hasLoaded || api.hideMessageBubble;
      face.replaceChildren(icon(api.isOpen ? ICONS.down : ICONS.chat), words);
      badge.textContent = api.unread > 99 ? "99+" : String(api.unread);
      badge.hidden = !api.unread || api.isOpen;
      const unread = api.unread ? `, ${api.unread} unread message${api.unread > 1 ? "s" : ""}` : "";
      bubble.setAttribute("aria-expanded", String(api.isOpen));
      bubble.setAttribute("aria-label", api.isOpen ? "Close the chat" : (words || "Chat with us") + unread);
    }

    function load() {
      ready = false;
      clearTimeout(timer);
      frame.src = `${base}/widget?website_token=${encodeURIComponent(websiteToken)}`;
      timer = setTimeout(again, 15000);
    }

    /** The frame did not come: the site goes on, and we try again in a while. */
    function again() {
      if (ready) return;
      emit("error", { message: "The chat cannot be reached." });
      timer = setTimeout(load, RETRY[Math.min(tries++, RETRY.length - 1)] * 1000);
    }

    const heard = {
      ready({ color, on_color: on, name }) {
        clearTimeout(timer);
        ready = true;
        tries = 0;
        host.style.setProperty("--brand", color);
        host.style.setProperty("--on-brand", on);
        frame.title = `Chat with ${name}`;
        const { darkMode: theme, locale, isOpen: open } = api;
        say("hello", { token: keep.get(key), theme, locale, open, page: location.href });
        for (const one of waiting.splice(0)) say(...one);
        const first = !api.hasLoaded;
        api.hasLoaded = true;
        paint();
        if (first) emit("ready");
      },
      token: ({ token }) => keep.set(key, token),
      unread({ count }) {
        api.unread = count;
        paint();
      },
      close() {
        api.toggle("close");
        bubble.focus();
      },
      message: ({ data }) => emit("on-message", data),
      started: ({ data }) => emit("on-start-conversation", data),
      failed: ({ data }) => emit("error", data),
    };

    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== origin) return;
      if (typeof event.data !== "string" || !event.data.startsWith(PREFIX)) return;
      const { event: name, ...data } = JSON.parse(event.data.slice(PREFIX.length));
      if (Object.hasOwn(heard, name)) heard[name](data);
    });
    bubble.addEventListener("click", () => api.toggle());
    bubble.addEventListener("pointerenter", () => say("warm"), { once: true });

    window.$chatwoot = api;
    paint();
    const show = () => {
      document.body.append(host);
      load();
    };
    if (document.readyState === "complete") show();
    else window.addEventListener("load", show, { once: true });
  }

  function some(attributes) {
    if (!attributes || !Object.keys(attributes).length)
      throw new Error("Custom attributes should have at least one key");
    return attributes;
  }

  function word(text) {
    if (!text) throw new Error("Expected a name");
    return text;
  }

  window.chatwootSDK = { run };
})();

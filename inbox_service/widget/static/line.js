/** The live line: one ActionCable subscription that comes back by itself. */
import { signal } from "@preact/signals";

/** "connecting" at first, then "on", or "off" while the line is down. */
export const line = signal(/** @type {"connecting" | "on" | "off"} */ ("connecting"));

/** When the next try is due, in milliseconds, while the line is off. */
export const nextTry = signal(0);

const WAITS = [0.5, 1, 2, 3, 5, 8, 15, 30];
const SILENCE = 10_000;
const BEAT = 30_000;

/** @type {WebSocket | null} */
let socket = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;
/** @type {ReturnType<typeof setInterval> | undefined} */
let beat;
let tries = 0;
let identifier = "";
/** @type {{ received: (frame: any) => void, on: () => void }} */
let to = { received: () => undefined, on: () => undefined };

/** @param {string} command @param {object} [data] */
const say = (command, data) =>
  socket?.send(JSON.stringify({ command, identifier, ...(data && { data: JSON.stringify(data) }) }));

function down() {
  for (const one of [timer, silence]) clearTimeout(one);
  clearInterval(beat);
  const was = socket;
  socket = null;
  was?.close();
  const wait = (WAITS[Math.min(tries, WAITS.length - 1)] ?? 30) * 1000 * (0.75 + Math.random() / 2);
  tries += 1;
  nextTry.value = Date.now() + wait;
  line.value = "off";
  timer = setTimeout(attempt, wait);
}

function listen() {
  clearTimeout(silence);
  silence = setTimeout(down, SILENCE);
}

function attempt() {
  clearTimeout(timer);
  const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/cable`;
  const mine = new WebSocket(url, ["actioncable-v1-json"]);
  socket = mine;
  listen();
  mine.onclose = () => mine === socket && down();
  mine.onmessage = ({ data }) => {
    if (mine !== socket) return;
    listen();
    const said = JSON.parse(data);
    if (said.type === "welcome") say("subscribe");
    else if (said.type === "disconnect" || said.type === "reject_subscription") down();
    else if (said.type === "confirm_subscription") {
      tries = 0;
      line.value = "on";
      beat = setInterval(() => say("message", { action: "update_presence" }), BEAT);
      to.on();
    } else if (said.message) to.received(said.message);
  };
}

/**
 * Connect as this visitor, and stay connected.
 * @param {string} token
 * @param {typeof to} on
 */
export function connect(token, on) {
  to = on;
  identifier = JSON.stringify({ channel: "RoomChannel", pubsub_token: token });
  tries = 0;
  clearInterval(beat);
  const was = socket;
  socket = null;
  was?.close();
  attempt();
}

/** Do not wait for the next try. */
export const tryNow = () => identifier && line.peek() === "off" && attempt();

addEventListener("online", tryNow);
addEventListener("offline", () => socket && down());

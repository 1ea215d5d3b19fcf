/** The live line: one ActionCable subscription, its presence beat, and when it is tried again. */
import { createConsumer } from "@rails/actioncable";
import { signal } from "@preact/signals";
import { boot } from "streamdesk/boot.js";

/** "connecting" at first, then "on", or "off" while the line is down. */
export const line = signal(/** @type {"connecting" | "on" | "off"} */ ("connecting"));

/** When the next try is due, in milliseconds, while the line is off. */
export const nextTry = signal(0);

const PRESENCE_EVERY = 20_000;
const PATIENCE = 10_000;
const WAITS = [1, 2, 4, 8, 15, 30];

/**
 * Connect and stay connected. ActionCable's own monitor only watches an open line; the waits
 * between tries are ours, because the page tells people when the next one is.
 * @param {{ received: (frame: { event: string, data: any }) => void, back: () => void }} on
 */
export function connect(on) {
  const consumer = createConsumer("/cable");
  const connection = /** @type {any} */ (consumer).connection;
  let tries = 0;
  let seen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let beat;

  const later = () => {
    clearTimeout(timer);
    clearInterval(beat);
    connection.monitor.stop();
    const wait =
      (WAITS[Math.min(tries, WAITS.length - 1)] ?? 30) * 1000 * (0.75 + Math.random() / 2);
    tries += 1;
    nextTry.value = Date.now() + wait;
    line.value = "off";
    timer = setTimeout(attempt, wait);
  };

  const watch = () => {
    const socket = connection.webSocket;
    connection.monitor.stop();
    socket.addEventListener("close", () => socket === connection.webSocket && later());
    timer = setTimeout(giveUp, PATIENCE);
  };

  const attempt = () => {
    if (!connection.open()) return;
    clearTimeout(timer);
    watch();
  };

  const giveUp = () => {
    connection.webSocket?.close();
    later();
  };

  connection.reopen = giveUp;
  const subscription = consumer.subscriptions.create(
    {
      channel: "RoomChannel",
      pubsub_token: boot.user.pubsub_token,
      account_id: boot.account.id,
      user_id: boot.user.id,
    },
    {
      connected() {
        clearTimeout(timer);
        clearInterval(beat);
        tries = 0;
        connection.monitor.start();
        beat = setInterval(() => subscription.perform("update_presence"), PRESENCE_EVERY);
        subscription.perform("update_presence");
        line.value = "on";
        if (seen) on.back();
        seen = true;
      },
      rejected: giveUp,
      received: on.received,
    },
  );
  watch();
  tryNow = attempt;
  addEventListener("online", attempt);
  addEventListener("offline", giveUp);
}

/** Do not wait for the next try. */
export let tryNow = () => {};

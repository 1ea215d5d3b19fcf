// Rails' own ActionCable client, unmodified, in Node: what it is told goes to standard output, a
// JSON line each; orders come the same way.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// The client looks at the page it believes to be in.
globalThis.addEventListener ??= () => {};
globalThis.removeEventListener ??= () => {};
globalThis.document ??= { visibilityState: "visible" };

const { adapters, createConsumer } = createRequire(import.meta.url)("@rails/actioncable");

// After a refused connection the WebSocket of Node 20 says for ever that it is connecting.
adapters.WebSocket = class extends WebSocket {
  #refused = false;
  constructor(...address) {
    super(...address);
    this.addEventListener("error", () => (this.#refused = super.readyState === WebSocket.CONNECTING));
  }
  get readyState() {
    return this.#refused ? WebSocket.CLOSED : super.readyState;
  }
};
const [url, room] = process.argv.slice(2);
const tell = (on, more = {}) => console.log(JSON.stringify({ on, ...more }));

const consumer = createConsumer(url);
let last = null;
const subscription = consumer.subscriptions.create(JSON.parse(room), {
  connected({ reconnected }) {
    tell("connected", { reconnected });
    if (reconnected && last) this.perform("resume", { after: last });
  },
  disconnected: ({ willAttemptReconnect }) => tell("disconnected", { willAttemptReconnect }),
  rejected: () => tell("rejected"),
  received(message) {
    last = message.position ?? last;
    tell("received", { message });
  },
});

createInterface({ input: process.stdin }).on("line", (line) => {
  const { perform, data, unsubscribe, end } = JSON.parse(line);
  if (perform) subscription.perform(perform, data);
  if (unsubscribe) subscription.unsubscribe();
  if (end) {
    consumer.disconnect();
    process.exit(0);
  }
});

/** Now, in seconds, moved along every few seconds so that durations stay true. */
import { signal } from "@preact/signals";

export const now = signal(Date.now() / 1000);

export const startClock = () => setInterval(() => (now.value = Date.now() / 1000), 10_000);

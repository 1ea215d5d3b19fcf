/** When things happened and when somebody will answer, in words. */
import { clock, dayName } from "streamdesk/format.js";

const REPLY_TIMES = /** @type {Record<string, string>} */ ({
  in_a_few_minutes: "a few minutes",
  in_a_few_hours: "a few hours",
  in_a_day: "a day",
});

/** @param {any} config */
export const replyTime = (config) => REPLY_TIMES[config?.reply_time] ?? "a few minutes";

/** Oslo, of Europe/Oslo. @param {string} zone */
const cityOf = (zone) => (zone.split("/").pop() ?? zone).replaceAll("_", " ");

/**
 * Back tomorrow at 08:00, Oslo time.
 * @param {{ open: boolean, opens_at: number | null, time_zone: string }} availability
 * @param {number} now
 */
export function backAt({ opens_at: at, time_zone: zone }, now) {
  if (!at) return "We are away";
  const day = (/** @type {number} */ when) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short" }).format(when * 1000);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(at * 1000);
  const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long" }).format(at * 1000);
  const when =
    day(at) === day(now) ? "today" : day(at) === day(now + 86400) ? "tomorrow" : `on ${weekday}`;
  return `Back ${when} at ${time}, ${cityOf(zone)} time`;
}

/** 18:04, or Yesterday 18:04. @param {number} at @param {number} now */
export function said(at, now) {
  const day = dayName(at, now);
  return day === "Today" ? clock(at) : `${day} ${clock(at)}`;
}

/** Times, durations, counts and sizes, as people read them. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const LOCALE = "en-GB";

const clockFormat = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const secondFormat = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
const dateFormat = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const yearFormat = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const dayFormat = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const weekdayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const fullFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "short" });
const numberFormat = new Intl.NumberFormat(LOCALE);

/** 10:42 @param {number} at seconds */
export const clock = (at) => clockFormat.format(at * 1000);

/** 10:42:07 @param {number} at seconds */
export const clockWithSeconds = (at) => secondFormat.format(at * 1000);

/** Monday 23 November 2026 at 10:42 @param {number} at seconds */
export const fullTime = (at) => fullFormat.format(at * 1000);

/** 1,284 @param {number} n */
export const number = (n) => numberFormat.format(n);

/** "99+" above 99, nothing for zero. @param {number | null | undefined} n */
export const count = (n) => (!n ? "" : n > 99 ? "99+" : String(n));

/** 26m, 1h 52m, 2d 4h @param {number} seconds */
export function duration(seconds) {
  if (seconds < MINUTE) return "1m";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY) {
    const minutes = Math.floor((seconds % HOUR) / MINUTE);
    return `${Math.floor(seconds / HOUR)}h${minutes ? ` ${minutes}m` : ""}`;
  }
  const hours = Math.floor((seconds % DAY) / HOUR);
  return `${Math.floor(seconds / DAY)}d${hours ? ` ${hours}h` : ""}`;
}

/**
 * How long ago, short enough for a row: now, 26m, 1h 52m, 3d, 4 Oct.
 * @param {number} at
 * @param {number} now
 */
export function ago(at, now) {
  const seconds = now - at;
  if (seconds < MINUTE) return "now";
  if (seconds < DAY) return duration(seconds);
  if (seconds < 7 * DAY) return `${Math.floor(seconds / DAY)}d`;
  return date(at, now);
}

/** 4 Oct, or 4 Oct 2024 when the year is another. @param {number} at @param {number} now */
export function date(at, now) {
  const same = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return (same ? dateFormat : yearFormat).format(at * 1000);
}

/** 48 minutes, 3 hours, 2 days @param {number} seconds */
export function longDuration(seconds) {
  const [n, unit] =
    seconds < HOUR
      ? [Math.max(1, Math.floor(seconds / MINUTE)), "minute"]
      : seconds < DAY
        ? [Math.floor(seconds / HOUR), "hour"]
        : [Math.floor(seconds / DAY), "day"];
  return plural(n, unit);
}

/** 1 change, 14 changes @param {number} n @param {string} noun */
export const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;

/** Days since the epoch in the reader's zone, to tell days apart. @param {number} at */
export function dayNumber(at) {
  const when = new Date(at * 1000);
  return Math.round(
    new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime() / (DAY * 1000),
  );
}

/** Today, Yesterday, Saturday 21 November @param {number} at @param {number} now */
export function dayName(at, now) {
  const apart = dayNumber(now) - dayNumber(at);
  if (apart === 0) return "Today";
  if (apart === 1) return "Yesterday";
  const other = new Date(at * 1000).getFullYear() !== new Date(now * 1000).getFullYear();
  return dayFormat.format(at * 1000) + (other ? ` ${new Date(at * 1000).getFullYear()}` : "");
}

/**
 * 13:42, Tue 09:00 or 4 Oct 09:00: when something will be.
 * @param {number} at
 * @param {number} now
 */
export function soon(at, now) {
  const apart = dayNumber(at) - dayNumber(now);
  if (apart === 0) return clock(at);
  if (apart > 0 && apart <= 7) return `${weekdayFormat.format(at * 1000)} ${clock(at)}`;
  return `${date(at, now)} ${clock(at)}`;
}

/** 184 kB, 1.2 MB @param {number} bytes */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1000 * 1000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1000 / 1000).toFixed(1)} MB`;
}

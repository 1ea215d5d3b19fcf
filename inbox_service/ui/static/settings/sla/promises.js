/** What a policy can promise, and its spans of time as people write them. */
import { plural } from "streamdesk/format.js";

/** @typedef {"first_response_time_threshold" | "next_response_time_threshold" | "resolution_time_threshold"} Key */

/** @type {{ key: Key, label: string, short: string, hint: string }[]} */
export const PROMISES = [
  {
    key: "first_response_time_threshold",
    label: "First response within",
    short: "First response",
    hint: "From the beginning of a conversation to a person’s first reply",
  },
  {
    key: "next_response_time_threshold",
    label: "Next response within",
    short: "Next response",
    hint: "From a customer’s message to the reply, every time they write again",
  },
  {
    key: "resolution_time_threshold",
    label: "Resolution within",
    short: "Resolution",
    hint: "From the beginning of a conversation until it is resolved",
  },
];

/** @typedef {"minute" | "hour" | "day"} Unit */

/** @type {[Unit, number][]} */
const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** @type {Record<string, number>} */
const SECONDS = Object.fromEntries(UNITS);
const LONGEST = 366 * 86400;

/**
 * A span while it is written: a number, perhaps none yet, of one unit.
 * @typedef {{ amount: string, unit: Unit }} Span
 */

/** In the largest unit that leaves a plain number. @param {number | null} seconds @returns {Span} */
export function spanOf(seconds) {
  if (seconds === null) return { amount: "", unit: "hour" };
  const fits = (/** @type {number} */ size) => seconds >= size && (seconds / size) % 0.5 === 0;
  const [unit, size] = UNITS.find(([, one]) => fits(one)) ?? ["minute", 60];
  return { amount: String(Math.round((seconds / size) * 100) / 100), unit };
}

/** Nothing where nothing is promised; NaN for what is no span. @param {Span} span */
export function secondsOf({ amount, unit }) {
  const text = amount.trim().replace(",", ".");
  if (!text) return null;
  const seconds = Number(text) * (SECONDS[unit] ?? NaN);
  return seconds >= 1 && seconds <= LONGEST ? seconds : NaN;
}

/** "30 minutes", "1.5 hours" @param {number} seconds */
export function spanWords(seconds) {
  const { amount, unit } = spanOf(seconds);
  return plural(Number(amount), unit);
}

/**
 * "First response within 30 minutes, resolution within 1 day, while open"
 * @param {import("../../types").SlaPolicy} policy
 */
export function summary(policy) {
  const parts = PROMISES.flatMap(({ key, label }) => {
    const seconds = policy[key];
    return seconds === null ? [] : [`${label} ${spanWords(seconds)}`];
  });
  if (!parts.length) return "Promises nothing yet";
  const [first, ...rest] = parts;
  const said = [first, ...rest.map((one) => one.charAt(0).toLowerCase() + one.slice(1))].join(", ");
  return policy.only_during_business_hours ? `${said}; only open hours count` : said;
}

/** How people, labels and channels are shown: initials, hues, languages, icons. */

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const LETTER = /\p{L}/u;

/** @param {string} text */
const firstGrapheme = (text) =>
  segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? "";

/** AO, 陈, +1, 🦊 @param {string | null | undefined} name */
export function initials(name) {
  const text = (name ?? "").trim();
  if (!text) return "?";
  if (text.startsWith("+")) return text.slice(0, 2);
  const first = firstGrapheme(text);
  if (CJK.test(first) || !LETTER.test(first)) return first;
  const words = text.split(/\s+/).filter((word) => LETTER.test(firstGrapheme(word)));
  const second =
    words.length > 1 ? firstGrapheme(/** @type {string} */ (words[words.length - 1])) : "";
  return (first + (CJK.test(second) ? "" : second)).toLocaleUpperCase();
}

/** One of the eight hues, always the same for the same person. @param {string | number} id */
export function hueClass(id) {
  let hash = 7;
  for (const letter of String(id)) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return `h${((Math.imul(hash, 2654435761) >>> 8) % 8) + 1}`;
}

/** The OKLCH hue of a label's chosen colour. @param {string | null | undefined} hex */
export function hueOf(hex) {
  const match = /^#?([0-9a-f]{6})$/i.exec(hex ?? "");
  if (!match) return 240;
  const value = parseInt(/** @type {string} */ (match[1]), 16);
  const [r = 0, g = 0, b = 0] = [value >> 16, (value >> 8) & 255, value & 255].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return Math.round((Math.atan2(c, a) * 180) / Math.PI + 360) % 360;
}

/**
 * The language a text's script gives away, for fonts and screen readers.
 * @param {string | null | undefined} text
 */
export function langOf(text) {
  if (!text || /^[\u0000-\u024f\s]*$/.test(text)) return undefined;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/\p{Script=Han}/u.test(text)) return "zh";
  if (/\p{Script=Arabic}/u.test(text)) return "ar";
  if (/\p{Script=Hebrew}/u.test(text)) return "he";
  if (/\p{Script=Thai}/u.test(text)) return "th";
  return undefined;
}

/**
 * Amara, or the whole name where the first word alone says nothing.
 * @param {string | null | undefined} name
 */
export function firstName(name) {
  const text = (name ?? "").trim();
  if (!text || !LETTER.test(firstGrapheme(text))) return text;
  return text.split(/\s+/)[0] ?? text;
}

/**
 * What a contact is called when there is no name.
 * @param {import("./types").Contact | null | undefined} contact
 */
export const contactName = (contact) =>
  contact?.name ||
  contact?.phone_number ||
  contact?.email ||
  contact?.identifier ||
  (contact?.id ? `Visitor ${contact.id}` : "Unknown visitor");

/** @param {import("./types").Agent | import("./types").Me | null | undefined} agent */
export const agentName = (agent) =>
  (agent && ("available_name" in agent ? agent.available_name : null)) || agent?.name || "Somebody";

/**
 * Teams are stored in small letters; their names begin with a capital all the same.
 * @param {string} name
 */
export const teamName = (name) => name.charAt(0).toLocaleUpperCase() + name.slice(1);

const CHANNELS = /** @type {Record<string, [string, string]>} */ ({
  whatsapp: ["whatsapp", "WhatsApp"],
  email: ["mail", "E-mail"],
  webwidget: ["chat", "Website chat"],
  sms: ["sms", "SMS"],
  twiliosms: ["sms", "SMS"],
  telegram: ["plane", "Telegram"],
  api: ["plug", "API"],
  custom: ["plug", "Custom"],
});

/** Icon and name of a channel. @param {string | null | undefined} type "Channel::Whatsapp" */
export function channel(type) {
  const key = (type ?? "").replace(/^Channel::/, "").toLowerCase();
  const [icon, label] = CHANNELS[key] ?? ["inbox", "Inbox"];
  return { icon, label };
}

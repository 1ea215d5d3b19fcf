/** Attachments in a thread: pictures, voice, video, places and files. */
import { Icon } from "streamdesk/components/Icon.js";
import { size } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { shareOf } from "streamdesk/store/sending.js";

/** @typedef {import("../types").Attachment} Attachment */

const PIC_WIDTH = 240;

const KINDS = /** @type {Record<string, [string, string]>} */ ({
  image: ["image", "Photo"],
  sticker: ["image", "Sticker"],
  audio: ["volume", "Voice message"],
  video: ["play", "Video"],
});

/** @param {Attachment} file */
function nameOf(file) {
  const path = new URL(file.data_url ?? "", location.href).pathname;
  const last = decodeURIComponent(path.split("/").pop() ?? "");
  return file.file_name || file.fallback_title || last || "file";
}

/** @param {Attachment} file */
function detailOf(file) {
  const name = nameOf(file);
  const ending = name.includes(".") ? name.split(".").pop() : "";
  const kind = (file.extension || ending || file.file_type).toUpperCase();
  return file.file_size ? `${kind}, ${size(file.file_size)}` : kind;
}

/** @param {{ name: string, detail: string }} props */
const About = ({ name, detail }) => html`
  <div>
    <div class="cut" dir="auto">${name}</div>
    <div class="sm low num">${detail}</div>
  </div>
`;

/** @param {{ file: Attachment }} props */
function Doc({ file }) {
  const name = nameOf(file);
  return html`<a class="doc" href=${file.data_url} download=${name} target="_blank" rel="noopener">
    <${Icon} name="file" />
    <${About} name=${name} detail=${detailOf(file)} />
    <${Icon} name="download" class="low" />
  </a>`;
}

/** @param {{ file: Attachment }} props */
function Picture({ file }) {
  const { width, height } = file;
  const ratio = width && height ? width / height : null;
  const alt = file.fallback_title ? `Photo: ${file.fallback_title}` : `Photo, ${nameOf(file)}`;
  return html`<a class="said pic" href=${file.data_url} target="_blank" rel="noopener">
    <img
      class="pic"
      src=${file.thumb_url || file.data_url}
      alt=${alt}
      width=${PIC_WIDTH}
      height=${ratio && Math.round(PIC_WIDTH / ratio)}
      style=${ratio ? { aspectRatio: ratio } : undefined}
    />
  </a>`;
}

/** @param {{ file: Attachment }} props */
function Recording({ file: { file_type: type, data_url: url } }) {
  const [, name] = KINDS[type] ?? [];
  return html`<div class="said">
    ${
      type === "audio"
        ? html`<audio controls preload="metadata" src=${url} aria-label=${name} />`
        : html`<video controls preload="metadata" src=${url} aria-label=${name} />`
    }
  </div>`;
}

/** @param {{ file: Attachment }} props */
function Place({ file }) {
  const { coordinates_lat: lat, coordinates_long: long } = file;
  return html`<a class="doc" href=${`geo:${lat},${long}`}>
    <${Icon} name="pin" />
    <${About} name=${file.fallback_title || "Location"} detail=${`${lat}, ${long}`} />
  </a>`;
}

/**
 * Announced by the provider, not here yet.
 * @param {{ file: Attachment }} props
 */
function Awaited({ file }) {
  const [icon, name] = KINDS[file.file_type] ?? ["file", "File"];
  return html`<div class="doc">
    <${Icon} name=${icon} />
    <${About} name=${file.file_name || name} detail="On its way" />
  </div>`;
}

/** @param {{ files: Attachment[] }} props */
export function Files({ files }) {
  const key = (/** @type {Attachment} */ file) => file.id ?? file.data_url;
  const places = files.filter((one) => one.file_type === "location");
  const here = files.filter((one) => one.data_url && one.file_type !== "location");
  const awaited = files.filter((one) => !one.data_url && one.file_type !== "location");
  const pictures = here.filter((one) => one.file_type === "image" || one.file_type === "sticker");
  const heard = here.filter((one) => one.file_type === "audio" || one.file_type === "video");
  const rest = here.filter((one) => !pictures.includes(one) && !heard.includes(one));
  const docs = [
    ...places.map((file) => html`<${Place} key=${key(file)} file=${file} />`),
    ...rest.map((file) => html`<${Doc} key=${key(file)} file=${file} />`),
    ...awaited.map((file) => html`<${Awaited} key=${key(file)} file=${file} />`),
  ];
  return html`
    ${pictures.map((file) => html`<${Picture} key=${key(file)} file=${file} />`)}
    ${heard.map((file) => html`<${Recording} key=${key(file)} file=${file} />`)}
    ${docs.length ? html`<div class="files">${docs}</div>` : null}
  `;
}

/**
 * Files of a message that is going out.
 * @param {{ files: File[], echo: string, sending: boolean }} props
 */
export function GoingFiles({ files, echo, sending }) {
  const share = shareOf(echo).value;
  return html`<div class="files">
    ${files.map((file) => {
      const whole = size(file.size);
      const sent =
        sending && share < 1 ? `${size(Math.round(file.size * share))} of ${whole}` : whole;
      return html`<div class="doc" key=${file.name}>
        <${Icon} name=${file.type.startsWith("image/") ? "image" : "file"} />
        <${About} name=${file.name} detail=${sent} />
        ${
          sending
            ? html`<progress max="1" value=${share} aria-label=${`Upload of ${file.name}`} />`
            : null
        }
      </div>`;
    })}
  </div>`;
}

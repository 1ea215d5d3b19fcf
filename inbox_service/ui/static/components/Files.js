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
  return file.file_name || file.fallback_title || decodeURIComponent(path.split("/").pop() ?? "") || "file";
}

/** @param {Attachment} file */
function detailOf(file) {
  const name = nameOf(file);
  const kind = file.extension || (name.includes(".") ? name.split(".").pop() : "") || file.file_type;
  const kindName = String(kind).toUpperCase();
  return file.file_size ? `${kindName}, ${size(file.file_size)}` : kindName;
}

/** @param {{ file: Attachment }} props */
function Doc({ file }) {
  const name = nameOf(file);
  return html`<a class="doc" href=${file.data_url} download=${name} target="_blank" rel="noopener"><${Icon} name="file" /><div><div class="cut" dir="auto">${name}</div><div class="sm low num">${detailOf(file)}</div></div><${Icon} name="download" class="low" /></a>`;
}

/** @param {{ file: Attachment }} props */
function Picture({ file }) {
  const { width, height } = file;
  const ratio = width && height ? `${width} / ${height}` : undefined;
  const high = width && height ? Math.round((PIC_WIDTH * height) / width) : undefined;
  return html`<a class="said pic" href=${file.data_url} target="_blank" rel="noopener"><img class="pic" src=${file.thumb_url || file.data_url} alt=${file.fallback_title ? `Photo: ${file.fallback_title}` : `Photo, ${nameOf(file)}`} width=${PIC_WIDTH} height=${high} style=${ratio ? { aspectRatio: ratio } : undefined} /></a>`;
}

/** @param {{ file: Attachment }} props */
const Recording = ({ file }) =>
  html`<div class="said">${
    file.file_type === "audio"
      ? html`<audio controls preload="metadata" src=${file.data_url} aria-label="Voice message"></audio>`
      : html`<video controls preload="metadata" src=${file.data_url} aria-label="Video"></video>`
  }</div>`;

/** Announced by the provider, not here yet. @param {{ file: Attachment }} props */
function Awaited({ file }) {
  const [icon, name] = KINDS[file.file_type] ?? ["file", "File"];
  return html`<div class="doc"><${Icon} name=${icon} /><div><div class="cut" dir="auto">${file.file_name || name}</div><div class="sm low">On its way</div></div></div>`;
}

/** @param {{ file: Attachment }} props */
function Place({ file }) {
  const where = `${file.coordinates_lat}, ${file.coordinates_long}`;
  return html`<a class="doc" href=${`geo:${file.coordinates_lat},${file.coordinates_long}`}><${Icon} name="pin" /><div><div class="cut" dir="auto">${file.fallback_title || "Location"}</div><div class="sm low num">${where}</div></div></a>`;
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
  return html`${pictures.map((file) => html`<${Picture} key=${key(file)} file=${file} />`)}
    ${heard.map((file) => html`<${Recording} key=${key(file)} file=${file} />`)}
    ${docs.length ? html`<div class="files">${docs}</div>` : null}`;
}

/** Files of a message that is going out. @param {{ files: File[], echo: string, sending: boolean }} props */
export function GoingFiles({ files, echo, sending }) {
  const share = shareOf(echo).value;
  return html`<div class="files">${files.map((file) => html`<div class="doc" key=${file.name}><${Icon} name=${file.type.startsWith("image/") ? "image" : "file"} /><div><div class="cut" dir="auto">${file.name}</div><div class="sm low num">${sending && share < 1 ? `${size(Math.round(file.size * share))} of ${size(file.size)}` : size(file.size)}</div></div>${sending ? html`<progress max="1" value=${share} aria-label=${`Upload of ${file.name}`}></progress>` : null}</div>`)}</div>`;
}

/** The files that will go out with the message. */
import { useEffect, useState } from "preact/hooks";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { size } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";

/** @param {{ file: File, remove: (file: File) => void }} props */
function Chosen({ file, remove }) {
  const [preview, setPreview] = useState("");
  useEffect(() => {
    if (!file.type.startsWith("image/")) return undefined;
    const url = URL.createObjectURL(file);
    setPreview(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return html`<div class="doc">${preview ? html`<img src=${preview} alt="" />` : html`<${Icon} name=${file.type.startsWith("image/") ? "image" : "file"} />`}<div><div class="cut" dir="auto">${file.name}</div><div class="sm low num">${size(file.size)}</div></div><${IconButton} icon="x" label=${`Remove ${file.name}`} onClick=${() => remove(file)} /></div>`;
}

/** @param {{ files: File[], remove: (file: File) => void }} props */
export const ChosenFiles = ({ files, remove }) =>
  html`<div class="files">${files.map((file) => html`<${Chosen} key=${`${file.name} ${file.size} ${file.lastModified}`} file=${file} remove=${remove} />`)}</div>`;

/** The files that will go out with the message. */
import { useEffect, useState } from "preact/hooks";
import { Icon, IconButton } from "streamdesk/components/Icon.js";
import { size } from "streamdesk/format.js";
import { html } from "streamdesk/html.js";
import { removeFile } from "streamdesk/store/drafts.js";

/** @param {{ id: number, file: File }} props */
function Chosen({ id, file }) {
  const [preview, setPreview] = useState("");
  useEffect(() => {
    if (!file.type.startsWith("image/")) return undefined;
    const url = URL.createObjectURL(file);
    setPreview(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return html`<div class="doc">
    ${preview ? html`<img src=${preview} alt="" />` : html`<${Icon} name="file" />`}
    <div>
      <div class="cut" dir="auto">${file.name}</div>
      <div class="sm low num">${size(file.size)}</div>
    </div>
    <${IconButton} icon="x" label=${`Remove ${file.name}`} onClick=${() => removeFile(id, file)} />
  </div>`;
}

/** @param {{ id: number, files: File[] }} props */
export const ChosenFiles = ({ id, files }) => html`
  <div class="files">
    ${files.map((file) => {
      const key = `${file.name} ${file.size} ${file.lastModified}`;
      return html`<${Chosen} key=${key} id=${id} file=${file} />`;
    })}
  </div>
`;

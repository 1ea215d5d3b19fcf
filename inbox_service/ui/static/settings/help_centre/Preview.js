/** How an article will look: the public page's own HTML, made safe by the server. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ApiError } from "streamdesk/api.js";
import { html } from "streamdesk/html.js";
import { preview } from "streamdesk/settings/help_centre/calls.js";

const PAUSE = 400;

/** @param {{ slug: string, title: string, content: string }} props */
export function Preview({ slug, title, content }) {
  const drawn = useSignal("");
  const trouble = useSignal("");
  useEffect(() => {
    let here = true;
    const timer = setTimeout(async () => {
      try {
        const made = content.trim() ? await preview(slug, content) : "";
        if (here) [drawn.value, trouble.value] = [made, ""];
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (here) trouble.value = error.message;
      }
    }, PAUSE);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [slug, content]);
  return html`<aside class="dry" aria-label="Preview">
    <header><h2>Preview</h2></header>
    ${trouble.value ? html`<p class="wrong" role="alert">${trouble.value}</p>` : null}
    ${title ? html`<p class="seen" dir="auto">${title}</p>` : null}
    ${
      drawn.value
        ? html`<div class="written" dir="auto" dangerouslySetInnerHTML=${{ __html: drawn.value }}></div>`
        : html`<p class="low">What you write appears here as readers will see it.</p>`
    }
  </aside>`;
}

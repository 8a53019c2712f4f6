/**
 * A command to be copied: title, text, and whether the copying worked.
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";

const COPIED = 2000;

/** @param {{title: string, text: string, note?: string}} props */
export function ScriptBlock({ title, text, note }) {
  const [copied, setCopied] = useState("");
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(setCopied, COPIED, "");
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied("Copied.");
    } catch {
      setCopied("Select the text and copy it: this browser does not let a page do so here.");
    }
  };
  return html`<section class="script" aria-label=${title}>
    <header><h3>${title}</h3>${note && html`<span class="small">${note}</span>`}
      <span role="status" class="small">${copied}</span>
      <button type="button" class="button" aria-label=${`Copy ${title}`} onClick=${copy}>Copy</button></header>
    <pre tabindex="0"><code>${text}</code></pre>
  </section>`;
}

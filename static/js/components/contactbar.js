/**
 * "Server busy. Trying again in 2 s." and "No contact. This is the last answer. Try now."
 */
import { html } from "gridtime/lib/html.js";
import { contact } from "gridtime/api/problem.js";

async function ask() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (answer.ok) contact.value = { state: "ok", seconds: 0 };
  } catch {
    // Still no contact: the bar stays.
  }
}

/** @param {{onRetry?: () => void}} props the view's last request once more */
export function ContactBar({ onRetry }) {
  const { state, seconds } = contact.value;
  const again = async () => {
    await ask();
    onRetry?.();
  };
  return html`<div class="contact" role="status" hidden=${state === "ok"}>
    ${state === "waiting" && html`<p>Server busy. Trying again in ${seconds} s.</p>`}
    ${state === "lost" &&
    html`<p>No contact. This is the last answer.</p>
      <button type="button" class="button" onClick=${again}>Try now</button>`}
  </div>`;
}

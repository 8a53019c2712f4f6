/**
 * What went wrong, why, and what to do next: never an unchanged screen.
 */
import { html } from "gridtime/lib/html.js";

/**
 * The sentence a visitor reads.
 * @param {Error & {detail?: string}} problem
 */
export const sentence = (problem) => problem.detail || problem.message || "Something went wrong.";

/**
 * @param {{problem: Error | null | undefined, onRetry?: () => void}} props
 */
export function Trouble({ problem, onRetry }) {
  if (!problem || problem.name === "AbortError") return null;
  const lost = problem.name === "NoContact";
  return html`<div class="trouble" role="alert">
    <p>${sentence(problem)}</p>
    ${onRetry &&
    html`<button type="button" class="button" onClick=${onRetry}>
      ${lost ? "Try now" : "Try again"}
    </button>`}
  </div>`;
}

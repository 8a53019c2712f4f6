/**
 * What was done to the text, and what to make of the answer: never silent.
 */
import { html } from "gridtime/lib/html.js";
import { doubtSays } from "gridtime/math/unusual.js";

/** Steps that only say the usual are left out. @type {Set<string>} */
const USUAL = new Set(["tokens"]);

/** @param {{answer: import("gridtime/api/client.js").Answer}} props */
export function Notices({ answer }) {
  const { input, familiarity } = answer;
  const said = /** @type {{op: string, text: string}[]} */ (input.steps ?? []).filter(
    (step) => !USUAL.has(step.op),
  );
  const strange = doubtSays(familiarity, "sentences");
  if (!said.length && !strange) return null;
  return html`<ul class="notices" role="status">
    ${said.map((step) => html`<li key=${step.op}>${step.text}</li>`)}
    ${strange && html`<li>${strange}</li>`}
  </ul>`;
}

/**
 * What was done to the text, and what to make of the answer: never silent.
 */
import { html } from "gridtime/lib/html.js";
import { doubtSays } from "gridtime/math/unusual.js";

/** Steps that only say the usual are left out. @type {Set<string>} */
const USUAL = new Set(["tokens"]);

/** @param {{answer: import("gridtime/api/client.js").Answer, doubts?: string[]}} props doubts: of several networks, else of the one that answers */
export function Notices({ answer, doubts = [doubtSays(answer.familiarity, "sentences")] }) {
  const steps = /** @type {{op: string, text: string}[]} */ (answer.input.steps ?? []);
  const said = [...steps.filter(({ op }) => !USUAL.has(op)).map(({ text }) => text), ...doubts.filter(Boolean)];
  if (!said.length) return null;
  return html`<ul class="notices" role="status">${said.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`;
}

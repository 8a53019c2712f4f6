/**
 * One cell of the map, worked out with the numbers that ran.
 *
 *     Grad-CAM    w_k · A_k at the cell: six largest, the others -> sum -> ReLU
 *     gradients   one number a colour -> the largest size
 *     occlusion   logit − logit with the square covered
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { SaveFalls } from "gridtime/components/saveplot.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { answerLayer } from "gridtime/math/groups.js";
import { others, strongest } from "gridtime/math/votes.js";
import { Equation } from "gridtime/views/cnn/equation.js";

/** @typedef {import("./ask.js").Explained} Explained */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {[number, number]} Cell y, x */

const NAMED = 6;
const DIGITS = 3;

/**
 * Weight × map at one cell, for every channel.
 * @param {ArrayLike<number>} weights @param {import("../room.js").Tensor} maps @param {Cell} cell
 * @returns {Float64Array}
 */
export function weighted(weights, maps, [y, x]) {
  const [channels = 0, height = 1, width = 1] = maps.shape;
  return Float64Array.from({ length: channels }, (_, k) =>
    (weights[k] ?? 0) * (maps.data[(k * height + y) * width + x] ?? 0));
}

/** @param {{run: Run, found: Explained, cell: Cell}} props */
function CamCell({ run, found, cell }) {
  const weights = found.tensors.get("weights");
  const signed = found.tensors.get("signed");
  const maps = run.tensors.get(found.layer ?? "");
  if (!weights || !signed || !maps) return null;
  const votes = weighted(weights.data, maps, cell);
  const shown = strongest(votes, NAMED);
  const rest = others(votes, shown);
  const total = signed.data[cell[0] * (signed.shape[1] ?? 1) + cell[1]] ?? 0;
  const terms = [
    ...shown.map((t) => ({ label: `channel ${t.index}`, value: t.value })),
    ...(rest.count ? [{ label: rest.count === 1 ? "1 other" : `${rest.count} others`, value: rest.value }] : []),
  ];
  return html`<${Waterfall} terms=${terms} total=${total} totalLabel="sum" digits=${DIGITS}
      label="Weight × map at this cell" />
    <p class="small">ReLU: ${total < 0 ? "below 0, so the map shows 0." : "not below 0, so the map shows it."}
      ${" "}<${SaveFalls} name="grad-cam-cell" title="This cell of Grad-CAM" terms=${terms} total=${total} totalLabel="sum" /></p>`;
}

/** @param {{found: Explained, cell: Cell, value: number}} props */
function ColourCell({ found, cell, value }) {
  const gradient = found.tensors.get("gradient");
  if (!gradient) return null;
  const [planes = 1, height = 1, width = 1] = gradient.shape;
  const names = planes === 3 ? ["red", "green", "blue"] : ["the only plane"];
  return html`<table class="why-planes"><tbody>
    ${Array.from({ length: planes }, (_, c) => html`<tr key=${c}><th scope="row">${names[c] ?? `plane ${c}`}</th>
      <td><${Num} value=${gradient.data[(c * height + cell[0]) * width + cell[1]] ?? 0} digits=${DIGITS} signed=${true} /></td></tr>`)}
    <tr class="why-total"><th scope="row">largest size</th><td><${Num} value=${value} digits=${DIGITS} class="focus" /></td></tr>
  </tbody></table>`;
}

/** @param {{run: Run, found: Explained, value: number}} props */
function CoveredCell({ run, found, value }) {
  const output = answerLayer(run.graph);
  const logit = found.class ? run.predictions.find((p) => p.label === found.class)?.logit
    : output && run.tensors.get(output.name)?.data[0];
  if (logit === undefined || Number.isNaN(value)) return html`<p class="small">This square has not been covered yet.</p>`;
  return html`<${Equation} digits=${DIGITS} total=${value} name="the map" terms=${[
    { label: "as it is", value: logit }, { label: "minus: covered", value: Math.fround(value - logit) }]} />`;
}

/** @param {{run: Run, found: Explained, cell: Cell, value: number}} props value of the plain map */
export function Worked({ run, found, cell, value }) {
  if (found.method === "gradcam") return html`<${CamCell} run=${run} found=${found} cell=${cell} />`;
  if (found.method === "occlusion") return html`<${CoveredCell} run=${run} found=${found} value=${value} />`;
  return html`<${ColourCell} found=${found} cell=${cell} value=${value} />`;
}

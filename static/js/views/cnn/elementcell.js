/**
 * One cell of an element-wise layer: an activation, or a batch norm that was not folded away.
 *
 *     value before -> the function, its curve with the point on it -> value after
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { activate, formula, says } from "gridtime/math/activate.js";
import { factorOn } from "gridtime/math/edits.js";
import { byName, extent, kind, source } from "gridtime/math/groups.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { weightName } from "gridtime/math/sources.js";
import { SideMap, edgeFor } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

const HALF = 100;

/**
 * @param {{layer: Layer, before: number, after: number, limit: number}} props
 */
function Curve({ layer, before, after, limit }) {
  const reach = limit || 1;
  const points = Array.from({ length: 81 }, (_, i) => {
    const x = ((i - 40) / 40) * reach;
    return `${(x / reach) * HALF},${(-activate(layer, x) / reach) * HALF}`;
  });
  return html`<svg class="curve" viewBox="-108 -108 216 216" role="img" aria-label=${`Curve of ${layer.op}`}>
    <path class="curve-axis" d="M-100 0H100M0 -100V100" />
    <polyline class="curve-line" points=${points.join(" ")} />
    <circle class="curve-point" cx=${(before / reach) * HALF} cy=${(-after / reach) * HALF} r="6" />
  </svg>`;
}

/** Batch norm's four numbers of a channel. @param {Room} room @param {Layer} layer @param {number} c */
function normOf(room, layer, c) {
  const at = (/** @type {string} */ part, /** @type {number} */ fallback) =>
    room.weights.value?.get(weightName(layer, part))?.data[c] ?? fallback;
  return {
    mean: at("running_mean", 0), spread: Math.sqrt(at("running_var", 1) + (layer.attributes.eps ?? 1e-5)),
    weight: at("weight", 1), bias: at("bias", 0),
  };
}

/** @param {{room: Room, layer: Layer, channel: number, before: number, after: number}} props */
function Norm({ room, layer, channel, before, after }) {
  const n = normOf(room, layer, channel);
  return html`<p class="equation" role="math">(<${Num} value=${before} digits=${3} /> −
    <${Num} value=${n.mean} digits=${3} />) ÷ <${Num} value=${n.spread} digits=${3} /> ×
    <${Num} value=${n.weight} digits=${3} /> + <${Num} value=${n.bias} digits=${3} /> =
    <${Num} value=${after} digits=${3} class="focus" /></p>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
export function ElementCellLens({ room, run, choice, layer, part }) {
  const from = source(byName(run.graph), layer);
  const input = from && run.tensors.get(from.name);
  const output = run.tensors.get(layer.name);
  if (!from || !input || !output || !run.exact) return html`<p>Computing…</p>`;
  const [y, x] = choice.cell;
  const before = cellOf(input, choice.channel, y, x);
  const after = cellOf(output, choice.channel, y, x);
  const spatial = choice.size.height * choice.size.width > 1;
  const factor = factorOn(room.applied.value, layer.name, choice.channel);
  const edge = edgeFor(room, 400, part === "maps" ? 520 : 400);
  const limit = run.ranges.get(from.name)?.range.limit ?? 1;
  const maps = spatial && part !== "cells";
  return html`<div class="element-cell part-${part}">
    <div class="arithmetic">
      ${maps && html`<${SideMap} room=${room} run=${run} layer=${from} channel=${choice.channel} size=${edge}
        title=${`in: ${from.name}`} chosen=${choice.cell} />`}
      ${part !== "maps" && html`<div class="element">
        ${kind(layer) === "norm"
          ? html`<${Norm} room=${room} layer=${layer} channel=${choice.channel} before=${before} after=${after} />`
          : html`<${Curve} layer=${layer} before=${before} after=${after} limit=${limit} />
            <p class="equation" role="math"><${Num} value=${before} digits=${3} /> →
              <span class="formula">${formula(layer)}</span>${factor === 1 ? "" : html` × <${Num} value=${factor} class="was-changed" /> (changed)`} → <${Num} value=${after} digits=${3} class="focus" /></p>
            <p class="small">${factor === 1 && says(layer, before, after)}</p>`}
      </div>`}
      ${maps && html`<${SideMap} room=${room} run=${run} layer=${layer} channel=${choice.channel} size=${edge}
        title=${`out: ${layer.name}, ${extent(layer).height} × ${extent(layer).width}`} chosen=${choice.cell}
        onChoose=${(/** @type {[number, number]} */ c) => room.patch({ cell: c })} />`}
    </div>
  </div>`;
}

/**
 * The first layer's kernels by what the measure calls them.
 *
 *     studies.edges.channels -> edges with their orientation, corners, textures, colours, the rest
 */

import { html, useRef, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { Num, exact } from "gridtime/components/num.js";
import { number, percent } from "gridtime/math/format.js";
import { KINDS, byKind } from "gridtime/math/patterns.js";
import { PatternWall } from "gridtime/views/cnn/cortex/patternwall.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/selectivity.js").Kernel} Kernel */

/** px at root 16 of a tile. */
const EDGE = 84;
const SMALL = 56;
const EDGE_PRESENT = 118;

/** @param {string} kind @param {number} n @param {number} of */
const kindSays = (kind, n, of) => {
  const [one, many] = KINDS[kind] ?? [kind, kind];
  return kind === "other" ? `${n} of ${of} ${one}` : `${n} of ${of}: ${n === 1 ? one : many}`;
};

/** Kernels in the order on screen, which C goes through. @param {Kernel[]|undefined} kernels
 *  @param {number} many @returns {number[]} */
export const inOrder = (kernels, many) =>
  kernels?.length ? byKind(kernels).flatMap(({ channels }) => channels) : Array.from({ length: many }, (_, c) => c);

/**
 * @param {{weight: Tensor, kernels: Kernel[]|undefined, chosen: number, onPick: (channel: number) => void,
 *   only?: "edge"|"rest", present: boolean}} props
 */
export function Kinds({ weight, kernels, chosen, onPick, only, present }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, rem } = useSize(box, [present]);
  const many = weight.shape[0] ?? 0;
  const all = kernels?.length ? byKind(kernels) : [{ kind: "", channels: inOrder(undefined, many) }];
  const some = all.filter(({ kind }) => !only || (only === "edge") === (kind === "edge"));
  return html`<div class="kinds" ref=${box}>${width > 0 && some.map(({ kind, channels }) => {
    const edge = Math.round((present ? EDGE_PRESENT : kind === "edge" || !kind ? EDGE : SMALL) * rem);
    return html`<section key=${kind} class="kind" aria-label=${kind || "kernels"}>
      <h3>${kind ? kindSays(kind, channels.length, many) : `${many} kernels, not measured for this network`}</h3>
      <${PatternWall} weight=${weight} channels=${channels} kernels=${kernels} edge=${edge} columns=${Math.max(1, Math.floor((width - 1) / edge))}
        chosen=${chosen} label=${kind ? kindSays(kind, channels.length, many) : `${many} kernels`} onPick=${onPick} />
    </section>`;
  })}</div>`;
}

/** @param {{layer: string, kernels: Kernel[]}} props */
export function KindsTable({ layer, kernels }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title=${`Kernels of ${layer}`} onClose=${() => setOpen(false)}>
      <div class="numbers-scroll" tabindex="0" role="region" aria-label="Kernels"><table class="layer-table">
        <thead><tr>${["channel", "kind", "degrees", "index", "grey"].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
        <tbody>${kernels.map((k, c) => html`<tr key=${c}><th scope="row">${c}</th><td>${k.kind}</td>
          <td data-value=${k.degrees === null ? undefined : exact(k.degrees)}>${k.degrees === null ? "none" : `${number(k.degrees, 0)}°`}</td>
          <td><${Num} value=${k.index} /></td><td data-value=${exact(k.grey)}>${percent(k.grey)}</td></tr>`)}</tbody>
      </table></div>
    <//>`;
}

/**
 * Reliability diagram: of the held-out answers given with so much, how many were right.
 *
 *     bins -> a dot a bin at (mean share given, share right), area = answers; the diagonal is honest
 */

import { scaleLinear } from "d3-scale";
import { html, useRef, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { exact } from "gridtime/components/num.js";
import { count, percent } from "gridtime/math/format.js";
import { binOf, calibrationSays, tenths, worthSays } from "gridtime/math/trust.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("gridtime/math/selectivity.js").Trust} Trust */
/** @typedef {import("gridtime/math/selectivity.js").Bin} Bin */

const MARGIN = { left: 64, right: 20, top: 18, bottom: 44 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Radius of the fullest bin's dot, px at root 16. */
const LARGEST = 15;

/** @param {{bins: Bin[], chosen: number, onPick: (bin: number) => void}} props `chosen` −1: none */
function Plot({ bins, chosen, onPick }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, height, rem } = useSize(box);
  const x = scaleLinear([0, 1], [MARGIN.left * rem, Math.max(60, width - MARGIN.right * rem)]);
  const y = scaleLinear([0, 1], [Math.max(60, height - MARGIN.bottom * rem), MARGIN.top * rem]);
  const most = Math.max(1, ...bins.map(({ n }) => n));
  return html`<div class="reliability" ref=${box}>${width > 0 && html`<svg width=${width} height=${height} role="img"
    aria-label="Reliability: share given against share right, a dot a bin">
    ${TICKS.map((v) => html`<g key=${v}><line class="plot-grid" x1=${x(0)} x2=${x(1)} y1=${y(v)} y2=${y(v)} /><line class="plot-grid" x1=${x(v)} x2=${x(v)} y1=${y(0)} y2=${y(1)} />
      <text class="plot-text" x=${x(0) - 6 * rem} y=${y(v)} dy="0.32em" text-anchor="end">${percent(v)}</text>
      <text class="plot-text" x=${x(v)} y=${y(0) + 16 * rem} text-anchor=${v === 1 ? "end" : "middle"}>${percent(v)}</text></g>`)}
    <line class="plot-chance" x1=${x(0)} y1=${y(0)} x2=${x(1)} y2=${y(1)} />
    ${bins.map((bin, i) => bin.n > 0 && html`<g key=${bin.low} class="plot-moment" onClick=${() => onPick(i)}>
      <line class="reliability-gap" x1=${x(bin.confidence)} x2=${x(bin.confidence)} y1=${y(bin.confidence)} y2=${y(bin.accuracy)} />
      <circle class=${i === chosen ? "plot-marker" : "plot-dot"} cx=${x(bin.confidence)} cy=${y(bin.accuracy)} data-value=${exact(bin.accuracy)}
        r=${Math.max(3.5, LARGEST * Math.sqrt(bin.n / most)) * rem}><title>${percent(bin.low)} to ${percent(bin.high)}: ${bin.n} answers, ${percent(bin.accuracy)} right</title></circle></g>`)}
    <text class="plot-text" x=${(x(0) + x(1)) / 2} y=${height - 6 * rem} text-anchor="middle">share it gave to its answer</text>
    <text class="plot-text" x=${x(0) + 8 * rem} y=${y(1) + 14 * rem}>share that was right</text>
  </svg>`}</div>`;
}

/** @param {{bins: Bin[]}} props */
function Table({ bins }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title="Shares given and shares right" onClose=${() => setOpen(false)}>
      <table class="layer-table"><thead><tr><th scope="col">share given</th><th scope="col">answers</th><th scope="col">mean share</th><th scope="col">right</th></tr></thead>
        <tbody>${bins.map((bin) => html`<tr key=${bin.low}><th scope="row">${percent(bin.low)} to ${percent(bin.high)}</th><td>${count(bin.n)}</td>
          <td data-value=${exact(bin.confidence)}>${bin.n ? tenths(bin.confidence) : "none"}</td><td data-value=${exact(bin.accuracy)}>${bin.n ? tenths(bin.accuracy) : "none"}</td></tr>`)}</tbody></table>
    <//>`;
}

/** @param {{trust: Trust, share: number, present: boolean}} props `share` of the answer on show */
export function Reliability({ trust, share, present }) {
  const own = binOf(trust.bins, share);
  const [picked, pick] = useState(-1);
  const chosen = picked >= 0 ? picked : own;
  const bin = trust.bins[chosen];
  return html`<section class="trust-calibration" aria-label="Calibration">
    <h2>Are its shares honest?</h2>
    <${Plot} bins=${trust.bins} chosen=${chosen} onPick=${pick} />
    <p role="status">${bin ? worthSays(trust.bins, (bin.low + bin.high) / 2) : ""}${chosen === own ? " That is the bin of the answer here." : ""}</p>
    <p class="small">${calibrationSays(trust)} On the dashed line a share is kept as promised; a larger dot: more answers.</p>
    ${!present && html`<div class="row"><${Table} bins=${trust.bins} />
      <${SavePlot} name="calibration" label="calibration" rows=${() => [["from", "to", "answers", "mean share given", "share right"],
        ...trust.bins.map((one) => [one.low, one.high, one.n, one.confidence, one.accuracy])]} /></div>`}
  </section>`;
}

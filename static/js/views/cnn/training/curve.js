/**
 * Held-out accuracy at the saved moments, with the moment on show; its slider lies under its axis.
 *
 *     moments [{step, accuracy}] -> point scale (steps are not to scale) -> line, dots, marker
 */

import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { html, useRef } from "gridtime/lib/html.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { exact } from "gridtime/components/num.js";
import { count, percent } from "gridtime/math/format.js";
import { accuracySays, stepSays } from "gridtime/math/moments.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("gridtime/math/moments.js").Moment} Moment */

/** px at root 16. */
const LEFT = 64;
const RIGHT = 28;
const TOP = 12;
const BOTTOM = 26;
const THUMB = 16;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/**
 * @param {{moments: Moment[], at: number, chance?: number, chanceName?: string,
 *   onGo: (at: number) => void}} props
 */
export function Curve({ moments, at, chance, chanceName = "", onGo }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, height, rem } = useSize(box);
  const [left, right, top, bottom] = [LEFT * rem, width - RIGHT * rem, TOP * rem, height - BOTTOM * rem];
  const x = scalePoint(moments.map((_, i) => i), [left, Math.max(left, right)]);
  const y = scaleLinear([0, 1], [Math.max(top, bottom), top]);
  /** @param {number} i */
  const px = (i) => x(i) ?? left;
  const known = moments.map((moment, i) => ({ i, ...moment })).filter(({ accuracy }) => accuracy !== undefined);
  const path = line(/** @type {(d: any) => number} */ (d) => px(d.i), (d) => y(d.accuracy))(/** @type {any} */ (known));
  const now = moments[at];
  const words = now ? `${stepSays(now)}: ${accuracySays(now)}` : "";
  return html`<div class="curve-block">
    <div class="training-plot" ref=${box}>
      ${width > 0 && html`<svg width=${width} height=${height} role="img" aria-label=${`Held-out accuracy at ${moments.length} moments of the training. ${words}`}>
        ${TICKS.map((v) => html`<g key=${v}><line class="plot-grid" x1=${left} x2=${right} y1=${y(v)} y2=${y(v)} />
          <text class="plot-text" x=${left - 8 * rem} y=${y(v)} dy="0.32em" text-anchor="end">${percent(v)}</text></g>`)}
        ${chance !== undefined && html`<line class="plot-chance" x1=${left} x2=${right} y1=${y(chance)} y2=${y(chance)} />
          <text class="plot-text" x=${right} y=${y(chance) - 5 * rem} text-anchor="end">${chanceName}</text>`}
        <path class="plot-line" d=${path ?? ""} />
        ${moments.map((moment, i) => html`<g key=${moment.step} class="plot-moment" onClick=${() => onGo(i)}>
          <rect x=${px(i) - 14 * rem} y=${top} width=${28 * rem} height=${Math.max(0, height - top)} fill="transparent" />
          ${moment.accuracy !== undefined && html`<circle class="plot-dot" cx=${px(i)} cy=${y(moment.accuracy)} r=${4 * rem} data-value=${exact(moment.accuracy)} />`}
          <text class="plot-text" x=${px(i)} y=${height - 6 * rem} text-anchor="middle">${count(moment.step)}</text></g>`)}
        ${now?.accuracy !== undefined && html`<g aria-hidden="true"><line class="plot-now" x1=${px(at)} x2=${px(at)} y1=${y(now.accuracy)} y2=${bottom} />
          <circle class="plot-marker" cx=${px(at)} cy=${y(now.accuracy)} r=${8 * rem} />
          <text class="plot-value" x=${px(at)} y=${y(now.accuracy) - 14 * rem} text-anchor=${at > moments.length - 3 ? "end" : "start"}>${(now.accuracy * 100).toFixed(1)} %</text></g>`}
      </svg>`}
    </div>
    <${SavePlot} name="training" label="accuracy over the training" rows=${() => [["step", "held-out accuracy"],
      ...moments.map((moment) => [moment.step, moment.accuracy ?? ""])]} />
    <input type="range" class="training-slider" min="0" max=${moments.length - 1} step="1" value=${at}
      aria-label="Moment of the training" aria-valuetext=${words} onInput=${(/** @type {any} */ e) => onGo(Number(e.target.value))}
      style=${{ marginLeft: `${left - (THUMB / 2) * rem}px`, width: `${Math.max(0, right - left) + THUMB * rem}px` }} />
  </div>`;
}

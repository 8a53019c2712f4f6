/**
 * The wave that is read: for each column of pixels its lowest and highest sample.
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { envelope } from "gridtime/math/sound.js";

const COLUMNS = 400;

/** One closed outline, in a box 400 × 2. @param {Float32Array} samples */
function outline(samples) {
  const ends = envelope(samples, COLUMNS);
  const over = ends.map(([, high], x) => `${x} ${(1 - high).toFixed(3)}`);
  const under = ends.map(([low], x) => `${x} ${(1 - low).toFixed(3)}`).reverse();
  return `M${[...over, ...under].join("L")}Z`;
}

/**
 * @param {{samples: Float32Array, at: number, until: number, label: string}} props
 *   at, until: shares of the whole; after `until` nothing was heard yet
 */
export function Wave({ samples, at, until, label }) {
  const d = useMemo(() => outline(samples), [samples]);
  return html`<div class="wave" role="img" aria-label=${label}>
    <svg viewBox="0 0 ${COLUMNS} 2" preserveAspectRatio="none" aria-hidden="true"><path d="M0 1H${COLUMNS}" class="wave-zero" /><path d=${d} class="wave-line" /></svg>
    ${until < 1 && html`<i class="wave-later" style=${{ left: `${100 * until}%` }} aria-hidden="true"></i>`}
    <i class="wave-at" style=${{ left: `${100 * at}%` }} aria-hidden="true"></i>
  </div>`;
}

/**
 * The whole series, and on it the stretch that is read; the origin is dragged or keyed along it.
 *
 *     |·····[ a season before | ======== read ======== | ahead ]········|
 *     -----------------------------------------O------------------------   a slider
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { labelAt, limitsOf } from "gridtime/math/forecast.js";
import { BOX, originsOf, titleOf } from "gridtime/views/forecast/scene.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Seen} Seen */
/** @typedef {import("gridtime/views/forecast/scene.js").Size} Size */

/** @param {number[]} values @param {number} all places that are drawn */
function lineOf(values, all) {
  const [low, high] = limitsOf(values);
  return `M${values.map((v, i) => `${(((i + 0.5) / all) * 1000).toFixed(2)} ${(100 - ((v - low) / (high - low)) * 100).toFixed(2)}`).join("L")}`;
}

/** @param {{seen: Seen, origin: number, size: Size, window: boolean, onOrigin: (origin: number) => void}} props origin: as asked for, ahead of what was answered; window: whether it is marked */
export function Overview({ seen, origin, size, window, onOrigin }) {
  const { series, input } = seen;
  const [first, last] = originsOf(seen);
  const all = last + input.ahead;
  const d = useMemo(() => lineOf(series.values, all), [series.values, all]);
  const moved = origin - input.origin;
  const { before, start, end } = input.reads;
  /** @param {number} place */
  const x = (place) => (place / all) * 1000;
  /** @param {PointerEvent} event */
  const drag = (event) => {
    if (!event.buttons) return;
    const area = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    onOrigin(Math.max(first, Math.min(last, Math.round(((event.clientX - area.left) / area.width) * all))));
  };
  const { left, right, width } = BOX[size];
  const at = labelAt(series.labels, origin - 1);
  // The slider's ends are the first and the last origin, under their places of the line.
  const rail = { marginLeft: `${(100 * first) / all}%`, width: `${(100 * (last - first)) / all}%` };
  return html`<div class="forecast-all" style=${{ marginLeft: `${left / 16}rem`, width: `${(width - left - right) / 16}rem` }}>
    <div class="forecast-series ${window ? "" : "is-whole"}" role="img" aria-label="${titleOf(seen)}: all ${series.values.length} values; read up to ${at}" onPointerDown=${drag} onPointerMove=${drag}>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        ${window && html`<rect class="forecast-before" x=${x(before + moved)} y="0" width=${x(start - before)} height="100" /><rect class="forecast-window" x=${x(start + moved)} y="0" width=${x(end - start)} height="100" /><rect class="forecast-ahead" x=${x(end + moved)} y="0" width=${x(input.ahead)} height="100" />`}
        <path class="forecast-whole" d=${d} />
        ${window && html`<path class="forecast-edge" d="M${x(origin)} 0V100" />`}
      </svg>
    </div>
    ${window && size !== "present" && html`<label class="forecast-origin"><span class="unseen">Origin: how many values are known</span><input type="range" style=${rail} min=${first} max=${last} step="1" value=${origin} aria-valuetext="after ${at}, ${origin} values" disabled=${first >= last}
      onInput=${(/** @type {any} */ e) => onOrigin(Number(e.target.value))} /></label>`}
  </div>`;
}

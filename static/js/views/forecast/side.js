/**
 * Beside the drawing: the step looked at, how its median came to be, errors from this origin, what
 * was done to the series.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { number, percent, plural, roundingTerm, signed } from "gridtime/math/format.js";
import { NAMES, cameSays, recordSays, workedOut } from "gridtime/math/forecast.js";
import { digitsOf, errorDigits, nameAt, placeOf, readOf } from "gridtime/views/forecast/scene.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Room} Room */
/** @typedef {import("gridtime/views/forecast/scene.js").Seen} Seen */

/** A number of the series: float64, so that it is kept whole. @param {{value: number, digits: number}} props */
const Value = ({ value, digits }) => html`<span class="num" data-value=${String(value)}>${number(value, digits)}</span>`;

/** The step looked at. @param {{seen: Seen, step: number, brief: boolean}} props */
function Step({ seen, step, brief }) {
  const digits = digitsOf(seen);
  const k = step - readOf(seen);
  const { forecast, naive, backtest, input } = seen;
  if (k < 0) {
    return html`<section class="forecast-step" aria-label="Step looked at"><h2>${nameAt(seen, step)}: read</h2><p>The value is <${Value} value=${seen.series.values[placeOf(seen, step)]} digits=${digits} />.</p>${!brief && html`<p class="small">Steps behind the line are forecast; choose one to see how.</p>`}</section>`;
  }
  const came = backtest?.actual[k];
  const share = percent(input.interval.to - input.interval.from);
  return html`<section class="forecast-step" aria-label="Step looked at"><h2>${nameAt(seen, step)}: step ${k + 1} of ${plural(forecast.values.length, "step")} ahead</h2>
    <dl>
      <dt>the network</dt><dd class="is-strong"><${Value} value=${forecast.values[k]} digits=${digits} /></dd>
      <dt>${share} interval</dt><dd><${Value} value=${forecast.lower[k]} digits=${digits} /> to <${Value} value=${forecast.upper[k]} digits=${digits} /></dd>
      <dt>last value</dt><dd><${Value} value=${naive.last_value[k]} digits=${digits} /></dd>
      <dt>last season × growth ${number(naive.growth, 3)}</dt><dd><${Value} value=${naive.grown_season[k]} digits=${digits} /></dd>
      ${came !== undefined && html`<dt>what came</dt><dd><${Value} value=${came} digits=${digits} />${came < forecast.lower[k] || came > forecast.upper[k] ? ", outside" : ", inside"}</dd>`}
    </dl>
    ${!brief && html`<${Worked} seen=${seen} step=${step} digits=${digits} />`}</section>`;
}

/** How the median came to be, in the network's own units. @param {{seen: Seen, step: number, digits: number}} props */
function Worked({ seen, step, digits }) {
  const [input, said] = [seen.tensors.get("input"), seen.tensors.get("logits")];
  if (!input || !said) return null;
  const { scaling, season } = seen.input;
  const [ago, correction] = [input.data[step * 3 + 1], said.data[step * 3 + 1]];
  const { z, u, value } = workedOut({ seasonAgo: ago, said: correction, scaling });
  const rounding = roundingTerm([ago, scaling.growth, correction], z, 4);
  return html`<details class="forecast-worked"><summary>How this median came to be</summary>
    <p>Where 0 is the mean of the last season, and 1 the spread of the window:</p>
    <dl>
      <dt>${plural(season.steps, "step")} earlier</dt><dd><${Num} value=${ago} digits=${4} /></dd>
      <dt>+ growth of the last season</dt><dd><${Value} value=${scaling.growth} digits=${4} /></dd>
      <dt>+ what the network adds</dt><dd class="is-strong"><span class="num" data-value=${String(correction)}>${signed(correction, 4)}</span></dd>
      ${rounding && html`<dt>${rounding.label}</dt><dd>${signed(rounding.value, 4)}</dd>`}
      <dt>=</dt><dd><${Value} value=${z} digits=${4} /></dd>
      <dt>× spread <${Value} value=${scaling.scale} digits=${4} /> + mean <${Value} value=${scaling.level} digits=${4} /></dt><dd><${Value} value=${u} digits=${4} /></dd>
      ${scaling.log && html`<dt>e to that power</dt><dd><${Value} value=${value} digits=${digits} /></dd>`}
    </dl>
    <p>All steps are read from the state at that step; no forecast is fed back.</p></details>`;
}

/** Errors from this origin. @param {{seen: Seen, brief: boolean}} props brief: the caption says the rest */
export function Errors({ seen, brief }) {
  const { backtest } = seen;
  if (!backtest) return html`<section class="forecast-errors" aria-label="Errors from this origin"><h2>What came is not known</h2><p class="small">Move the origin back: then the forecast stands beside what came, with its error.</p></section>`;
  const { mae, mase, actual } = backtest;
  const digits = errorDigits(mae);
  return html`<section class="forecast-errors" aria-label="Errors from this origin">${!brief && html`<h2>${cameSays(backtest, digits)}</h2>`}
    <table class="ruled"><caption class=${brief ? "unseen" : "small"}>Off by how much, mean of ${plural(actual.length, "step")}. MASE: in units of the usual change from one season to the next.</caption>
      <thead><tr><th scope="col">forecast</th><th scope="col">MAE</th><th scope="col">MASE</th><th scope="col">network</th></tr></thead>
      <tbody>${NAMES.map(([id, name]) => html`<tr key=${id}><th scope="row">${name}</th><td><${Value} value=${mae[id]} digits=${digits} /></td><td>${mase ? html`<${Value} value=${mase[id]} digits=${2} />` : "none"}</td><td>${id === "network" ? "" : mae.network < mae[id] ? "below" : "not below"}</td></tr>`)}</tbody></table></section>`;
}

/** @param {{room: Room, seen: Seen, step: number, show: import("gridtime/views/forecast/walk.js").Shown}} props */
export function Side({ room, seen, step, show }) {
  const brief = room.look.present;
  const notes = [...seen.series.notes, ...seen.input.steps.map((/** @type {{text: string}} */ { text }) => text)];
  const loud = [...(seen.sample ? [] : seen.series.notes), ...seen.input.steps.filter((/** @type {{op: string}} */ { op }) => op === "season" && seen.input.season.how !== "stated").map((/** @type {{text: string}} */ { text }) => text)];
  return html`<div class="forecast-side">
    ${show.step && html`<${Step} seen=${seen} step=${step} brief=${brief} />`}
    ${show.errors && html`<${Errors} seen=${seen} brief=${brief} />`}
    ${show.errors && !brief && html`<p class="small">${recordSays(seen.record, seen.record ? errorDigits(seen.record.mae) : 0)}</p>`}
    ${!brief && loud.map((text) => html`<p key=${text} class="small is-loud" role="status">${text}</p>`)}
    ${!brief && html`<details class="forecast-done"><summary>What was done to the series</summary><ul>${notes.map((text) => html`<li key=${text}>${text}</li>`)}</ul>${seen.sample?.credit && html`<p>${seen.sample.credit}.</p>`}</details>`}
  </div>`;
}


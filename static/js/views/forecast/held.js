/**
 * Every series of the pack on values that no network ever saw: the errors, and whether the network
 * is below the naive forecasts, said in words.
 */
import { html } from "gridtime/lib/html.js";
import { count, number, percent } from "gridtime/math/format.js";
import { belowSays, heldSays } from "gridtime/math/forecast.js";
import { errorDigits } from "gridtime/views/forecast/scene.js";

/** @typedef {import("gridtime/math/forecast.js").Forecasts} Forecasts */

/** @param {{value: number, digits: number}} props */
const Value = ({ value, digits }) => html`<span class="num" data-value=${String(value)}>${number(value, digits)}</span>`;

/** @param {{figures: Forecasts | null, name: string | undefined}} props name: the sample that is looked at */
export function Held({ figures, name }) {
  if (!figures) return html`<p class="small">How it does on held-out series was not measured here.</p>`;
  return html`<section class="forecast-held" aria-label="Held-out series"><h2>${heldSays(figures)}</h2>
    <div class="forecast-scroll" tabindex="0" role="region" aria-label="Table of held-out series"><table class="ruled">
      <thead><tr><th scope="col">series</th><th scope="col">steps ahead</th><th scope="col">origins</th><th scope="col">the network</th><th scope="col">last value</th><th scope="col">last season × growth</th><th scope="col">last season</th><th scope="col">MASE</th><th scope="col">in interval</th><th scope="col">the network is</th></tr></thead>
      <tbody>${figures.series.map((one) => {
        const digits = errorDigits(one.mae);
        return html`<tr key=${one.name} class=${one.name === name ? "is-chosen" : ""}><th scope="row">${one.title}, ${one.unit}</th><td>${one.ahead} ${one.step}s</td><td><span class="num" data-value=${String(one.n)}>${count(one.n)}</span></td>
          <td class="is-strong"><${Value} value=${one.mae.network} digits=${digits} /></td><td><${Value} value=${one.mae.last_value} digits=${digits} /></td><td><${Value} value=${one.mae.grown_season} digits=${digits} /></td><td><${Value} value=${one.mae.last_season} digits=${digits} /></td>
          <td><${Value} value=${one.mase} digits=${2} /></td><td><span class="num" data-value=${String(one.inside)}>${percent(one.inside)}</span></td><td class="forecast-verdict">${belowSays(one.below)}</td></tr>`;
      })}</tbody></table></div>
    <p class="small">Mean absolute error over every origin of the test part and every step ahead. Below both: than the last value, and than the last season × growth, which is the last season's sum over that of the season before it (1 where a value is negative). The plain last season stands beside them. MASE: error over the mean change from one season to the next in the training part. Made with <code>${figures.command}</code>.</p>
  </section>`;
}

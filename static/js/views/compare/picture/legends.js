/**
 * What the colours mean: a scale for the maps read at once, one for the states read row by row.
 */
import { html } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { extent } from "gridtime/math/colour.js";
import { limitOf, positive, shownLayers } from "gridtime/views/compare/picture/maps.js";
import { statesOf } from "gridtime/views/compare/picture/states.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */

/** Of the first maps; each layer has a limit of its own. @param {{pair: Pair}} props */
export function MapsLegend({ pair }) {
  const first = shownLayers(pair)[0];
  return first && html`<${Legend} limit=${limitOf(pair, first.name)} from=${positive(pair, first.name) ? 0 : undefined} scope=${first.name} />`;
}

/** @param {{pair: Pair}} props */
export function StatesLegend({ pair }) {
  const found = statesOf(pair);
  return found && html`<${Legend} limit=${extent(found.data) || 1} label="state h" scope=${found.reader.node} />`;
}

/** @param {{pair: Pair}} props */
export const Legends = ({ pair }) => html`<div class="two-legends"><${MapsLegend} pair=${pair} /><${StatesLegend} pair=${pair} /></div>
  <p class="legend">Each layer has its own limit.${pair.changed ? " Thin: as it was." : ""}</p>`;

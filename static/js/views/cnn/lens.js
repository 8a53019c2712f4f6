/**
 * Under one map: the map itself, or one of its cells taken apart by what its layer does.
 *
 *     layer's kind -> conv | pool | element-wise | linear
 */

import { html, useRef } from "gridtime/lib/html.js";
import { isSpatial } from "gridtime/math/choice.js";
import { answerLayer, kind } from "gridtime/math/groups.js";
import { isNumber } from "gridtime/math/numberhead.js";
import { useArrival } from "gridtime/views/cnn/arrival.js";
import { ConvCellLens } from "gridtime/views/cnn/convcell.js";
import { Crumbs } from "gridtime/views/cnn/crumbs.js";
import { ElementCellLens } from "gridtime/views/cnn/elementcell.js";
import { MapLens } from "gridtime/views/cnn/maplens.js";
import { PoolCellLens } from "gridtime/views/cnn/poolcell.js";
import { VoteCellLens } from "gridtime/views/cnn/votecell.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

/** @type {Record<string, (props: any) => any>} */
const LENSES = {
  conv: ConvCellLens, pool: PoolCellLens, activation: ElementCellLens, norm: ElementCellLens,
  linear: VoteCellLens,
};

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
function CellLens({ room, run, choice, layer, part }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useArrival(box, ".side-map [tabindex], .crumbs button", room);
  const Cell = LENSES[kind(layer)];
  const isAnswer = layer === answerLayer(run.graph);
  const name = isAnswer ? room.classes.value[choice.channel] ?? (isNumber(run) ? "the number" : undefined) : undefined;
  return html`<div class="cell-lens" ref=${box}>
    <${Crumbs} room=${room} choice=${choice} name=${name} />
    ${Cell && html`<${Cell} room=${room} run=${run} choice=${choice} layer=${layer} part=${part} />`}
  </div>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part?: string}} props
 *  `part`: what a stop of the walk shows; "all" otherwise */
export function Lens({ room, run, choice, part = "all" }) {
  const { layer } = choice;
  if (!layer) return null;
  const View = !choice.opened && isSpatial(choice) ? MapLens : CellLens;
  return html`<${View} room=${room} run=${run} choice=${choice} layer=${layer} part=${part} />`;
}

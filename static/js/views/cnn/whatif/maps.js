/**
 * All maps of the chosen layer as they now are; units of a vector as one row of cells.
 */
import { html, useMemo, useRef } from "gridtime/lib/html.js";
import { factorOn } from "gridtime/math/edits.js";
import { extent, answerLayer } from "gridtime/math/groups.js";
import { layout, tilePlace, wall } from "gridtime/math/wall.js";
import { useSize } from "gridtime/views/cnn/size.js";
import { Wall } from "gridtime/views/cnn/wall.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */

/** In px at root 16. */
const LEAST = 20;
const MOST = 112;
const SHELF = 96;

/** px around the wall, where the mark of a map at its edge is seen; the style sheet's padding. */
const RING = 4;

/** @param {{room: Room, run: Run, layer: Layer, channel: number}} props */
export function Maps({ room, run, layer, channel }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width: outer, height: high, rem } = useSize(box, [room.present.value]);
  const [width, height] = [Math.max(0, outer - 2 * RING), high - 2 * RING];
  const shelf = !room.wide.value;
  const { channels } = extent(layer);
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  const size = useMemo(() => {
    const edge = Math.round(SHELF * rem);
    if (shelf) return wall(channels, channels, edge, 0);
    return layout([channels], { width, height: Math.max(height, 160) },
      { least: Math.ceil(LEAST * rem), most: Math.floor(MOST * rem), narrowest: width, gutter: 0 }).walls[0];
  }, [channels, width, height, rem, shelf]);
  const word = layer.output_shape.length > 1 ? "maps" : "units";
  const what = layer.name === answerLayer(run.graph)?.name ? "logits" : word;
  return html`<div class="whatif-maps" ref=${box} tabindex=${shelf ? undefined : 0} role="region" aria-label=${`All ${what} of ${layer.name}`}>
    ${tensor && range && size && width > 0 && html`<${Wall} layer=${layer.name} tensor=${tensor} range=${range}
      scope=${room.scope.value} network=${run.network} size=${size} shelf=${shelf} theme=${room.theme.value}
      label=${`${layer.name}: ${channels} ${what}, as they now are`} chosen=${channel}
      onHover=${(/** @type {number} */ c, /** @type {[number, number]} */ cell) =>
        (room.hover.value = c < 0 ? null : { layer: layer.name, channel: c, cell })}
      onPick=${(/** @type {number} */ c) => room.patch({ layer: layer.name, channel: c, cell: undefined })} />
    ${!shelf && html`<${Marks} room=${room} layer=${layer} size=${size} count=${channels} />`}`}
  </div>`;
}

/** A switched-off map carries a cross, a scaled one its factor: not by colour alone.
 *  @param {{room: Room, layer: Layer, size: import("gridtime/math/wall.js").Wall, count: number}} props */
function Marks({ room, layer, size, count }) {
  const edits = room.edits.value;
  const marked = Array.from({ length: count }, (_, c) => ({ c, factor: factorOn(edits, layer.name, c) }))
    .filter(({ factor }) => factor !== 1);
  return marked.map(({ c, factor }) => {
    const at = tilePlace(size, c);
    return html`<span key=${c} class="off-mark" aria-hidden="true"
      style=${{ left: `${at.x + RING}px`, top: `${at.y + RING}px`, width: `${size.edge}px`, height: `${size.edge}px` }}>
      ${factor === 0 ? "off" : `×${Math.round(factor * 100) / 100}`.replace("-", "\u2212")}</span>`;
  });
}

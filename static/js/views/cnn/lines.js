/**
 * Lines from a chosen map to its five strongest sources, and to nothing else.
 *
 *     choice + weights -> sources -> places of their tiles on screen -> at most five curves
 */

import { html, useEffect, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { everyLayer, groups } from "gridtime/math/groups.js";
import { shownStage } from "gridtime/math/choice.js";
import { linedLayer, sources } from "gridtime/math/sources.js";
import { tilePlace } from "gridtime/math/wall.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("gridtime/math/sources.js").Source} Source */
/** @typedef {import("gridtime/math/wall.js").Layout} Layout */
/** @typedef {{x: number, y: number, edge: number}} Spot */

/**
 * Layer as drawn, channel: what the chosen map draws from, in the columns on screen.
 * @param {Room} room @param {Run} run @param {Choice|undefined} choice @returns {Source[]}
 */
export function linesOf(room, run, choice) {
  const weights = room.weights.value;
  const { every = false, show } = room.state.peek();
  if (!choice?.layer || !weights || !run.exact) return [];
  const head = linedLayer(run.graph, choice.layer, every);
  const columns = every ? everyLayer(run.graph) : groups(run.graph);
  return sources(run.graph, run.tensors, weights, head, choice.channel).map((source) => {
    const group = columns.find((g) => g.stages.some((stage) => stage.name === source.layer));
    return { ...source, layer: group ? shownStage(group, show, run.tensors).name : source.layer };
  });
}

/**
 * Where a tile is, in the overlay's own px; null where its column is not on screen.
 * @param {HTMLElement} stage @param {Layout} layout @param {string[]} columns layer shown in each
 * @param {string} layer @param {number} channel @returns {Spot|null}
 */
function spot(stage, layout, columns, layer, channel) {
  const canvas = stage.querySelector(`canvas[data-layer="${CSS.escape(layer)}"]`);
  const size = layout.walls[columns.indexOf(layer)];
  if (!canvas || !size) return null;
  const box = canvas.getBoundingClientRect();
  const from = stage.getBoundingClientRect();
  const tile = tilePlace(size, channel);
  return { x: box.left - from.left + tile.x, y: box.top - from.top + tile.y, edge: size.edge };
}

/** The chosen class has a row of its own, not a tile. @param {HTMLElement} stage @returns {Spot|null} */
function classSpot(stage) {
  const row = stage.querySelector(".cnn-classes .is-chosen");
  if (!row) return null;
  const box = row.getBoundingClientRect();
  const from = stage.getBoundingClientRect();
  return { x: box.left - from.left - 4, y: box.top - from.top, edge: box.height };
}

/** @param {Spot} to @param {Spot} from @returns {string} a curve from the source to the chosen map */
function curve(to, from) {
  const [x0, y0] = [from.x + from.edge, from.y + from.edge / 2];
  const [x1, y1] = [to.x, to.y + to.edge / 2];
  const bend = Math.max(12, (x1 - x0) / 2);
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
}

/**
 * Drawn in a later frame than the choice: it must not hear of it by itself.
 * @param {{room: Room, run: Run, choice: Choice|undefined, layout: Layout, columns: string[],
 *   stage: {current: HTMLElement|null}}} props
 */
export function Lines({ room, run, choice, layout, columns, stage }) {
  const [paths, setPaths] = useState(/** @type {string[]} */ ([]));
  const [marks, setMarks] = useState(/** @type {Spot[]} */ ([]));
  const found = linesOf(room, run, choice);
  const key = found.map((s) => `${s.layer}.${s.channel}`).join();
  const place = useRef(() => {});
  place.current = () => {
    const element = stage.current;
    if (!element || !choice?.layer) return paths.length && (setPaths([]), setMarks([]));
    const to = spot(element, layout, columns, choice.layer.name, choice.channel) ?? classSpot(element);
    const from = found.map((s) => spot(element, layout, columns, s.layer, s.channel)).filter((s) => s !== null);
    setPaths(to ? from.map((s) => curve(to, s)) : []);
    setMarks(to ? from : []);
  };
  useLayoutEffect(() => place.current(), [key, layout, choice?.layer?.name, choice?.channel, columns.join()]);
  useEffect(() => {
    const element = stage.current;
    const again = () => place.current();
    element?.addEventListener("scroll", again, { capture: true, passive: true });
    return () => element?.removeEventListener("scroll", again, { capture: true });
  }, []);
  return html`<svg class="lines" aria-hidden="true">
    ${paths.map((d) => html`<path class="line-halo" d=${d} />`)}
    ${paths.map((d) => html`<path class="line" d=${d} />`)}
    ${marks.map((m) => html`<rect class="line-mark" x=${m.x} y=${m.y} width=${m.edge} height=${m.edge} />`)}
  </svg>`;
}

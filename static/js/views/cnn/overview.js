/**
 * The overview: picture | one column per group with all its channels | answer.
 *
 *     graph -> groups (or every layer) -> layout: one edge for all walls -> columns, lines
 *
 * On a narrow screen the groups run downward, each a shelf of maps.
 */

import { html, useCallback, useLayoutEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { extent } from "gridtime/math/groups.js";
import { columnsOf, shownStage } from "gridtime/math/choice.js";
import { layout, wall } from "gridtime/math/wall.js";
import { useArrival } from "gridtime/views/cnn/arrival.js";
import { Trailing } from "gridtime/components/trailing.js";
import { ClassColumn } from "gridtime/views/cnn/classes.js";
import { Column } from "gridtime/views/cnn/column.js";
import { PictureColumn } from "gridtime/views/cnn/picture.js";
import { Readout } from "gridtime/views/cnn/readout.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Group} Group */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/wall.js").Layout} Layout */

/** In px at root 16: LOOK's grid. */
const LEAST = 24;
const MOST = 112;
const NARROWEST = 116;
const GUTTER = 12;
const SHELF = 96;

/**
 * @param {number[]} counts @param {import("./size.js").Size} size @param {boolean} shelf
 * @returns {Layout}
 */
function layoutOf(counts, { width, height, rem }, shelf) {
  if (shelf) {
    const edge = Math.round(SHELF * rem);
    const walls = counts.map((count) => wall(count, count, edge, 0));
    return { edge, walls, width };
  }
  return layout(counts, { width, height: Math.max(height, 200) }, {
    least: Math.ceil(LEAST * rem), most: Math.floor(MOST * rem),
    narrowest: Math.floor(NARROWEST * rem), gutter: GUTTER * rem,
  });
}

/** Keeps only what differs from the default. @param {Room} room @param {Run} run
 *  @param {Group} group @param {Layer} layer */
export function showStage(room, run, group, layer) {
  const names = new Set((room.state.peek().show ?? "").split(",").filter(Boolean));
  group.stages.forEach((stage) => names.delete(stage.name));
  if (layer !== shownStage(group, undefined, run.tensors)) names.add(layer.name);
  const chosen = room.choice.peek()?.layer;
  const follows = chosen && group.stages.includes(chosen);
  room.patch({
    show: [...names].join(",") || undefined,
    ...(follows ? { layer: layer.name, cell: undefined } : {}),
  });
}

/** @param {{room: Room, run: Run}} props */
export function Overview({ room, run }) {
  const stage = useRef(/** @type {HTMLElement|null} */ (null));
  const walls = useRef(/** @type {HTMLElement|null} */ (null));
  const { every = false, show } = room.state.value;
  const choice = room.choice.value;
  const shelf = !room.wide.value;
  const Lines = room.later.value?.Lines;
  const size = useSize(walls, [room.present.value, shelf]);
  const columns = useMemo(() => columnsOf(run.graph, every), [run.graph, every]);
  const shown = columns.map((group) => shownStage(group, show, run.tensors));
  const counts = shown.map((layer) => extent(layer).channels);
  const fit = useMemo(() => layoutOf(counts, size, shelf), [counts.join(), size, shelf]);
  // For the browser benchmark: the walls draw in layout effects before this one.
  useLayoutEffect(() => {
    if (size.width > 0) performance.mark("maps drawn");
  }, [run, size.width > 0]);
  const onShow = useCallback(
    (/** @type {Group} */ group, /** @type {Layer} */ layer) => showStage(room, run, group, layer),
    [room, run],
  );
  useArrival(stage, ".cnn-columns", room);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && room.later.peek()?.arrow(room, event)) event.preventDefault();
  };
  return html`<div class="cnn-overview" ref=${stage}>
    <${PictureColumn} room=${room} />
    <div class="cnn-columns" role="application" tabindex="0" aria-roledescription="feature maps"
      aria-label="Feature maps. Arrow keys choose a map, J and K a layer, Enter opens it." onKeyDown=${key}>
      <div class="wall-height" ref=${walls} aria-hidden="true"></div>
      ${size.width > 0 && columns.map((group, i) => html`<${Column} key=${group.id} room=${room} run=${run}
        group=${group} shown=${shown[i]} size=${fit.walls[i]} shelf=${shelf}
        chosen=${choice?.layer === shown[i] ? choice.channel : -1} onShow=${onShow} />`)}
    </div>
    <${ClassColumn} room=${room} />
    ${Lines && !shelf && html`<${Trailing}><${Lines} room=${room} run=${run} choice=${room.choice.value} layout=${fit} columns=${shown.map((l) => l.name)} stage=${stage} /><//>`}
    <${Readout} room=${room} />
  </div>`;
}

/**
 * The picture with its boxes, and beside it what is known of the chosen cell.
 *
 *     board              | panel: the cell, suppression, maps, how good
 *     phases, thresholds |
 */
import { html } from "gridtime/lib/html.js";
import { Switch } from "gridtime/components/switch.js";
import { Board } from "gridtime/views/detect/board.js";
import { CellPanel } from "gridtime/views/detect/cell.js";
import { Phases, Sliders } from "gridtime/views/detect/controls.js";
import { Done, FiguresPanel } from "gridtime/views/detect/figures.js";
import { MapsPanel, fieldOf } from "gridtime/views/detect/maps.js";
import { PairPanel } from "gridtime/views/detect/pair.js";
import { PANELS, panelOf } from "gridtime/views/detect/scene.js";
import { PARTS } from "gridtime/views/detect/walk.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */

/** Sides of the board, px at root 16. */
const EDGE = { present: 540, slide: 470, narrow: 358, wide: 496 };

/** @param {{room: Room, scene: Scene, panel: string, brief: boolean}} props */
function Panel({ room, scene, panel, brief }) {
  if (panel === "pair") return html`<${PairPanel} room=${room} scene=${scene} brief=${brief} />`;
  if (panel === "maps") return html`<${MapsPanel} room=${room} scene=${scene} brief=${brief} />`;
  if (panel === "figures") return html`<${FiguresPanel} seen=${scene.seen} />`;
  return html`<${CellPanel} scene=${scene} brief=${brief} />`;
}

/** @param {{room: Room, scene: Scene, part: string}} props part: the stop, or all */
export function View({ room, scene, part }) {
  const { address, look, patch } = room;
  const show = PARTS[part] ?? PARTS.all;
  const panel = show.panel === "chosen" ? panelOf(address) : show.panel;
  const edge = look.present ? (show.slide ? EDGE.slide : EDGE.present) : look.narrow ? EDGE.narrow : EDGE.wide;
  return html`<div class="detect-view ${panel ? "" : "is-alone"}">
    ${show.board && html`<div class="detect-left">
      <${Board} scene=${scene} look=${look} edge=${edge} grid=${show.grid ?? (scene.phase === "cells" || scene.phase === "all")} mark=${show.mark ?? true} pair=${panel === "pair"} field=${panel === "maps" ? fieldOf(address, scene) : null} onCell=${(/** @type {[number, number]} */ cell) => patch({ cell, against: undefined })} />
      ${!look.present && html`<${Phases} room=${room} scene=${scene} />`}
      ${(!look.present || show.slide) && html`<${Sliders} room=${room} scene=${scene} />`}
    </div>`}
    ${panel && html`<div class="detect-right">
      ${!look.present && html`<${Switch} name="Look at" options=${PANELS} chosen=${panel} onPick=${(/** @type {string} */ id) => patch({ tab: id === "cell" ? undefined : id })} />`}
      <${Panel} room=${room} scene=${scene} panel=${panel} brief=${look.present} />
      ${!look.present && html`<${Done} seen=${scene.seen} />`}
    </div>`}
  </div>`;
}

/**
 * The picture in the network's square, and over it the grid, scores, boxes and a field.
 *
 *     click, arrows -> cell      click on a box that stays -> the cell that proposed it
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { drawMap } from "gridtime/components/mapdrawing.js";
import { boxAt, shared } from "gridtime/math/boxes.js";
import { percent } from "gridtime/math/format.js";
import { moved } from "gridtime/math/step.js";
import { boxSays, whereSays } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/detect/scene.js").Seen} Seen */
/** @typedef {import("gridtime/views/detect/scene.js").Look} Look */
/** @typedef {import("gridtime/math/boxes.js").Cell} Cell */
/** @typedef {import("gridtime/math/boxes.js").Box} Box */
/** @typedef {{x: number, y: number, width: number, height: number}} Area in pixels of the square */

/** Device pixels of the drawn picture. */
const SHARP = 896;

/** What the network read, as a picture: only where the browser cannot decode the original. @param {Seen} seen */
function readPixels({ tensors, net, size }) {
  const input = tensors.get("input");
  const { mean, std } = net.card.preprocessing;
  const image = new ImageData(size, size);
  for (let i = 0; input && i < size * size; i += 1) {
    for (let c = 0; c < 3; c += 1) {
      const from = Math.min(c, mean.length - 1);
      image.data[4 * i + c] = 255 * (input.data[from * size * size + i] * std[from] + mean[from]);
    }
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** @param {{seen: Seen}} props */
function Picture({ seen }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const { bitmap, size, answer } = seen;
  const { place } = answer.input;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const edge = bitmap ? SHARP : size;
    context.canvas.width = context.canvas.height = edge;
    if (!bitmap) return context.putImageData(readPixels(seen), 0, 0);
    context.imageSmoothingQuality = "high";
    const [x, y, width, height] = [place.left, place.top, place.width, place.height].map((v) => (v / size) * edge);
    context.drawImage(bitmap, x, y, width, height);
  }, [seen]);
  return html`<canvas ref=${canvas} class="board-picture" aria-hidden="true"></canvas>`;
}

/** The score of every cell, over the picture. @param {{seen: Seen, look: Look}} props */
function Heat({ seen, look }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const values = Float32Array.from(seen.cells, ({ score }) => score);
    if (canvas.current) drawMap(canvas.current, { values, width: seen.columns, height: seen.rows, offset: 0, limit: 1, kind: "probability" }, { theme: look.theme, hatch: false });
  }, [seen, look.theme, look.present, look.narrow]);
  return html`<canvas ref=${canvas} class="board-heat" aria-hidden="true"></canvas>`;
}

/** @param {{box: Box, kind: string}} props kind: stays, faint, fell, chosen */
const Outline = ({ box: [x0, y0, x1, y1], kind }) => {
  const rect = { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) };
  return html`<g class="board-${kind}"><rect ...${rect} class="board-under" /><rect ...${rect} class="board-over" /></g>`;
};

/** What two boxes both cover. @param {{a: Box, b: Box}} props */
function Common({ a, b }) {
  const { width, height } = shared(a, b);
  return html`<rect x=${Math.max(a[0], b[0])} y=${Math.max(a[1], b[1])} width=${width} height=${height} class="board-common" />`;
}

/** @param {{seen: Seen}} props */
function Grid({ seen: { rows, columns, stride, size } }) {
  const across = Array.from({ length: columns - 1 }, (_, k) => `M${(k + 1) * stride} 0V${size}`);
  const down = Array.from({ length: rows - 1 }, (_, k) => `M0 ${(k + 1) * stride}H${size}`);
  return html`<path d=${[...across, ...down].join("")} class="board-grid" />`;
}

/** The name beside a box, inside the square. @param {{scene: Scene, cell: Cell, on: boolean}} props */
function Label({ scene, cell, on }) {
  const { size } = scene.seen;
  const [x0, y0, x1, y1] = cell.box;
  const above = y0 > 0.045 * size;
  const right = x0 + x1 > 1.4 * size;
  const style = {
    ...(right ? { right: `${100 - (100 * x1) / size}%` } : { left: `${(100 * x0) / size}%` }),
    ...(above ? { bottom: `${100 - (100 * y0) / size}%` } : { top: `${(100 * Math.min(y1, 0.92 * size)) / size}%` }),
  };
  return html`<span class="board-label ${on ? "is-on" : ""}" style=${style} aria-hidden="true"><b>${scene.seen.net.card.classes[cell.label]}</b> · ${percent(cell.score)}</span>`;
}

/** Which boxes are drawn, and how; beside a pair the others are faint. @param {Scene} scene @param {boolean} pair @returns {{cell: Cell, kind: string}[]} */
function drawn({ phase, seen, found, stay }, pair) {
  const kind = pair || phase === "all" ? "faint" : "stays";
  const boxes = { all: seen.cells, above: found, kept: stay }[phase] ?? [];
  return boxes.map((cell) => ({ cell, kind }));
}

/**
 * @param {{scene: Scene, look: Look, edge: number, grid: boolean, pair?: boolean, field?: Area | null, mark?: boolean, onCell: (cell: [number, number]) => void}} props
 *   edge: px at root 16; pair: the box compared with the chosen one is drawn too; mark: the chosen cell and its box
 */
export function Board({ scene, look, edge, grid, pair = false, field = null, mark = true, onCell }) {
  const { seen, phase, chosen, found, stay, other } = scene;
  const { size, stride, rows, columns } = seen;
  /** @param {number} row @param {number} column */
  const says = (row, column) => {
    const cell = seen.cells[row * columns + column];
    return `${whereSays(cell)}: ${boxSays(scene, cell)}`;
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const [x, y] = [((event.clientX - box.left) / box.width) * size, ((event.clientY - box.top) / box.height) * size];
    const under = phase === "kept" ? boxAt(stay, x, y) : undefined;
    const cell = under ? [under.row, under.column] : [Math.floor(y / stride), Math.floor(x / stride)];
    onCell([Math.max(0, Math.min(rows - 1, cell[0])), Math.max(0, Math.min(columns - 1, cell[1]))]);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = moved(event, [chosen.row, chosen.column], columns, rows);
    if (!next) return;
    event.preventDefault();
    onCell(next);
    live(says(...next));
  };
  const boxes = drawn(scene, pair && other >= 0);
  const named = phase === "kept" ? stay : [];
  const rect = { x: chosen.column * stride, y: chosen.row * stride, width: stride, height: stride };
  return html`<div class="board" style=${{ width: `${edge / 16}rem` }}>
    <div class="board-box" role="application" aria-roledescription="map" tabindex="0" onClick=${click} onKeyDown=${key}
      aria-label="The picture with a grid of ${rows} × ${columns} cells. Found: ${stay.map((cell) => boxSays(scene, cell)).join("; ") || "nothing"}. Chosen: ${says(chosen.row, chosen.column)}">
      <${Picture} seen=${seen} />
      ${phase === "cells" && html`<${Heat} seen=${seen} look=${look} />`}
      <svg viewBox="0 0 ${size} ${size}" aria-hidden="true">
        ${grid && html`<${Grid} seen=${seen} />`}
        ${boxes.map(({ cell, kind }) => html`<${Outline} key=${`${cell.row},${cell.column}`} box=${cell.box} kind=${kind} />`)}
        ${pair && other >= 0 && html`<${Common} a=${chosen.box} b=${found[other].box} /><${Outline} box=${found[other].box} kind="fell" />`}
        ${field && html`<g class="board-field"><rect ...${field} class="board-under" /><rect ...${field} class="board-over" /></g>`}
        ${mark && phase !== "picture" && html`<${Outline} box=${chosen.box} kind="chosen" /><g class="board-cell"><rect ...${rect} class="board-under" /><rect ...${rect} class="board-over" /></g>`}
      </svg>
      ${named.map((cell) => html`<${Label} key=${`${cell.row},${cell.column}`} scene=${scene} cell=${cell} on=${mark && cell.row === chosen.row && cell.column === chosen.column} />`)}
    </div>
  </div>`;
}

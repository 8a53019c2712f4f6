/**
 * What is taken for what: true classes down, answers across, counts on a canvas.
 *
 *     confusion [true][answer] -> cells in the share of their row -> click, arrows -> a sentence
 */

import { html, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { TableDialog } from "gridtime/components/table.js";
import { colourOf, css, digitInk, probability } from "gridtime/math/colour.js";
import { matrixSvg } from "gridtime/math/files.js";
import { moved } from "gridtime/math/step.js";
import { confusionSays, mistakes, total } from "gridtime/math/trust.js";
import { named } from "gridtime/views/cnn/classes.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("gridtime/math/selectivity.js").Trust} Trust */
/** @typedef {import("gridtime/math/colour.js").Theme} Theme */

/** px at root 16. */
const LARGEST = 40;
/** Cells this wide, in px at root 16, carry their count: its digits are then as large as a legend's. */
const READABLE = 20;

/**
 * @param {CanvasRenderingContext2D} context @param {number[][]} confusion @param {number} side
 * @param {Theme} theme @param {boolean} digits on a wall they would be too small to read
 */
function draw(context, confusion, side, theme, digits) {
  const table = probability(theme);
  const n = confusion.length;
  context.fillStyle = theme === "dark" ? "#363C45" : "#D5D9E0";
  context.fillRect(0, 0, n * side + 1, n * side + 1);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `${Math.min(16, side * 0.6)}px system-ui, sans-serif`;
  confusion.forEach((row, y) => row.forEach((value, x) => {
    const colour = colourOf(value / Math.max(1, total(row)), 1, table);
    context.fillStyle = css(colour);
    context.fillRect(x * side + 1, y * side + 1, side - 1, side - 1);
    if (!value || !digits) return;
    context.fillStyle = digitInk(colour);
    context.fillText(String(value), (x + 0.5) * side, (y + 0.5) * side);
  }));
}

/** The matrix as files; on paper it is light. @param {number[][]} confusion @param {string[]} classes */
function filesOf(confusion, classes) {
  const table = probability("light");
  const colour = (/** @type {number} */ share) => {
    const found = colourOf(share, 1, table);
    return /** @type {[string, string]} */ ([`rgb(${found.join(" ")})`, digitInk(found)]);
  };
  return plotFiles("confusion", {
    svg: () => matrixSvg({ title: "Rows: what it is. Columns: what it said.", counts: confusion, names: classes, colour }),
    rows: () => [["is \\ said", ...classes], ...confusion.map((row, i) => [classes[i] ?? "", ...row])],
  });
}

/** @param {{trust: Trust, theme: Theme, present: boolean}} props */
export function Confusion({ trust, theme, present }) {
  const { confusion, classes } = trust;
  const [first] = mistakes(trust, 1);
  const [[actual, said], choose] = useState(/** @type {[number, number]} */ ([first?.actual ?? 0, first?.said ?? 0]));
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { width, height, rem } = useSize(box, [present]);
  const [open, setOpen] = useState(false);
  const n = classes.length;
  const side = Math.max(6, Math.floor(Math.min(LARGEST * rem, (width - 1) / n, height > 0 ? (height - 1) / n : 99)));
  const ratio = globalThis.devicePixelRatio || 1;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, confusion, side, theme, side >= READABLE * rem);
  }, [confusion, side, theme, ratio, rem, width > 0]);
  /** @param {number} y @param {number} x */
  const go = (y, x) => (choose([y, x]), live(confusionSays(trust, y, x)));
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const next = moved(event, [actual, said], n, n);
    if (!next) return;
    event.preventDefault();
    go(next[0], next[1]);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const at = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    /** @param {number} v */
    const cell = (v) => Math.max(0, Math.min(n - 1, Math.floor(v / side)));
    go(cell(event.clientY - at.top), cell(event.clientX - at.left));
  };
  const px = n * side + 1;
  return html`<section class="trust-confusion" aria-label="What is taken for what">
    <header class="save-head"><h2>What is taken for what</h2>
      <p class="confusion-says" role="status">${confusionSays(trust, actual, said)}</p></header>
    <div class="confusion">
      <ol class="confusion-top" aria-hidden="true" style=${{ gridAutoColumns: `${side}px` }}>${classes.map((label, i) =>
        html`<li class=${i === said ? "is-chosen" : ""}><span>${label}</span></li>`)}</ol>
      <ol class="confusion-left" aria-hidden="true" style=${{ gridAutoRows: `${side}px` }}>${classes.map((label, i) =>
        html`<li class=${i === actual ? "is-chosen" : ""}><span>${label}</span></li>`)}</ol>
      <div class="confusion-box" ref=${box}>${width > 0 && html`<div class="confusion-cells" role="application" tabindex="0" onKeyDown=${key} onClick=${click}
        aria-roledescription="matrix" aria-label=${`Confusion matrix of ${n} classes. Arrow keys move the cell. ${confusionSays(trust, actual, said)}`}
        style=${{ width: `${px}px`, height: `${px}px` }}>
        <canvas ref=${canvas} aria-hidden="true" width=${Math.round(px * ratio)} height=${Math.round(px * ratio)} style=${{ width: `${px}px`, height: `${px}px` }}></canvas>
        <span class="wall-mark" style=${{ left: `${said * side}px`, top: `${actual * side}px`, width: `${side + 1}px`, height: `${side + 1}px` }}></span>
      </div>`}</div>
    </div>
    <p class="small">Rows: what it is. Columns: what it said. Commonest mistakes:
      ${mistakes(trust, 4).map((m) => html` <button type="button" class="link" onClick=${() => go(m.actual, m.said)}>${named(classes[m.actual] ?? "")} for ${named(classes[m.said] ?? "")} ${m.n}</button>`)}
      ${!present && html` <button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
        <${SaveMenu} items=${filesOf(confusion, classes)} label="what is taken for what" />`}</p>
    <${TableDialog} open=${open} title="Rows: what it is. Columns: what it said." onClose=${() => setOpen(false)}
      values=${confusion.flat()} width=${n} height=${n} rowNames=${classes} columnNames=${classes} />
  </section>`;
}

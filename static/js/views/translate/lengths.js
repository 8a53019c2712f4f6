/**
 * BLEU against the length of the sentence, a line a network: measured, from the cards.
 */
import { html } from "gridtime/lib/html.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { count, number } from "gridtime/math/format.js";
import { apart } from "gridtime/math/logplot.js";
import { figuresOf } from "gridtime/math/translating.js";
import { nameOf } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */

/** In px at root 16. */
const BOX = {
  wide: { width: 480, height: 260, left: 40, right: 132, top: 12, bottom: 44, letter: 14 },
  narrow: { width: 358, height: 260, left: 36, right: 120, top: 12, bottom: 44, letter: 13 },
  present: { width: 1100, height: 400, left: 76, right: 290, top: 20, bottom: 72, letter: 22 },
};
const GRID = 20;

/** @param {{told: Told, present: boolean, narrow: boolean}} props */
export function Lengths({ told, present, narrow }) {
  const lines = told.sides.map((side) => ({ id: side.net.row.id, name: nameOf(side), attends: side.net.attends, points: figuresOf(side.net.card).lengths, ...figuresOf(side.net.card) }));
  const [first] = lines;
  if (!first.points.length) return null;
  const box = BOX[present ? "present" : narrow ? "narrow" : "wide"];
  const [right, foot] = [box.width - box.right, box.height - box.bottom];
  const top = Math.ceil(Math.max(...lines.flatMap(({ points }) => points.map(({ value }) => value))) / GRID) * GRID;
  const x = (/** @type {number} */ k) => box.left + ((k + 0.5) / first.points.length) * (right - box.left);
  const y = (/** @type {number} */ value) => foot - (value / top) * (foot - box.top);
  const names = apart(lines.map(({ id, points }) => ({ id, at: y(points.at(-1)?.value ?? 0) })), box.letter * 1.3, box.top, foot);
  const spans = first.points.map(({ least, most }) => `${least}–${most}`);
  return html`<section class="trans-lengths" aria-label="BLEU against length">
    <h2>BLEU by length <small>held-out sentences</small></h2>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} role="img" aria-label="BLEU against the words of the sentence: ${lines.map(({ name, points }) => `${name} ${points.map(({ value }) => number(value, 1)).join(", ")}`).join("; ")}">
      ${Array.from({ length: top / GRID + 1 }, (_, k) => k * GRID).map((value) => html`<g key=${value}><path class="lengths-grid" d="M${box.left} ${y(value)}H${right}" /><text x=${box.left - 8} y=${y(value) + box.letter * 0.35} text-anchor="end">${value}</text></g>`)}
      ${spans.map((span, k) => html`<text key=${span} x=${x(k)} y=${foot + box.letter * 1.4} text-anchor="middle">${span}</text>`)}
      <text x=${right} y=${box.height - 4} text-anchor="end">words of the English sentence</text>
      ${lines.map(({ id, attends, points, name }) => html`<g key=${id} class="lengths-line ${attends ? "is-thick" : ""}">
        <path d="M${points.map(({ value }, k) => `${x(k)} ${y(value)}`).join("L")}" />
        ${points.map(({ value }, k) => html`<circle key=${k} cx=${x(k)} cy=${y(value)} r=${box.letter / 3} />`)}
        <text x=${x(points.length - 1) + box.letter} y=${(names.get(id) ?? 0) + box.letter * 0.35}>${name}</text>
      </g>`)}
    </svg>
    <table><thead><tr><th scope="col">words</th>${spans.map((span) => html`<th key=${span} scope="col">${span}</th>`)}<th scope="col">all</th></tr></thead>
      <tbody>
        ${lines.map(({ id, name, points, head }) => html`<tr key=${id}><th scope="row">${name}</th>${points.map(({ value }, k) => html`<td key=${k}><span class="num" data-value=${String(value)}>${number(value, 1)}</span></td>`)}<td><b class="num" data-value=${String(head.value)}>${number(head.value, 1)}</b></td></tr>`)}
        <tr><th scope="row">sentences</th>${first.points.map(({ n }, k) => html`<td key=${k}><span class="num" data-value=${String(n)}>${count(n)}</span></td>`)}<td><span class="num" data-value=${String(first.head.n)}>${count(first.head.n)}</span></td></tr>
        <tr><th scope="row">no network</th>${first.points.map(({ baseline }, k) => html`<td key=${k}><span class="num" data-value=${String(baseline)}>${number(baseline, 1)}</span></td>`)}<td><span class="num" data-value=${String(first.head.baseline)}>${number(first.head.baseline, 1)}</span></td></tr>
      </tbody></table>
    ${!present && html`<p class="small">${first.head.name}, 0 to 100, by sacrebleu. No network: ${first.head.baseline_name}. ${first.others.map(({ name }, k) => `${name}: ${lines.map((line) => `${number(line.others[k]?.value ?? NaN, 1)} ${line.name}`).join(", ")}.`).join(" ")} Made with <code>${first.head.command}</code>.</p>
      <${SavePlot} name="bleu-by-length" rows=${() => [["words", ...lines.map(({ name }) => name)], ...spans.map((span, k) => [span, ...lines.map(({ points }) => points[k].value)])]} />`}
  </section>`;
}

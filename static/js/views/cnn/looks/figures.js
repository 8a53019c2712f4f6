/**
 * What one channel's values were on held-out pictures, and which classes raise it.
 *
 *     studies.channels[layer][channel], looks[layer].value -> bars from zero; AUROC from chance
 */

import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { Num, exact } from "gridtime/components/num.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { count, number } from "gridtime/math/format.js";
import { PREFERS, RULE, deadSays, preferred } from "gridtime/math/selectivity.js";
import { named } from "gridtime/views/cnn/classes.js";

/** @typedef {import("gridtime/math/selectivity.js").Channel} Channel */
/** @typedef {import("gridtime/math/selectivity.js").Look} Look */
/** @typedef {import("gridtime/math/selectivity.js").Studies} Studies */
/** @typedef {{label: string, value: number}} Row */

/** Values of one channel from a common zero. @param {{rows: Row[]}} props */
export function ValueBars({ rows }) {
  const most = Math.max(...rows.map(({ value }) => value), 1e-9);
  return html`<ol class="value-bars">
    ${rows.map(({ label, value }) => html`<li key=${label}>
      <span>${label}</span><${Num} value=${value} />
      <span class="value-track" aria-hidden="true"><i style=${{ width: `${Math.max(0, value / most) * 100}%` }}></i></span>
    </li>`)}
  </ol>`;
}

/** @param {{channel: Channel|undefined, look: Look|undefined, at: number, here: number|undefined, n: number}} props */
export function Reached({ channel, look, at, here, n }) {
  const made = look?.value[at];
  /** @type {Row[]} */
  const rows = [];
  if (made !== undefined) rows.push({ label: "The made picture", value: made });
  if (channel) rows.push({ label: `Largest of ${count(n)} held-out pictures`, value: channel.most }, { label: "99 % of them stay below", value: channel.p99 });
  if (here !== undefined) rows.push({ label: "The picture in the room", value: here });
  if (!rows.length) return null;
  return html`<div class="reached"><${ValueBars} rows=${rows} />
    <${SaveBars} name="reached" title="Largest values of this channel" bars=${rows}
      rows=${[["what", "largest value"], ...rows.map((row) => [row.label, row.value])]} />
    ${made !== undefined && channel && html`<p class="small">${reachedSays(made, channel)}</p>`}</div>`;
}

/** @param {number} made @param {Channel} channel @returns {string} */
export function reachedSays(made, { p99, most }) {
  if (p99 <= 0) return made > 0 ? "No held-out picture raises it above 0; the made one does." : "Neither a held-out picture nor a made one raises it above 0.";
  const times = `${number(made / p99, 1)} × its 99th held-out percentile`;
  return `The made picture raises it to ${times}${made > most ? ", above every held-out picture" : ""}.`;
}

/** AUROC from chance: a line to a dot. @param {{channel: Channel}} props */
export function ClassDots({ channel }) {
  /** @param {number} v */
  const at = (v) => `${Math.max(0, Math.min(1, (v - 0.5) / 0.5)) * 100}%`;
  return html`<ol class="class-dots">
    ${channel.best.map(({ class: label, auroc }) => html`<li key=${label}>
      <span>${named(label)}</span>
      <span class="num" data-value=${exact(auroc)}>${number(auroc, 2)}</span>
      <span class="dot-track" aria-hidden="true"><b style=${{ left: at(PREFERS) }}></b><i style=${{ width: at(auroc) }}></i></span>
    </li>`)}
    <li class="dot-axis" aria-hidden="true"><span>0.5 chance</span><b style=${{ left: at(PREFERS) }}>${PREFERS}</b><span>1</span></li>
  </ol>`;
}

/** @param {{channel: Channel|undefined, studies: Studies|null|undefined}} props */
export function Selectivity({ channel, studies }) {
  if (!channel || !studies) {
    return html`<section class="looks-classes"><h3>Classes that raise it</h3><p>${studies === null ? "Computing…" : "Not measured for this network."}</p></section>`;
  }
  const first = preferred(channel);
  return html`<section class="looks-classes" aria-label="Classes that raise it">
    <header class="save-head"><h3>${first ? `It prefers ${named(first)}` : "It prefers no single class"}</h3>
      <${SaveBars} name="selectivity" title="AUROC of its largest value, class against rest" rows=${[["class", "AUROC"], ...channel.best.map((one) => [one.class, one.auroc])]}
        bars=${channel.best.map((one) => ({ label: one.class, value: one.auroc - 0.5, from: 0.5, to: one.auroc }))} text=${(/** @type {number} */ v) => number(v + 0.5, 2)} /></header>
    <${ClassDots} channel=${channel} />
    <p class="small">${RULE} n = ${count(studies.n)}, ${studies.split}. ${deadSays(channel)}</p>
  </section>`;
}

/** Every channel of the layer in figures. @param {{layer: string, channels: Channel[], look: Look|undefined}} props */
export function FiguresTable({ layer, channels, look }) {
  const [open, setOpen] = useState(false);
  const heads = ["channel", "99 % below", "largest", "dead on", "first class", "AUROC", "second", "AUROC", "third", "AUROC", "made picture"];
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title=${`Channels of ${layer}`} wide=${true} onClose=${() => setOpen(false)}>
      <div class="numbers-scroll" tabindex="0" role="region" aria-label="Channels"><table class="layer-table">
        <thead><tr>${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${channels.map((row, c) => html`<tr key=${c}><th scope="row">${c}</th><td><${Num} value=${row.p99} /></td><td><${Num} value=${row.most} /></td>
          <td data-value=${exact(row.dead)}>${number(row.dead * 100, 1)} %</td>
          ${row.best.map((one) => html`<td>${one.class}</td><td data-value=${exact(one.auroc)}>${number(one.auroc, 3)}</td>`)}
          <td>${look?.value[c] === undefined ? "" : html`<${Num} value=${look.value[c] ?? 0} />`}</td></tr>`)}</tbody>
      </table></div>
    <//>`;
}

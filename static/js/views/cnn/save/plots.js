/**
 * The plots of this picture as files: the shares of the classes, and the votes for one.
 *
 *     run, weights -> bars -> SVG, CSV
 */

import { html } from "gridtime/lib/html.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { activation, colourOf } from "gridtime/math/colour.js";
import { barsSvg, fileName } from "gridtime/math/files.js";
import { number, percent, signed } from "gridtime/math/format.js";
import { answerLayer, byName, extent, source } from "gridtime/math/groups.js";
import { weightName } from "gridtime/math/sources.js";
import { vote } from "gridtime/math/votes.js";
import { labelOf } from "gridtime/views/cnn/why/chosen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/components/save.js").Item} Item */

/** Rows of a printed plot; the CSV has all. */
const SHOWN = 24;
const TEAL = "#0B6E72";

/** @param {Run} run @param {string} name @returns {Item[]} */
export function classFiles(run, name) {
  const bars = run.predictions.slice(0, SHOWN).map((p) => ({ label: p.label, value: p.probability }));
  return plotFiles(`${name}-classes`, {
    svg: () => barsSvg({ title: `${run.model}: share of each class`, bars, colour: () => TEAL, text: percent }),
    rows: () => [["class", "probability", "logit"], ...run.predictions.map((p) => [p.label, p.probability, p.logit])],
  });
}

/** What every channel adds to the logit of one class; null where that is not one linear layer.
 *  @param {Room} room @param {Run} run @param {string} label */
function votesFor(room, run, label) {
  const layer = answerLayer(run.graph);
  const before = layer && source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  const weight = layer && room.weights.value?.get(weightName(layer, "weight"));
  const out = room.classes.value.indexOf(label);
  if (!layer || !before || !input || !weight || out < 0) return null;
  const size = extent(before);
  return vote(input.data, weight.data, room.weights.value?.get(weightName(layer, "bias"))?.data, out, size.height * size.width);
}

/** @param {Room} room @param {Run} run @param {string} name @returns {Item[]} */
export function voteFiles(room, run, name) {
  const label = labelOf(run, room.state.value);
  const found = votesFor(room, run, label);
  if (!found) return [];
  const limit = Math.max(...found.channels.map(Math.abs), Math.abs(found.bias));
  const order = Array.from(found.channels.keys()).sort((a, b) => Math.abs(found.channels[b] ?? 0) - Math.abs(found.channels[a] ?? 0));
  const shown = order.slice(0, SHOWN);
  const rest = order.slice(SHOWN).reduce((sum, i) => sum + (found.channels[i] ?? 0), 0);
  const terms = [
    ...shown.map((i) => ({ label: `channel ${i}`, value: found.channels[i] ?? 0 })),
    ...(order.length > SHOWN ? [{ label: `${order.length - SHOWN} others`, value: rest }] : []),
    { label: "bias", value: found.bias },
  ];
  let at = 0;
  const bars = terms.map((term) => ({ ...term, from: at, to: (at += term.value) }));
  bars.push({ label: `logit of ${label}`, value: found.total, from: 0, to: found.total });
  return plotFiles(fileName(name, "votes", label), {
    svg: () => barsSvg({ title: `${run.model}: votes for ${label}`, bars,
      colour: (v) => `rgb(${colourOf(v, limit, activation("light")).join(" ")})`, text: (v) => signed(v, 3) }),
    rows: () => [["term", "adds"], ...Array.from(found.channels, (v, i) => [`channel ${i}`, v]), ["bias", found.bias], [`logit of ${label}`, found.total]],
  });
}

/** @param {{title: string, about: string, items: Item[]}} props */
const Row = ({ title, about, items }) => html`<li><span><strong>${title}</strong> <span class="small">${about}</span></span>
  <${SaveMenu} items=${items} label=${title} /></li>`;

/** @param {{room: Room, run: Run, name: string}} props */
export function Plots({ room, run, name }) {
  const best = run.predictions[0];
  const label = labelOf(run, room.state.value);
  const votes = voteFiles(room, run, name);
  return html`<section class="save-plots" aria-label="Plots as files">
    <h2>Its plots</h2>
    <ul>
      <${Row} title="Shares of the classes" items=${classFiles(run, name)}
        about=${best ? `${run.predictions.length} classes, ${best.label} first: ${number(best.logit, 2)} before softmax` : ""} />
      ${votes.length > 0 && html`<${Row} title=${`Votes for ${label}`} about="every channel, and the bias" items=${votes} />`}
    </ul>
  </section>`;
}

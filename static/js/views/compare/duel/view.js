/**
 * Same budget duel: readers of sentences with as many weights, taught by the same texts.
 *
 *     GET /lab/duel -> accuracy against time | every figure, and what follows from them
 */
import { signal } from "@preact/signals-core";
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { duel as load } from "gridtime/api/client.js";
import { Busy } from "gridtime/components/busy.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { bagSays, bestSays, entriesOf, speedSays, splitOf, splitsOf, titleOf } from "gridtime/math/duel.js";
import { count, number, plural } from "gridtime/math/format.js";
import { Plot } from "gridtime/views/compare/duel/plot.js";
import { Figures, fileOf } from "gridtime/views/compare/duel/table.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/duel.js").Duel} Duel */

/** It belongs to no visitor and never changes. */
const found = signal(/** @type {Duel | null} */ (null));

/** What a stop shows. @type {Record<string, {table?: boolean, plot?: boolean, hidden?: boolean, says?: boolean}>} */
const PARTS = {
  all: { table: true, plot: true, says: true },
  vote: { table: true, hidden: true },
  table: { table: true },
  plot: { plot: true, says: true },
};

/** @param {Duel} duel @param {Room["address"]} address */
const wordsOf = (duel, address) => {
  const entries = entriesOf(duel, splitOf(duel, address.show));
  return { best: bestSays(entries), bag: bagSays(entries), speed: speedSays(duel) };
};

export const legend = () =>
  html`<p class="legend">Square: all words at once. Round: word after word. Whiskers: 95 % interval; time of the middle 80 % of sentences.</p>`;

/** @param {Room} room */
export const caption = ({ address }) => (found.value ? wordsOf(found.value, address).best : "Readers of sentences with as many weights, taught by the same texts.");

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ address }) {
  const duel = found.value;
  if (!duel) return [];
  const { best, bag } = wordsOf(duel, address);
  return [
    { id: "vote", caption: "The same texts, as many weights. Which reads best, and which fastest? Vote, then press on." },
    { id: "table", caption: best, notes: "A tie is a tie: where intervals overlap, another set of sentences could turn the order round." },
    { id: "plot", caption: bag || best },
  ];
}

/** @param {{problem: Error | null, onRetry: () => void}} props */
function Nothing({ problem, onRetry }) {
  if (/** @type {any} */ (problem)?.status !== 404) return html`<${Trouble} problem=${problem} onRetry=${onRetry} /><${Busy} on=${!problem} />`;
  return html`<p class="trouble" role="status">${problem?.message} The command <code>python -m app.training.duel --data DIR</code> measures it.</p>`;
}

/** @param {{duel: Duel}} props */
function About({ duel }) {
  const { machine, words, note, command } = duel;
  const { n, repeats } = duel.readers[0].microseconds;
  return html`<p class="small">${note} Timed on ${machine.processor} (${plural(machine.cores, "core")}, ${plural(machine.threads, "thread")}, torch ${machine.torch}): ${count(n)} sentences of ${number(words, 1)} words in the mean, one at a time, each ${repeats} times. Made with <code>${command}</code>.</p>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const ask = () => void load().then((duel) => ((found.value = duel), setProblem(null)), setProblem);
  useEffect(() => void (found.peek() ?? ask()), []);
  const { address, patch, look } = room;
  const duel = found.value;
  if (!duel) return html`<div class="duel"><${Nothing} problem=${problem} onRetry=${ask} /></div>`;
  const show = PARTS[part] ?? PARTS.all;
  const split = splitOf(duel, address.show);
  const chosen = duel.readers.find(({ reader }) => reader === address.model)?.reader ?? duel.readers[0].reader;
  const pick = (/** @type {string} */ model) => patch({ model });
  const { best, bag, speed } = wordsOf(duel, address);
  const splits = splitsOf(duel);
  const n = entriesOf(duel, split)[0]?.accuracy.n ?? 0;
  return html`<div class="duel ${look.present ? `is-${part}` : ""}">
    ${show.plot && html`<figure class="duel-figure">
      <div class="duel-head">${!look.present && splits.length > 1 && html`<${Switch} name="Which sentences" chosen=${split} options=${splits.map((id) => ({ id, text: titleOf(id) }))} onPick=${(/** @type {string} */ id) => patch({ show: id })} />`}
        <figcaption>Right answers on ${titleOf(split)}, n = ${count(n)}</figcaption></div>
      <${Plot} duel=${duel} split=${split} chosen=${chosen} size=${look.present ? "present" : look.narrow ? "narrow" : "wide"} onPick=${pick} />
      ${!look.present && html`<p class="duel-files"><${SavePlot} name="duel" label="the duel" rows=${() => fileOf(duel)} /></p>`}</figure>`}
    ${(show.table || show.says) && html`<section class="duel-side" aria-label="Figures">
      ${show.says && html`<div class="duel-says" role="status">${(look.present ? [best, speed] : [best, bag, speed]).filter(Boolean).map((text) => html`<p key=${text}>${text}</p>`)}</div>`}
      ${show.table && html`<${Figures} duel=${duel} chosen=${chosen} hidden=${Boolean(show.hidden)} onPick=${pick} />`}
      ${!look.present && html`<p class="duel-chosen">${duel.readers.find(({ reader }) => reader === chosen)?.about}</p><${About} duel=${duel} />`}</section>`}
  </div>`;
}

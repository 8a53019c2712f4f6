/**
 * Reach: how far an answer moves with each word, or row, measured by the gradient.
 *
 *     sentence | digit, the answer | one cell, at a word
 *     a line a network on a log scale, exact zeros in a row of their own | readout, table, words
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Notices } from "gridtime/components/notices.js";
import { Num } from "gridtime/components/num.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { pointAt } from "gridtime/math/reach.js";
import { Plot } from "gridtime/views/compare/reach/plot.js";
import { chosenOf, isCell, isPicture, layerOf, linesOf, mapsOf, readOf, saysOf, spanOf, unitOf } from "gridtime/views/compare/reach/scene.js";
import { SHOWN } from "gridtime/views/compare/reach/walk.js";
import { unlessWalking } from "gridtime/views/compare/walking.js";
import { Exact, FigureTable, size } from "gridtime/views/rnn/signal/figures.js";

export { caption, walk } from "gridtime/views/compare/reach/walk.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/reach.js").Series} Series */
/** @typedef {import("gridtime/stores/reaching.js").Reached} Reached */

const MODES = [{ id: "sentence", text: "Sentence" }, { id: "picture", text: "Digit" }];
const OF = [{ id: "answer", text: "the answer", title: "How far the answer moves" }, { id: "cell", text: "one cell", title: "How far one cell of a map moves" }];

export const legend = () => html`<p class="legend">LSTM solid, GRU dashed, RNN dotted, CNN dash-dot; the chosen one thick. Each as a share of its own largest.</p>`;

/** @param {() => Room} room */
export function keys(room) {
  /** @param {number} by */
  const step = (by) => () => {
    const found = room().stores.reach.found.peek();
    if (!found) return;
    const [first, last] = spanOf(found);
    room().patch({ cell: [found.at, Math.max(first, Math.min(last, readOf(room().address, found) + by))] });
  };
  return { keys: { ArrowRight: unlessWalking(room, step(1)), ArrowLeft: unlessWalking(room, step(-1)) }, description: { ArrowRight: "next word", ArrowLeft: "previous word" } };
}

/** @param {{room: Room}} props */
function Source({ room }) {
  const { address, patch, stores } = room;
  const found = stores.reach.found.value;
  const gone = { cell: undefined, class: undefined, stop: undefined };
  const mode = html`<${Switch} name="What is read" options=${MODES} chosen=${isPicture(address) ? "picture" : "sentence"} onPick=${(/** @type {string} */ show) => patch({ ...gone, show, sample: undefined, model: undefined, method: undefined })} />`;
  if (isPicture(address)) {
    const samples = stores.reach.pictures.value?.[0].samples ?? [];
    return html`<div class="compare-head">${mode}<label class="field">Digit <select value=${found?.sample ?? ""} onChange=${(/** @type {any} */ e) => patch({ ...gone, sample: e.target.value, picture: undefined })}>
      ${!found?.sample && html`<option value="">your picture</option>`}${samples.map((one) => html`<option key=${one.name} value=${one.name}>${one.title}</option>`)}</select></label></div>`;
  }
  return html`<div class="order-source">${mode}<${SentenceBox} text=${address.text ?? found?.text} samples=${stores.reach.texts.value?.[0].samples ?? []}
    onText=${(/** @type {string} */ text) => patch({ ...gone, text, sample: undefined })}
    onSample=${(/** @type {any} */ sample) => patch({ ...gone, sample: sample.name, text: undefined }, { push: true })} /></div>`;
}

/** Whose reach: the answer in a class, or a cell of a width; after which word. @param {{room: Room, found: Reached}} props */
function Controls({ room, found }) {
  const { address, patch } = room;
  const widths = mapsOf(room).map(({ maps, words }) => ({ id: maps, text: `${words} words`, title: `a cell of ${maps}, windows of ${words} words` }));
  const unit = unitOf(found);
  return html`<div class="compare-head">
    ${!found.picture && html`<${Switch} name="Whose reach" options=${OF} chosen=${isCell(address) ? "cell" : "answer"} onPick=${(/** @type {string} */ method) => patch({ method })} />`}
    ${isCell(address) && html`<${Switch} name="Window" options=${widths} chosen=${layerOf(room)?.maps} onPick=${(/** @type {string} */ layer) => patch({ layer })} />`}
    <label class="field">Answer in <select value=${found.label} onChange=${(/** @type {any} */ e) => patch({ class: e.target.value })}>${found.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
    <label class="compare-slider reach-slider"><span>after ${unit}</span><input type="range" min=${1} max=${found.words.length} value=${found.at + 1} onInput=${(/** @type {any} */ e) => patch({ cell: [Number(e.target.value) - 1, Number(e.target.value) - 1] })} />
      <output><${Num} value=${found.at + 1} digits=${0} /> of ${found.words.length}</output></label>
  </div>`;
}

/** @param {{all: Series[], chosen: Series, found: Reached, read: number, onLine: (id: string) => void}} props */
function Readout({ all, chosen, found, read, onLine }) {
  const unit = unitOf(found);
  return html`<table class="reach-readout"><caption>At ${unit} ${read + 1}${found.picture ? "" : html`, “<bdi>${found.words[read]}</bdi>”`}</caption>
    <thead><tr><th scope="col">network</th><th scope="col">of its largest</th><th scope="col">as it is</th></tr></thead>
    ${all.map((one) => {
      const here = pointAt(one, read);
      const seen = here && read <= found.at;
      return html`<tbody key=${one.id} class=${one.id === chosen.id ? "is-chosen" : ""}><tr><th scope="row"><button type="button" class="link" aria-pressed=${one.id === chosen.id} onClick=${() => onLine(one.id)}>${one.name}</button></th>
        <td>${seen ? html`<${Exact} value=${here.norm && 10 ** here.log} text=${size(here.norm && 10 ** here.log)} />` : "not read yet"}</td>
        <td>${seen && html`<${Exact} value=${here.norm} text=${here.norm === 0 ? "exactly 0" : size(here.norm)} />`}</td></tr>
        <tr><td colspan="3" class="reach-says">${saysOf(one, found)}</td></tr></tbody>`;
    })}</table>`;
}

/** A row a word, a column a network. @param {Series[]} all @param {Reached} found */
const rowsOf = (all, found) => {
  const [first] = spanOf(found);
  return [[unitOf(found), ...all.map(({ name }) => name)], ...found.words.slice(first, found.at + 1).map((word, k) => [`${first + k + 1} ${found.picture ? "" : word}`, ...all.map((one) => pointAt(one, first + k)?.norm ?? 0)])];
};

/** The address names input and place; the store asks all networks. @param {Room} room */
function useWish(room) {
  const { address, stores } = room;
  const { sample, text, picture, cell } = address;
  const of = isPicture(address);
  const layer = isCell(address) ? (layerOf(room)?.maps ?? "") : undefined;
  useEffect(() => {
    if (layer !== "") stores.reach.want({ picture: of, kept: picture, sample, text, at: cell?.[0], layer, label: address.class });
    else stores.reach.want({ picture: of, kept: picture, sample, text, at: cell?.[0], label: address.class }); // the first answer brings the layers
  }, [of, picture, sample, text, cell?.[0], layer, address.class]);
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const [open, setOpen] = useState(false);
  useWish(room);
  const { address, look, patch, stores } = room;
  const { reach: store } = stores;
  const found = store.found.value;
  const state = html`<${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />`;
  if (!found) return html`<div class="reach">${!look.present && html`<${Source} room=${room} />`}${state}</div>`;
  const lines = linesOf(found);
  const shown = lines.filter(SHOWN[part] ?? SHOWN.all);
  const chosen = chosenOf(shown.length ? shown : lines, address.model);
  const read = readOf(address, found);
  const what = found.layer ? `One cell of ${found.layer}, and the readers' answers, after “${found.words[found.at]}”` : `The answer “${found.label}” after ${unitOf(found)} ${found.at + 1}`;
  /** @param {number} by */
  const line = (by) => patch({ model: shown[(shown.indexOf(chosen) + by + shown.length) % shown.length]?.id });
  const cell = found.rows.find(({ answer }) => answer.of.kind === "cell")?.answer;
  return html`<div class="reach ${look.present ? `is-${part}` : ""}" data-key=${found.key}>
    ${!look.present && html`<${Source} room=${room} /><${Controls} room=${room} found=${found} />${!found.picture && html`<${Notices} answer=${found.answer} />`}`}${state}
    <header class="compare-title"><h2>${what}: how far it moves with each ${unitOf(found)}</h2>
      ${!look.present && html`<p class="belief-files"><button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button><${SavePlot} name="reach" label="reach" rows=${() => rowsOf(lines, found)} /></p>`}</header>
    <${Plot} all=${shown} limits=${lines} chosen=${chosen.id} words=${found.words} span=${spanOf(found)} at=${found.at} read=${read} size=${look.present ? "present" : look.narrow ? "narrow" : "wide"}
      label="${what}: how far it moves with each ${unitOf(found)}" onRead=${(/** @type {number} */ t) => patch({ cell: [found.at, t] })} onLine=${line} />
    ${!look.present && html`<div class="reach-side"><${Readout} all=${lines} chosen=${chosen} found=${found} read=${read} onLine=${(/** @type {string} */ model) => patch({ model })} />
      <p class="small">‖∂answer/∂x‖: the norm of the gradient of the class's logit${cell ? `, or of the cell (channel ${cell.of.channel}, the strongest there: ${size(cell.value)}),` : ""} with respect to what is read at each ${unitOf(found)}, in float64; a 0 is exact. One-way networks only. This ${found.picture ? "picture" : "sentence"} alone, n 1.</p></div>
      ${open && html`<${FigureTable} title=${what} rows=${rowsOf(lines, found)} onClose=${() => setOpen(false)} />`}`}
  </div>`;
}

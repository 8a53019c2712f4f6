/**
 * Save and script: the run on screen as files, and as commands that ask for the same.
 *
 *     the call          -> curl, Python
 *     the run           -> safetensors, npz
 *     belief, one state -> SVG, PNG, CSV
 */
import { html } from "gridtime/lib/html.js";
import { SaveButton, SaveMenu, mapFiles, plotFiles } from "gridtime/components/save.js";
import { traceFiles } from "gridtime/components/savetrace.js";
import { ScriptBlock } from "gridtime/components/scriptblock.js";
import { barsSvg, fileName } from "gridtime/math/files.js";
import { percent } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/scene.js";
import { curl, python } from "gridtime/math/script.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/script.js").CallKind} CallKind */
/** @typedef {import("gridtime/components/save.js").Item} Item */

/** @type {Partial<Record<CallKind, string>>} */
const CALLS = { predict: "The answer", trace: "Every value", map: "This state" };
const TEAL = "#0B6E72";
/** Rows of a printed plot; the CSV has all. */
const SHOWN = 40;

export const caption = () => "What is on screen as files, and as commands that ask for the same.";
export const legend = () => null;
/** One stop: a projector has it too. */
export const walk = () => [{ id: "script", caption: caption() }];

/** @param {Room} room */
const stem = ({ about }) => fileName(about.net.id, about.sample ?? "sentence");

/** The edits of the run on show, as the answer repeats them. @param {Room} room @returns {Record<string, any>} */
function optionsOf({ about }) {
  const edits = about.answer.options?.edits ?? [];
  return edits.length ? { edits } : {};
}

/** @param {Room} room @returns {CallKind} */
const kindOf = ({ address }) => (address.call && Object.hasOwn(CALLS, address.call) ? address.call : "predict");

/** @param {Room} room @returns {import("gridtime/math/script.js").Call} */
export function callOf(room) {
  const { s, about } = room;
  return {
    origin: globalThis.location?.origin ?? "", model: about.net.id, kind: kindOf(room), query: {},
    source: /** @type {any} */ (about.input), options: optionsOf(room), out: `${stem(room)}-trace`,
    map: { layer: s.name, channel: s.unit, words: true },
  }; // prettier-ignore
}

/** Words whose answer is here, with it. @param {Room} room */
const beliefs = ({ s }) =>
  s.reading.tokens.flatMap(({ text }, t) => {
    const belief = beliefAt(s, t);
    return belief === null ? [] : [{ label: `${t + 1} ${text}`, value: belief }];
  });

/** @param {Room} room @returns {Item[]} */
function beliefFiles(room) {
  const { label } = room.s;
  const bars = beliefs(room);
  return plotFiles(`${stem(room)}-belief`, {
    svg: () => barsSvg({ title: `${room.about.net.title}: ${label} if the sentence ended there`, bars: bars.slice(0, SHOWN), colour: () => TEAL, text: percent }),
    rows: () => [["word", label], ...bars.map((bar) => [bar.label, bar.value])],
  });
}

/** The shown signal, words across and units down. @param {Room} room @returns {Item[]} */
function stateFiles({ s, look, about }) {
  const { hidden } = s.reader;
  const words = s.reading.pane.end - s.reading.pane.start;
  const values = Float32Array.from({ length: words * hidden }, (_, k) => s.values.data[(k % words) * hidden + Math.floor(k / words)]);
  return mapFiles(fileName(about.net.id, s.name), { values, width: words, height: hidden, limit: s.limit }, look.theme);
}

/** @param {{room: Room}} props */
function Script({ room }) {
  const call = callOf(room);
  return html`<section class="save-script" aria-label="The same by curl and Python">
    <h2>The same by curl and Python</h2>
    <div class="switch-row" role="group" aria-label="What to ask for">
      ${Object.entries(CALLS).map(([id, title]) => html`<button key=${id} type="button" class="switch-button" aria-pressed=${id === call.kind}
        onClick=${() => room.patch({ call: id === "predict" ? undefined : id })}>${title}</button>`)}
    </div>
    <${ScriptBlock} title="curl" text=${curl(call)} />
    <${ScriptBlock} title="Python" text=${python(call)} note=${call.kind === "predict" ? "standard library only" : "needs numpy"} />
  </section>`;
}

/** @param {{title: string, about: string, items: Item[]}} props */
const Row = ({ title, about, items }) => html`<li><span><strong>${title}</strong> <span class="small">${about}</span></span><${SaveMenu} items=${items} label=${title} /></li>`;

/** @param {{room: Room}} props */
function Files({ room }) {
  const { s, about } = room;
  const asked = { id: about.net.id, input: about.input, options: optionsOf(room) };
  const { start, end } = s.reading.pane;
  const part = end - start < s.total ? `words ${start + 1} to ${end}` : "all words";
  return html`<div class="save-files">
    <section class="save-run" aria-label="The run as a file">
      <h2>Every value of this run</h2>
      <ul class="save-buttons save-row">${traceFiles(asked, `${stem(room)}-trace`).map((item) => html`<li key=${item.name}><${SaveButton} item=${item} /></li>`)}</ul>
      <p class="small">Every gate and state in float32, a row a word, under its name; at most 512 words; with the changes on screen made.</p>
    </section>
    <section class="save-plots" aria-label="Plots as files"><h2>Its plots</h2><ul>
      ${s.reading.shares && html`<${Row} title="Belief after every word" about=${s.label} items=${beliefFiles(room)} />`}
      <${Row} title=${`${s.signal.name} ${s.signal.id}`} about=${`${s.reader.hidden} units, ${part}`} items=${stateFiles(room)} />
    </ul></section>
  </div>`;
}

/** @param {{room: Room}} props */
export const View = ({ room }) => html`<div class="save"><${Script} room=${room} /><${Files} room=${room} /></div>`;

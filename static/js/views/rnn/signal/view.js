/**
 * Signal: how much of the error signal is left on its way back, word by word.
 *
 *     trained readers on this sentence | fresh cells in a lab      never both in one plot
 *       plot | switches, what is left, readout, knobs, the stated factors
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { FIRST, KINDS, NAMES, QUANTITIES, formatLab, freshSeries, labSays, parseLab, quantityOf, reachOf, tenBack, verdicts } from "gridtime/math/signal.js";
import { FigureTable } from "gridtime/views/rnn/signal/figures.js";
import { Cells, Clipping, Knobs, Stated } from "gridtime/views/rnn/signal/lab.js";
import { Plot } from "gridtime/views/rnn/signal/plot.js";
import { About, Readout, allSay, chosenOf, linesOf, rowsOf, says, wordAt, wordsOf } from "gridtime/views/rnn/signal/trained.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/signal.js").Kind} Kind */
/** @typedef {import("gridtime/math/signal.js").Lab} Lab */
/** @typedef {import("gridtime/math/signal.js").Series} Series */

/** The sentence is asked for where it is read: fresh cells have none. */
export const ownField = true;

/** How long a knob may rest before the cells are measured, in ms. */
const REST = 200;

/** @param {Room} room */
const isFresh = ({ address }) => address.show === "fresh";

/** Whose loss: as the address says, else the answer of the room's own network. @param {Room} room */
const labelOf = ({ address, s, about }) =>
  s.reading.classes.includes(address.class) ? address.class : (about.answer.predictions[0]?.label ?? s.label);

/** @param {Room} room */
function useTrained(room) {
  const { about, models, s } = room;
  const label = labelOf(room);
  useEffect(() => {
    room.stores.signals.wantTrained(models, about.net, s.reading.classes, about.text, label);
  }, [about.net.id, about.text, label]);
}

/** @param {Room} room @param {Lab} lab */
function useFresh(room, lab) {
  const store = room.stores.signals;
  const wish = JSON.stringify({ ...lab, at: 0 });
  useEffect(() => {
    if (!isFresh(room)) return undefined;
    const timer = setTimeout(() => store.wantFresh(lab), store.fresh.peek() ? REST : 0);
    return () => clearTimeout(timer);
  }, [wish, isFresh(room)]);
  return store.fresh.value;
}

/** Present mode: only the line that the caption names; the axis holds them all. @param {Series[]} all @param {string} part */
function shownOf(all, part) {
  const kind = part.split("-")[1];
  return all.some((one) => one.kind === kind) ? all.filter((one) => one.kind === kind) : all;
}

/** @param {Series[]} all @param {string} chosen @param {number} by */
const nextLine = (all, chosen, by) => all[(all.findIndex(({ id }) => id === chosen) + by + all.length) % all.length].kind;

/** @param {Room} room @returns {"wide" | "narrow" | "present"} */
const sizeOf = ({ look }) => (look.present ? "present" : look.narrow ? "narrow" : "wide");

const CELLS = [
  { id: "trained", text: "trained", title: "Trained: the networks of this room, on your sentence" },
  { id: "fresh", text: "fresh cells", title: "Fresh cells, that were never trained" },
];

/** @param {{room: Room}} props */
function Switches({ room }) {
  const { address, patch } = room;
  const fresh = isFresh(room);
  const quantities = Object.entries(QUANTITIES).map(([id, { title, name }]) => ({ id, text: title, title: name }));
  return html`<div class="signal-switches">
    <${Switch} name="Which cells" chosen=${fresh ? "fresh" : "trained"} options=${CELLS} onPick=${(/** @type {string} */ id) => patch({ show: id === "fresh" ? id : undefined }, { push: true })} />
    ${!fresh && html`<${Switch} name="What is measured" chosen=${quantityOf(address.method)} options=${quantities} onPick=${(/** @type {string} */ id) => patch({ method: id === "error" ? undefined : id })} />`}
  </div>`;
}

/** @param {{label: string, rows: () => any[][], name: string}} props the first row: names of columns; the first column: of rows */
function Files({ label, rows, name }) {
  const [open, setOpen] = useState(false);
  return html`<p class="signal-files"><button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button><${SavePlot} name=${name} label=${label} rows=${rows} />
    ${open && html`<${FigureTable} title=${label} rows=${rows()} onClose=${() => setOpen(false)} />`}</p>`;
}

/** @param {{room: Room, part: string}} props */
function Trained({ room, part }) {
  const { address, patch, doings, look } = room;
  const store = room.stores.signals;
  const trained = store.trained.value;
  const trouble = html`<${Trouble} problem=${store.textProblem.value} onRetry=${store.retryText} />`;
  if (!trained?.measured.length) return html`${trouble}<${Busy} on=${store.textBusy.value} />${trained && html`<p>This network reads from both ends: its error signal goes both ways. Choose one that reads from left to right.</p>`}`;
  const all = linesOf(trained, address.method);
  const chosen = chosenOf(all, address.against, trained.own.id);
  const words = wordsOf(trained);
  const at = wordAt(trained, room.s);
  const pick = (/** @type {string} */ against) => patch({ against });
  return html`<figure class="signal-figure">
    ${trouble}
    <${Plot} all=${shownOf(all, part)} limits=${all} chosen=${chosen.id} span=${[words[0].x, words[words.length - 1].x]} at=${at} ticks=${words} axis="" size=${sizeOf(room)}
      label="Words of your sentence, and what is left of the error signal at each: ${all.map(({ name }) => name).join(", ")}" onAt=${doings.step} onLine=${(/** @type {number} */ by) => pick(nextLine(all, chosen.id, by))} />
    ${!look.present && html`<${Files} name="signal" label="What is left of the error signal at every word" rows=${() => rowsOf(trained, all)} />`}
  </figure>
  ${!look.present && html`<div class="signal-side"><${Switches} room=${room} />
    <p class="signal-says" role="status">${says(chosen, address.method)}</p>
    <${Readout} all=${all} chosen=${chosen} at=${at} word=${words.find(({ x }) => x === at)?.text ?? ""} onLine=${pick} />
    <${About} trained=${trained} method=${address.method} /><${Busy} on=${store.textBusy.value} /></div>`}`;
}

/** @typedef {import("gridtime/views/rnn/more.js").Stores["signals"]} Signals */

/** What follows from what was measured, no more. @param {Signals} store @param {Lab} lab @param {Series[]} all */
function follows(store, lab, all) {
  const plain = Object.fromEntries(KINDS.map((kind) => [kind, store.factorOf(FIRST, kind)]));
  return [labSays(all), ...verdicts(plain, store.factorOf({ ...FIRST, forget: lab.forget }, "lstm"), lab.forget)];
}

/** Steps back from the last one, a number every so many. @param {number} length */
function stepTicks(length) {
  const reach = reachOf(length);
  const every = reach > 200 ? 50 : reach > 60 ? 20 : 5;
  return Array.from({ length: Math.floor(reach / every) + 1 }, (_, k) => ({ x: length - k * every, text: String(k * every) })).reverse();
}

/** @param {{room: Room, part: string}} props */
function Fresh({ room, part }) {
  const { address, patch, look } = room;
  const store = room.stores.signals;
  const lab = parseLab(address.lab);
  const fresh = useFresh(room, lab);
  /** @param {Partial<Lab>} change */
  const set = (change) => patch({ lab: formatLab(parseLab(formatLab({ ...lab, ...change }))) });
  const pick = (/** @type {string} */ against) => patch({ against });
  const knobs = !look.present && html`<${Switches} room=${room} /><${Knobs} lab=${lab} set=${set} />`;
  const trouble = html`<${Trouble} problem=${store.labProblem.value} onRetry=${store.retryLab} />`;
  if (!fresh) return html`<figure class="signal-figure">${trouble}<${Busy} on=${store.labBusy.value} /></figure><div class="signal-side">${knobs}</div>`;
  const measured = { ...fresh, lab: { ...fresh.lab, at: Math.min(lab.at, reachOf(fresh.lab.length)) } };
  const { length, at } = measured.lab;
  const all = KINDS.map((kind) => freshSeries(kind, fresh.answers[kind]));
  const chosen = all.find(({ kind }) => kind === address.against) ?? all[2];
  const seeds = fresh.answers.lstm.settings.seeds;
  return html`<figure class="signal-figure">
    ${trouble}
    <${Plot} all=${shownOf(all, part)} limits=${all} low=${!look.present} chosen=${chosen.id} span=${[length - reachOf(length), length]} at=${length - at} ticks=${stepTicks(length)} axis="steps back from the last" size=${sizeOf(room)}
      label="Steps back from the last, and what is left of the error signal: fresh ${all.map(({ name }) => name).join(", ")}" onAt=${(/** @type {number} */ x) => set({ at: Math.max(1, length - x) })} onLine=${(/** @type {number} */ by) => pick(nextLine(all, chosen.id, by))} />
    ${!look.present && html`<${Stated} known=${store.known.value} busy=${store.tableBusy.value} narrow=${look.narrow} onMeasure=${store.wantTable} />
      <${Files} name="signal-fresh" label="What is left of the error signal, fresh cells" rows=${() => [["steps back", ...all.map(({ name }) => name)], ...all[0].points.map(({ x }, k) => [length - x, ...all.map(({ raw }) => raw[k])]).reverse()]} />
      <p class="small">Never trained. ‖∂s_T/∂s_(T−n)‖₂, s = h (LSTM: h and c), 32 inputs, mean of ${seeds} ${seeds === 1 ? "seed" : "seeds"}${fresh.whole ? "" : " so far"}; the factor is its slope from n = ${chosen.factor?.from} to ${chosen.factor?.to}. The table: 64 units, 200 steps, ten seeds. <${Busy} on=${store.labBusy.value} /></p>`}
  </figure>
  ${!look.present && html`<div class="signal-side">${knobs}
    <div class="signal-says" role="status">${follows(store, measured.lab, all).map((text) => html`<p key=${text}>${text}</p>`)}</div>
    <${Cells} fresh=${measured} all=${all} chosen=${chosen.id} onLine=${pick} /><${Clipping} fresh=${measured} /></div>`}`;
}

/** The room's own field, with its samples. @param {{room: Room}} props */
function Field({ room: { about, address, patch } }) {
  const anew = { step: undefined, unit: undefined, open: undefined, stop: undefined };
  return html`<div class="room-head"><${SentenceBox} text=${address.text ?? about.text} samples=${about.net.samples} onText=${(/** @type {string} */ text) => patch({ ...anew, text, sample: undefined })}
    onSample=${(/** @type {{name: string}} */ { name }) => patch({ ...anew, sample: name, text: undefined }, { push: true })} /></div>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const fresh = isFresh(room);
  useTrained(room); // the walk goes from one to the other
  return html`${!fresh && !room.look.present && html`<${Field} room=${room} />`}<div class="signal ${fresh ? "is-fresh" : "is-trained"}"><h2 class="unseen">How much of the error signal is left? ${fresh ? "Fresh cells" : "Trained networks"}</h2>
    ${fresh ? html`<${Fresh} room=${room} part=${part} />` : html`<${Trained} room=${room} part=${part} />`}</div>`;
}

/** @param {Room} room */
export function caption(room) {
  const { address } = room;
  const store = room.stores.signals;
  if (isFresh(room)) {
    const fresh = store.fresh.value;
    return fresh ? `Fresh cells: ${labSays(KINDS.map((kind) => freshSeries(kind, fresh.answers[kind])))}` : "Fresh cells, before any training.";
  }
  const trained = store.trained.value;
  if (!trained?.measured.length) return "How much of the error signal is left, word by word?";
  return says(chosenOf(linesOf(trained, address.method), address.against, trained.own.id), address.method);
}

export const legend = () => html`<p class="small">1: the signal at the last step. LSTM solid, GRU dashed, RNN dotted; the chosen one is thick.</p>`;

/** A line of the walk, said once these cells were measured: those of another stop are not theirs. @param {Signals} store @param {Kind} kind @param {string} before @param {Lab} [lab] */
const freshSays = (store, kind, before, lab = FIRST) => () => {
  const now = store.fresh.value;
  const fresh = now && formatLab({ ...now.lab, at: lab.at }) === formatLab(lab) ? now : null;
  const one = fresh && freshSeries(kind, fresh.answers[kind]);
  const ten = one && tenBack(one);
  return one && ten ? `${before} ${one.name}: × ${one.factor?.value.toFixed(2)} a step. ${ten.text}` : `${before} ${NAMES[kind]}.`;
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const store = room.stores.signals;
  const trained = store.trained.value;
  if (!trained) return []; // its stops are one a network
  const { patch } = room;
  const kinds = linesOf(trained, undefined).map(({ kind }) => kind);
  const together = (/** @type {string | undefined} */ method, /** @type {string} */ of) => () => (kinds.length ? allSay(linesOf(store.trained.value ?? trained, method), of) : "No network here reads these classes from left to right.");
  const told = (/** @type {string} */ kind) => () => {
    const now = store.trained.value;
    const one = now && linesOf(now, undefined).find((line) => line.kind === kind);
    return one ? html`Trained. ${says(one, undefined)}` : "Trained on sentences.";
  };
  const trainedStops = KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({
    id: `trained-${kind}`, caption: told(kind), apply: () => patch({ show: undefined, method: undefined, against: kind }),
    notes: "It starts at the last word and travels back: the left end is what the first word can learn from.",
  }));
  const all = { id: "trained", caption: together(undefined, "the error signal"), apply: () => patch({ show: undefined, method: undefined, against: undefined }) };
  const reach = { id: "reach", caption: together("reach", "a word's reach"), apply: () => patch({ show: undefined, method: "reach", against: undefined }), notes: "How far the answer would move if the word's vector moved a little." };
  const fresh = KINDS.map((kind) => ({ id: `fresh-${kind}`, caption: freshSays(store, kind, "Never trained,"), apply: () => patch({ show: "fresh", lab: undefined, against: kind }) }));
  const open = { ...FIRST, forget: 3 };
  const opened = { id: "open-lstm", caption: freshSays(store, "lstm", "Never trained, forget bias 3,", open), apply: () => patch({ show: "fresh", lab: formatLab(open), against: "lstm" }), notes: "Nothing was learned here: one number of the initialisation was moved." };
  return [...trainedStops, ...(kinds.length > 1 ? [all] : []), reach, ...fresh, opened];
}

/** Fresh cells have steps, no words: the arrows move along those. @param {() => Room} room */
export function keys(room) {
  /** @param {(at: number, reach: number) => number} to */
  const go = (to) => () => {
    const now = room();
    if (!isFresh(now) || now.look.present) return false;
    const lab = parseLab(now.address.lab);
    const reach = reachOf(lab.length);
    return now.patch({ lab: formatLab({ ...lab, at: Math.max(1, Math.min(reach, to(lab.at, reach))) }) });
  };
  return {
    keys: { ArrowLeft: go((at) => at + 1), ArrowRight: go((at) => at - 1), "Shift+ArrowLeft": go((at) => at + 8), "Shift+ArrowRight": go((at) => at - 8), Home: go((_, reach) => reach), End: go(() => 1) },
    description: { ArrowLeft: "one word or step back", ArrowRight: "one word or step on" },
  };
}

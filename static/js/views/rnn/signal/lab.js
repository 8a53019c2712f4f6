/**
 * Fresh cells: knobs, what was measured of each, what clipping does, and the stated table.
 */
import { html } from "gridtime/lib/html.js";
import { CLIPS, FIELDS, FIRST, KINDS, NAMES, STATED, askOf, formatLab, held, leftShort, logAt } from "gridtime/math/signal.js";
import { Exact, size } from "gridtime/views/rnn/signal/figures.js";
import { Sample } from "gridtime/views/rnn/signal/plot.js";

/** @typedef {import("gridtime/math/signal.js").Lab} Lab */
/** @typedef {import("gridtime/math/signal.js").LabNumbers} LabNumbers */
/** @typedef {import("gridtime/math/signal.js").Series} Series */
/** @typedef {import("gridtime/api/client.js").LabAnswer} LabAnswer */
/** @typedef {import("gridtime/stores/signal.js").Fresh} Fresh */
/** @typedef {(change: Partial<Lab>) => void} Set */

/** @param {{field: keyof LabNumbers, lab: Lab, set: Set}} props */
function Knob({ field, lab, set }) {
  const { name, least, most, step } = FIELDS[field];
  const change = (/** @type {any} */ event) => {
    const value = held(field, event.target.value === "" ? NaN : Number(event.target.value));
    event.target.value = String(value);
    set({ [field]: value });
  };
  return html`<div class="signal-knob"><label for="signal-${field}">${name}</label>
    <input type="range" min=${least} max=${most} step=${step} value=${lab[field]} aria-label="${name}, ${least} to ${most}" onInput=${change} />
    <input id="signal-${field}" type="number" inputmode="decimal" min=${least} max=${most} step=${step} value=${lab[field]} onChange=${change} /></div>`;
}

/** @param {{name: string, value: string, options: Record<string, string>, onPick: (value: string) => void}} props */
const Choice = ({ name, value, options, onPick }) => html`<label class="signal-choice">${name}
  <select value=${value} onChange=${(/** @type {any} */ event) => onPick(event.target.value)}>${Object.entries(options).map(([id, text]) => html`<option key=${id} value=${id} selected=${id === value}>${text}</option>`)}</select></label>`;

/** @param {{lab: Lab, set: Set}} props */
export function Knobs({ lab, set }) {
  const clips = Object.fromEntries(CLIPS.map((clip) => [String(clip ?? "off"), clip === null ? "off" : `norm at most ${clip}`]));
  return html`<form class="signal-knobs" aria-label="Fresh cells" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${/** @type {(keyof LabNumbers)[]} */ (Object.keys(FIELDS)).map((field) => html`<${Knob} key=${field} field=${field} lab=${lab} set=${set} />`)}
    <${Choice} name="Initialisation" value=${lab.init} options=${{ torch: "torch's own", orthogonal: "orthogonal W_hh" }} onPick=${(/** @type {any} */ init) => set({ init })} />
    <${Choice} name="Inputs" value=${lab.inputs} options=${{ normal: "32 wide, N(0, 1)", zero: "none, and no bias" }} onPick=${(/** @type {any} */ inputs) => set({ inputs })} />
    <${Choice} name="Gradient clipping" value=${String(lab.clip ?? "off")} options=${clips} onPick=${(/** @type {string} */ clip) => set({ clip: clip === "off" ? null : Number(clip) })} />
    <p class="small">The forget bias opens f of the LSTM and z of the GRU; an RNN has no such gate.${formatLab(lab) && html` <button type="button" class="link" onClick=${() => set({ ...FIRST })}>As torch draws them</button>`}</p>
  </form>`;
}

/** @param {LabAnswer["weights"]} seeds @param {"before" | "after" | "recurrent_before" | "recurrent_after"} name geometric mean, 0 where all are */
function middle(seeds, name) {
  const all = seeds.map((seed) => seed[name]);
  return all.some((v) => v === 0) ? 0 : Math.exp(all.reduce((sum, v) => sum + Math.log(v), 0) / all.length);
}

/** Every cell at the chosen distance, and the gradient of its weights. @param {{fresh: Fresh, all: Series[], chosen: string, onLine: (kind: string) => void}} props */
export function Cells({ fresh: { lab, answers }, all, chosen, onLine }) {
  const clip = lab.clip !== null;
  return html`<table class="signal-readout"><caption>${lab.at === 1 ? "1 step" : `${lab.at} steps`} back</caption>
    <thead><tr><th scope="col">cell</th><th scope="col">is left</th><th scope="col">gate keeps</th><th scope="col">‖∂loss/∂W_hh‖${clip ? " → clipped" : ""}</th></tr></thead>
    <tbody>${all.map((one) => {
      const { kept, weights } = answers[one.kind];
      const log = logAt(one, lab.length - lab.at) ?? 0;
      const [before, after] = [middle(weights, "recurrent_before"), middle(weights, "recurrent_after")];
      return html`<tr key=${one.id} class=${one.id === chosen ? "is-chosen" : ""}>
        <th scope="row"><button type="button" aria-pressed=${one.id === chosen} onClick=${() => onLine(one.kind)}><${Sample} kind=${one.kind} thick=${one.id === chosen} />${one.name}</button></th>
        <td><${Exact} value=${10 ** log} text=${leftShort(log)} /></td>
        <td>${kept === null ? "–" : html`<${Exact} value=${kept} text=${`${Math.round(kept * 100)} %`} />`}</td>
        <td><${Exact} value=${before} text=${size(before)} />${clip && html` → <${Exact} value=${after} text=${size(after)} />`}</td></tr>`;
    })}</tbody></table>`;
}

/** Clipping, as what it is. @param {{fresh: Fresh}} props */
export function Clipping({ fresh: { lab, answers } }) {
  if (lab.clip === null) return null;
  const over = KINDS.map((kind) => `${answers[kind].weights.filter(({ before, after }) => after < before).length} of ${answers[kind].weights.length} ${NAMES[kind]}s`);
  return html`<p class="small">Clipping holds the norm of the gradient of all weights at ${lab.clip}: here it acted on ${over.join(", ")}. The lines stay as they are: ∂s_T/∂s_(T−n) is the cell's own.</p>`;
}

/** The stated factors beside those measured here; a column each, on a phone a row.
 *  @param {{known: Record<string, LabAnswer>, busy: boolean, narrow: boolean, onMeasure: () => void}} props */
export function Stated({ known, busy, narrow, onMeasure }) {
  const rows = STATED.map((row) => ({ ...row, found: known[JSON.stringify(askOf({ ...FIRST, ...row.change }, row.cell))] }));
  const left = rows.filter(({ found }) => !found).length;
  const more = left > 0 && html`<button type="button" class="link" disabled=${busy} onClick=${onMeasure}>${busy ? `${left} to go…` : `measure ${left === STATED.length ? "all" : "the rest"}`}</button>`;
  const cell = (/** @type {LabAnswer | undefined} */ found) => (found ? html`<${Exact} value=${found.factor.value} text=${found.factor.value.toFixed(2)} />` : "–");
  if (narrow)
    return html`<table class="signal-stated"><thead><tr><th scope="col">Factor a step, fresh</th><th scope="col">stated</th><th scope="col">measured here${more}</th></tr></thead>
      <tbody>${rows.map(({ name, stated, found }) => html`<tr key=${name}><th scope="row">${name}</th><td>${stated.toFixed(2)}</td><td>${cell(found)}</td></tr>`)}</tbody></table>`;
  return html`<table class="signal-stated"><thead><tr><th scope="col">Factor a step, fresh</th>${rows.map(({ name }) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
    <tbody><tr><th scope="row">stated</th>${rows.map(({ name, stated }) => html`<td key=${name}>${stated.toFixed(2)}</td>`)}</tr>
      <tr><th scope="row">measured here${more}</th>${rows.map(({ name, found }) => html`<td key=${name}>${cell(found)}</td>`)}</tr></tbody></table>`;
}

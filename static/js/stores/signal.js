/**
 * The Signal tab's data as signals.
 *
 *     wantTrained(rows, text, label) -> gradient of every reader of these classes -> trained
 *     wantFresh(lab)   -> the three cells, two seeds at once, then all -> fresh
 *     wantTable()      -> the stated rows, one after another -> factors, as they arrive
 *
 * Figures of the lab are kept by what was asked: they belong to no visitor and never change.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { FIRST, KINDS, STATED, askOf } from "gridtime/math/signal.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/signal.js").Lab} Lab */
/** @typedef {import("gridtime/math/signal.js").Kind} Kind */
/** @typedef {{row: client.ModelRow & {kind: Kind}, answer: client.GradientAnswer}} Measured */
/** `own`: the network that the room had on show. @typedef {{own: {id: string, title: string}, label: string, measured: Measured[]}} Trained */
/** @typedef {{lab: Lab, answers: Record<Kind, client.LabAnswer>, whole: boolean}} Fresh `whole`: all seeds, not the first two */

/** Seeds of the first look, so that a knob answers at once. */
const FEW = 2;

/** The readers that can be compared: one a kind, left to right, of the same classes; the room's own first.
 *  @param {client.ModelRow[]} rows @param {string} own @param {string[]} classes */
async function comparable(rows, own, classes) {
  const ordered = [...rows].sort((a, b) => Number(b.id === own) - Number(a.id === own));
  const cards = await Promise.all(ordered.map(({ id }) => client.model(id)));
  const fits = ordered.filter((_, k) => cards[k].card.causal && String(cards[k].card.classes) === String(classes));
  const found = fits.filter((row, k) => fits.findIndex(({ kind }) => kind === row.kind) === k);
  return /** @type {Measured["row"][]} */ (found.filter(({ kind }) => KINDS.includes(/** @type {Kind} */ (kind))));
}

export function createSignals() {
  const ofText = /** @type {import("gridtime/stores/request.js").Request<Trained>} */ (createRequest());
  const ofLab = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const ofTable = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const fresh = signal(/** @type {Fresh | null} */ (null));
  const known = signal(/** @type {Record<string, client.LabAnswer>} */ ({}));

  /** @param {Record<string, unknown>} ask @param {AbortSignal} stop */
  async function measure(ask, stop) {
    const key = JSON.stringify(ask);
    const answer = known.peek()[key] ?? (await client.lab(ask, { signal: stop }));
    if (!known.peek()[key]) known.value = { ...known.peek(), [key]: answer };
    return answer;
  }

  /** What was measured for a cell with all seeds. @param {Lab} lab @param {Kind} cell */
  const factorOf = (lab, cell) => known.value[JSON.stringify(askOf(lab, cell))]?.factor.value;

  /**
   * @param {client.ModelRow[]} rows @param {Trained["own"]} own @param {string[]} classes
   * @param {string} text @param {string} label whose loss, the same for all
   */
  const wantTrained = (rows, own, classes, text, label) =>
    ofText.run(async (stop) => {
      const readers = await comparable(rows, own.id, classes);
      const answers = await Promise.all(readers.map(({ id }) => client.gradient(id, { text }, label, { signal: stop })));
      const words = answers[0]?.tokens.length;
      const measured = readers.map((row, k) => ({ row, answer: answers[k] })).filter(({ answer }) => answer.tokens.length === words);
      return { own, label, measured };
    });

  /** @param {Lab} lab */
  const wantFresh = (lab) =>
    ofLab.run(async (stop) => {
      const asked = KINDS.map((cell) => askOf(lab, cell));
      const have = asked.every((ask) => known.peek()[JSON.stringify(ask)]);
      for (const seeds of have ? [undefined] : [FEW, undefined]) {
        /** @type {Partial<Record<Kind, client.LabAnswer>>} */
        const answers = {};
        for (const cell of KINDS) answers[cell] = await measure(askOf(lab, cell, seeds), stop);
        stop.throwIfAborted();
        fresh.value = { lab, answers: /** @type {Fresh["answers"]} */ (answers), whole: seeds === undefined };
      }
      // What a forget bias changes is said against the cells as torch draws them.
      if (lab.forget > 0) for (const cell of KINDS) await measure(askOf(FIRST, cell), stop);
      return true;
    });

  const wantTable = () =>
    ofTable.run(async (stop) => {
      for (const { cell, change } of STATED) await measure(askOf({ ...FIRST, ...change }, cell), stop);
      return true;
    });

  return { trained: ofText.value, textBusy: ofText.busy, textProblem: ofText.problem, retryText: ofText.retry,
    fresh, labBusy: ofLab.busy, labProblem: ofLab.problem, retryLab: ofLab.retry,
    tableBusy: ofTable.busy, tableProblem: ofTable.problem, known, factorOf, wantTrained, wantFresh, wantTable }; // prettier-ignore
}

/**
 * The right column: what the network answers.
 *
 *     predictions, best first -> five bars, the rest as one -> "17 others 2 %"
 *     unfamiliar input        -> a sentence above them, not a confident class
 *     a number, not classes   -> the number, large
 */

import { html } from "gridtime/lib/html.js";
import { Bars } from "gridtime/components/bars.js";
import { exact } from "gridtime/components/num.js";
import { percent, shape as shapeText } from "gridtime/math/format.js";
import { doubtSays } from "gridtime/math/unusual.js";
import { answerLayer } from "gridtime/math/groups.js";
import { isNumber, numberSays, valueOf } from "gridtime/math/numberhead.js";
import { best } from "gridtime/math/votes.js";

export { isNumber, numberSays };

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */

const SHOWN = 5;

/** @param {Run} run @returns {string} "" where the picture is like those it was tested on */
export const familiaritySays = (run) => doubtSays(run.familiarity, "pictures");

/** A class that is called by a figure stands in quotes: “7” 92 %.
 *  @param {string} label @returns {string} */
export const named = (label) => (/^\d/.test(label) ? `“${label}”` : label);

/** The answer of a network that gives one number. @param {{run: Run, word?: string}} props */
export function NumberAnswer({ run, word = "" }) {
  return html`<p class="number-answer">
    ${word && html`<span class="small">${word}</span>`}
    <output data-value=${exact(valueOf(run))}>${numberSays(run)}</output></p>`;
}

/** What the network answers, in a sentence. @param {Run} run @returns {string} */
export function answerSays(run) {
  if (isNumber(run)) return `It gives ${numberSays(run)}.`;
  const [first] = run.predictions;
  return first ? `It gives ${named(first.label)} ${percent(first.probability)}.` : "";
}

/** @param {{run: Run, chosen?: string, onPick?: (label: string) => void}} props */
export function ClassBars({ run, chosen, onPick }) {
  if (isNumber(run)) return html`<${NumberAnswer} run=${run} />`;
  const { shown, rest, share } = best(run.predictions, SHOWN);
  const bars = shown.map((p) => ({ label: p.label, value: p.probability, chosen: p.label === chosen }));
  return html`<${Bars} bars=${bars} onPick=${onPick} label="Class probabilities"
    rest=${rest ? { label: `${rest} ${rest === 1 ? "other" : "others"}`, value: share } : undefined} />`;
}

/** @param {{room: Room}} props */
export function ClassColumn({ room }) {
  const run = room.run.value;
  const choice = room.choice.value;
  if (!run) return html`<div class="cnn-classes"></div>`;
  const last = run.graph[run.graph.length - 1];
  const logits = answerLayer(run.graph);
  const classes = room.classes.value;
  const chosen = choice?.layer?.name === logits?.name ? classes[choice?.channel ?? -1] : undefined;
  /** @param {string} label */
  const pick = (label) => {
    const channel = classes.indexOf(label);
    const layer = logits?.name;
    if (label === chosen) room.patch({ tab: "answer", layer, channel, stop: undefined }, { push: true });
    else room.patch({ layer, channel, cell: undefined });
  };
  const warning = familiaritySays(run);
  return html`<section class="cnn-classes" aria-label="The answer">
    <header class="column-head">
      <h2>${last?.name ?? "answer"}</h2>
      <p class="column-shape">${isNumber(run) ? "one number" : shapeText(last?.output_shape ?? [])}</p>
    </header>
    ${room.state.value.stop === "predict"
      ? html`<p>What will it say?</p>`
      : html`${warning && html`<p class="warning" role="note">${warning}</p>`}
        <${ClassBars} run=${run} chosen=${chosen} onPick=${pick} />
        ${isNumber(run) && html`<button type="button" class="link" onClick=${() =>
          room.patch({ tab: "answer", layer: logits?.name, channel: 0, stop: undefined }, { push: true })}>How it adds up</button>`}`}
  </section>`;
}

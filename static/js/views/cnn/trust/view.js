/**
 * How far to trust it: how often it is right, whether its shares are honest, what it confuses, and
 * whether this input is like those it was tested on.
 *
 *     studies.trust -> accuracy with interval, reliability, confusion | familiarity of several inputs
 */

import { html } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { headline } from "gridtime/components/modelcard.js";
import { exact } from "gridtime/components/num.js";
import { count, percent } from "gridtime/math/format.js";
import { calibrationSays, confusionSays, mistakes, tenths } from "gridtime/math/trust.js";
import { familiaritySays, named } from "gridtime/views/cnn/classes.js";
import { measured } from "gridtime/views/cnn/looks/where.js";
import { Confusion } from "gridtime/views/cnn/trust/confusion.js";
import { Familiar } from "gridtime/views/cnn/trust/familiar.js";
import { Reliability } from "gridtime/views/cnn/trust/reliability.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/selectivity.js").Studies} Studies */
/** @typedef {import("gridtime/math/selectivity.js").Trust} Trust */

/** @param {Room} room @param {Run} run */
export function legend(room, run) {
  return measured(room)?.trust && run && html`<${Legend} kind="probability" limit=${1} label="share of its row" scope="what is taken for what" />`;
}

/** Without a study there is what the card says. @param {any} card @returns {string} */
function unmeasured(card) {
  const known = card?.metrics?.length ? ` Its card says: ${headline(card)}.` : "";
  return `No study of single answers was made for this network.${known}`;
}

/** @param {Room} room @param {Run} run */
export function caption(room, run) {
  const studies = measured(room);
  const [best] = run.predictions;
  const warning = familiaritySays(run);
  if (warning) return warning;
  if (!studies?.trust) return unmeasured(room.net.value?.card);
  return `Here it gives ${named(best?.label ?? "")} ${percent(best?.probability ?? 0)}: a share, not a promise. `
    + `Of ${count(studies.n)} held-out pictures it names ${tenths(studies.trust.accuracy)} right.`;
}

/** @param {Room} room @param {Run} run */
export function walk(room, run) {
  const studies = measured(room);
  if (studies === null) return []; // a link's stop must not be lost while its figures are on their way
  const trust = studies?.trust;
  const [first] = trust ? mistakes(trust, 1) : [];
  return [
    ...(trust ? [
      { id: "accuracy", caption: `How often it is right, on ${count(studies?.n ?? 0)} pictures it never learnt from.` },
      { id: "calibration", caption: calibrationSays(trust) },
      { id: "confusion", caption: first ? `Its commonest mistake: ${confusionSays(trust, first.actual, first.said)}.` : "It made no mistake." },
    ] : []),
    ...(run.familiarity ? [
      { id: "familiar", caption: familiaritySays(run) || "This picture is like those it was tested on." },
      { id: "try", caption: "Noise, flat colours and foreign pictures: what the page says instead of a class, where the measure notices." },
    ] : []),
  ];
}

/** @param {{trust: Trust, studies: Studies, card: Record<string, any>|undefined}} props */
function Accuracy({ trust, studies, card }) {
  const [low, high] = trust.interval;
  const base = card?.metrics?.find((/** @type {any} */ m) => m.unit === "share" && m.n === studies.n);
  return html`<section class="trust-accuracy" aria-label="Accuracy">
    <h2>How often is it right?</h2>
    <p class="trust-figure"><span data-value=${exact(trust.accuracy)}>${tenths(trust.accuracy)}</span></p>
    <div class="interval" aria-hidden="true"><i style=${{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}></i><b style=${{ left: `${trust.accuracy * 100}%` }}></b>
      ${base && html`<s style=${{ left: `${base.baseline * 100}%` }}></s>`}</div>
    <p>of ${count(studies.n)} held-out pictures (${studies.split}); 95 % interval${" "}
      <span class="num" data-value=${exact(low)}>${(low * 100).toFixed(1)}</span> to <span class="num" data-value=${exact(high)}>${tenths(high)}</span>.${" "}
      ${base && html`Without learning (${base.baseline_name}): <span class="num" data-value=${exact(base.baseline)}>${tenths(base.baseline)}</span> (dotted).`}</p>
  </section>`;
}

/** @param {{room: Room, run: Run, part: string}} props */
export function View({ room, run, part }) {
  const studies = measured(room);
  const trust = studies?.trust;
  const present = room.present.value;
  const shows = (/** @type {string} */ id) => part === "all" || part === id;
  const share = run.predictions[0]?.probability ?? 0;
  return html`<div class="trust part-${part}">
    ${studies && trust ? html`
      ${(shows("accuracy") || shows("calibration")) && html`<div class="trust-left">
        ${shows("accuracy") && html`<${Accuracy} trust=${trust} studies=${studies} card=${room.net.value?.card} />`}
        ${shows("calibration") && html`<${Reliability} trust=${trust} share=${share} present=${present} />`}</div>`}
      ${shows("confusion") && html`<${Confusion} key=${run.model} trust=${trust} theme=${room.theme.value} present=${present} />`}`
    : html`<p class="trust-none">${studies === null ? "Computing…" : unmeasured(room.net.value?.card)}</p>`}
    ${(shows("familiar") || shows("try")) && html`<${Familiar} room=${room} run=${run} part=${part} />`}
  </div>`;
}

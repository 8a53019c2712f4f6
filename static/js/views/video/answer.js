/**
 * What the network answers so far, what was done to the clip, and what the order is worth.
 */
import { html } from "gridtime/lib/html.js";
import { ORDERS, orderSays, rateSays, tenth } from "gridtime/math/clip.js";
import { percent } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/tworeaders.js";
import { doubtSays } from "gridtime/math/unusual.js";
import { changedSays, frameSays, settledSays } from "gridtime/views/video/scene.js";

/** @typedef {import("gridtime/stores/watching.js").Seen} Seen */
/** @typedef {import("gridtime/math/clip.js").Frames} Frames */

const MOST = 4;

/** The likeliest classes after a frame. @param {{seen: Seen, step: number, hidden: boolean, brief: boolean}} props hidden: while the class votes; brief: the caption says the rest */
export function Answer({ seen, step, hidden, brief }) {
  const { classes, curve } = seen;
  const order = classes.map((name, k) => ({ name, share: beliefAt(curve, step, k) })).sort((a, b) => b.share - a.share);
  return html`<section class="clip-answer" aria-label="Answer so far">
    <h2>If the clip ended after ${frameSays(seen, step)}</h2>
    <ol>${order.slice(0, hidden ? 1 : MOST).map(({ name, share }, place) => html`<li key=${place}>${hidden
      ? html`<b>?</b>`
      : html`<b>${name}</b><span class="num" data-value=${String(share)}>${percent(share)}</span><span class="two-track" aria-hidden="true"><span style=${{ width: `${100 * share}%` }}></span></span>`}</li>`)}</ol>
    ${!brief && html`<p class="small" role="status">${seen.how === "plain" ? settledSays(seen) : changedSays(seen)}</p>`}
  </section>`;
}

/** What was done to it, said in full. @param {{seen: Seen}} props */
export function Done({ seen }) {
  const steps = /** @type {{text: string}[]} */ (seen.answer.input.steps);
  const doubt = doubtSays(seen.answer.familiarity, "clips");
  return html`${doubt && html`<p class="trouble" role="status">${doubt}</p>`}
    <details class="clip-done"><summary>What was done to the clip</summary><ul>${steps.map(({ text }) => html`<li key=${text}>${text}</li>`)}</ul></details>`;
}

/** Of a network whose orders were not measured: what its card states. @param {{seen: Seen}} props */
function Stated({ seen }) {
  const { metrics, limits } = seen.net.card;
  return html`<section class="clip-orders" aria-label="How good it is">${metrics.slice(0, 1).map((/** @type {any} */ { name, value, n, split, baseline, baseline_name: plain }) => html`<h2 key=${name}>${name}: <span class="num" data-value=${String(value)}>${tenth(value)}</span> of ${n} clips, ${split}; ${plain}: <span class="num" data-value=${String(baseline)}>${tenth(baseline)}</span></h2>`)}
    ${limits.slice(0, 3).map((/** @type {string} */ text) => html`<p key=${text} class="small">${text}</p>`)}
    <p class="small">What the order of the frames is worth to it was not measured.</p></section>`;
}

/** Held-out accuracy in every order, and of networks that cannot use it. @param {{figures: Frames | null, seen: Seen, brief: boolean, without: boolean}} props without: the others alone */
export function Orders({ figures, seen, brief, without }) {
  if (!figures) return html`<${Stated} seen=${seen} />`;
  const text = (/** @type {string} */ how) => ORDERS.find(({ id }) => id === how)?.text ?? how;
  return html`<section class="clip-orders" aria-label="What the order is worth"><h2>${brief ? `On ${figures.n.toLocaleString("en")} held-out clips` : orderSays(figures, seen.how)}</h2>
    <table class="ruled"><caption class="small">Named right, with 95 % intervals, of ${figures.split}. Guessing: ${tenth(figures.chance)}.</caption>
      ${!without && html`<thead><tr><th scope="col">this network, frames</th><th scope="col">named right</th><th scope="col">as the opposite</th></tr></thead>
      <tbody>${figures.ways.map(({ how, accuracy, opposite }) => html`<tr key=${how} class=${how === seen.how ? "is-chosen" : ""}><th scope="row">${text(how)}</th>
        <td><span class="num" data-value=${String(accuracy.value)}>${rateSays(accuracy)}</span></td><td>${opposite && html`<span class="num" data-value=${String(opposite.value)}>${tenth(opposite.value)}</span>`}</td></tr>`)}</tbody>`}
      <tbody><tr><th scope="colgroup" colspan="3">the same CNN without an LSTM, trained to see</th></tr>
        ${figures.baselines.map(({ name, sees, accuracy }) => html`<tr key=${name}><th scope="row">${sees}</th><td><span class="num" data-value=${String(accuracy.value)}>${rateSays(accuracy)}</span></td><td></td></tr>`)}</tbody></table>
    ${!brief && html`<p class="small">Made with <code>${figures.command}</code>.</p>`}
  </section>`;
}

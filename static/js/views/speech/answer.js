/**
 * What the network answers so far, what was done to the recording, and how far to trust it.
 */
import { html } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/tworeaders.js";
import { doubtSays } from "gridtime/math/unusual.js";
import { rateSays, voicesSay } from "gridtime/math/voices.js";
import { cutSays, momentSays, settledSays } from "gridtime/views/speech/scene.js";

/** @typedef {import("gridtime/stores/hearing.js").Heard} Heard */
/** @typedef {import("gridtime/math/voices.js").Voices} Figures */

const MOST = 4;

/** The likeliest digits after a frame. @param {{heard: Heard, step: number, hidden: boolean, brief: boolean}} props hidden: while the class votes; brief: the caption says the rest */
export function Answer({ heard, step, hidden, brief }) {
  const { classes, curve } = heard;
  const order = classes.map((name, k) => ({ name, share: beliefAt(curve, step, k) })).sort((a, b) => b.share - a.share);
  return html`<section class="heard-answer" aria-label="Answer so far">
    <h2>If the word ended after ${momentSays(heard, step)}</h2>
    <ol>${order.slice(0, hidden ? 1 : MOST).map(({ name, share }, place) => html`<li key=${place}>${hidden
      ? html`<b>?</b>`
      : html`<b>${name}</b><span class="num" data-value=${String(share)}>${percent(share)}</span><span class="two-track" aria-hidden="true"><span style=${{ width: `${100 * share}%` }}></span></span>`}</li>`)}</ol>
    ${!brief && html`<p class="small">${settledSays(heard)}</p>`}
  </section>`;
}

/** What was done to it, said in full. @param {{heard: Heard}} props */
export function Done({ heard }) {
  const steps = /** @type {{text: string}[]} */ (heard.answer.input.steps);
  const more = [cutSays(heard), doubtSays(heard.answer.familiarity, "recordings")].filter(Boolean);
  return html`${more.map((text) => html`<p key=${text} class="trouble" role="status">${text}</p>`)}
    <details class="heard-done"><summary>What was done to the recording</summary><ul>${steps.map(({ text }) => html`<li key=${text}>${text}</li>`)}</ul></details>`;
}

/** Accuracy on every voice when it was never heard. @param {{figures: Figures | null}} props */
export function Voices({ figures }) {
  if (!figures) return html`<p class="small">How it does on voices that it never heard was not measured here.</p>`;
  return html`<section class="heard-voices" aria-label="Voices it never heard"><h2>${voicesSay(figures)}</h2>
    <table class="ruled"><caption class="small">One training for each voice, on the other voices alone. In brackets 95 % intervals.</caption>
      <thead><tr><th scope="col">voice</th><th scope="col">named right</th><th scope="col">n</th><th scope="col">plain way</th></tr></thead>
      <tbody>${figures.voices.map(({ speaker, accuracy, baseline, chosen_on: seen }) => html`<tr key=${speaker}><th scope="row">${speaker}${seen ? "*" : ""}</th>
        <td><span class="num" data-value=${String(accuracy.value)}>${rateSays(accuracy)}</span></td><td><span class="num" data-value=${String(accuracy.n)}>${accuracy.n}</span></td>
        <td><span class="num" data-value=${String(baseline.value)}>${percent(baseline.value)}</span></td></tr>`)}</tbody></table>
    <p class="small">Plain way: ${figures.baseline_name}. * The recipe was chosen with this voice in view, which flatters its figure. Made with <code>${figures.command}</code>.</p>
  </section>`;
}

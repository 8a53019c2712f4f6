/**
 * From logits to shares, and what another temperature would make of them; or the number itself.
 *
 *     z -> z ÷ T -> e to that -> ÷ their sum = share        the network uses T = 1
 */
import { html } from "gridtime/lib/html.js";
import { Num, exact } from "gridtime/components/num.js";
import { headline } from "gridtime/components/modelcard.js";
import { number, percent } from "gridtime/math/format.js";
import { answerLayer } from "gridtime/math/groups.js";
import { softmax, strongest } from "gridtime/math/votes.js";
import { NumberAnswer } from "gridtime/views/cnn/classes.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */

const LEAST = 25;
const MOST = 400;
const SHOWN = 5;

/** In hundredths, within bounds. @param {Room} room */
export const heatOf = (room) => Math.max(LEAST, Math.min(MOST, room.state.value.heat ?? 100));

/** @param {{room: Room, heat: number}} props */
function Temperature({ room, heat }) {
  /** @param {any} event */
  const set = (event) => {
    const value = Math.round(Number(event.target.value) * 100);
    room.patch({ heat: value === 100 ? undefined : Math.max(LEAST, Math.min(MOST, value)) });
  };
  return html`<div class="factor">
    <label class="factor-slide"><span>temperature T; the network uses 1</span>
      <input type="range" min=${LEAST / 100} max=${MOST / 100} step="0.05" value=${heat / 100} onInput=${set} /></label>
    <input type="number" class="factor-number" min=${LEAST / 100} max=${MOST / 100} step="0.25" value=${heat / 100} aria-label="temperature" onChange=${set} />
  </div>`;
}

/** eᶻ can be large: then fewer decimals. @param {number} v */
const digitsFor = (v) => (v >= 1e4 ? 0 : v >= 100 ? 1 : 3);

/** @param {{room: Room, run: Run, chosen: number}} props */
export function Shares({ room, run, chosen }) {
  const layer = answerLayer(run.graph);
  const logits = layer && run.tensors.get(layer.name);
  if (!logits) return null;
  const heat = heatOf(room);
  const own = softmax(logits.data);
  const { powers, sum, shares } = softmax(logits.data, heat / 100);
  const classes = room.classes.value;
  const order = strongest(own.shares, SHOWN).map((s) => s.index);
  const rows = order.includes(chosen) ? order : [...order.slice(0, SHOWN - 1), chosen];
  const rest = shares.reduce((total, p, i) => total + (rows.includes(i) ? 0 : p), 0);
  const other = heat !== 100;
  const power = other ? html`e<sup>z ÷ ${number(heat / 100, 2)}</sup>` : html`e<sup>z</sup>`;
  return html`<section class="shares" aria-label="From logits to shares">
    <h3>logit → ${power} → share</h3>
    <table>
      <thead><tr><th scope="col">class</th><th scope="col">logit z</th><th scope="col">${power}</th>
        <th scope="col">${other ? `T = ${number(heat / 100, 2)}` : "share"}</th>${other && html`<th scope="col">T = 1</th>`}</tr></thead>
      <tbody>${rows.map((i) => html`<tr key=${i} class=${i === chosen ? "is-chosen" : ""}>
        <th scope="row"><button type="button" class="link" onClick=${() => room.patch({ channel: i, unit: undefined })}>${classes[i] ?? i}</button></th>
        <td><${Num} value=${logits.data[i] ?? 0} digits=${3} /></td>
        <td><${Num} value=${powers[i] ?? 0} digits=${digitsFor(powers[i] ?? 0)} /></td>
        <td class=${other ? "was-changed" : ""} data-value=${exact(shares[i] ?? 0)}>${percent(shares[i] ?? 0)}</td>
        ${other && html`<td data-value=${exact(own.shares[i] ?? 0)}>${percent(own.shares[i] ?? 0)}</td>`}</tr>`)}
        ${shares.length > rows.length && html`<tr><th scope="row">${shares.length - rows.length} others</th><td></td><td></td><td>${percent(rest)}</td>${other && html`<td></td>`}</tr>`}
      </tbody>
    </table>
    <p class="small">All ${power} add up to <${Num} value=${sum} digits=${digitsFor(sum)} />; a share is one of them divided by that.</p>
    <${Temperature} room=${room} heat=${heat} />
    <p class="small">${other ? (heat < 100 ? "Colder: the largest logit takes more. The order stays. " : "Hotter: the shares come closer. The order stays. ") : ""}
      ${percent(own.shares[chosen] ?? 0)} is a share, not a promise: <button type="button" class="link"
        onClick=${() => room.patch({ tab: "trust", stop: undefined }, { push: true })}>see how often it is right</button>.</p>
  </section>`;
}

/** A network that gives a number ends here. @param {{room: Room, run: Run}} props */
export function NumberHead({ room, run }) {
  const card = room.net.value?.card;
  return html`<section class="shares number-head" aria-label="The number">
    <h3>The sum is the answer</h3>
    <${NumberAnswer} run=${run} />
    <p>No softmax, no classes: a number head ends with the sum itself.</p>
    ${card?.metrics?.length > 0 && html`<p class="small">Measured: ${headline(/** @type {any} */ (card))}.</p>`}
  </section>`;
}

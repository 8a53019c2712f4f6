/**
 * One unit of a linear layer: the votes that add up to it; for the answer also logit -> share.
 *
 *     largest contributors, as maps | votes: six largest channels, the others, bias = logit
 *                                   | logit -> eᶻ -> share, of the five best classes
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { percent } from "gridtime/math/format.js";
import { answerLayer, byName, extent, source } from "gridtime/math/groups.js";
import { weightName } from "gridtime/math/sources.js";
import { others, softmax, strongest, vote } from "gridtime/math/votes.js";
import { Equation } from "gridtime/views/cnn/equation.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/votes.js").Ranked} Ranked */

const NAMED = 6;

/** @param {{room: Room, run: Run, before: Layer, shown: Ranked[]}} props */
function Contributors({ room, run, before, shown }) {
  const spatial = extent(before).height * extent(before).width > 1;
  if (!spatial) return null;
  return html`<section class="contributors" aria-label="The maps that vote most">
    <h3>The maps that vote most</h3>
    <ul>${shown.map((term) => html`<li key=${term.index}>
      <${SideMap} room=${room} run=${run} layer=${before} channel=${term.index} size=${88} title=${`channel ${term.index}`} />
      <p><${Num} value=${term.value} digits=${3} signed=${true} />${" "}
      <button type="button" class="link" aria-label=${`Show channel ${term.index}`} onClick=${() =>
        room.patch({ tab: undefined, layer: before.name, channel: term.index, cell: undefined, open: undefined })}>show</button></p>
    </li>`)}</ul>
  </section>`;
}

/** @param {{room: Room, run: Run, chosen: number}} props */
function Shares({ room, run, chosen }) {
  const layer = answerLayer(run.graph);
  const logits = layer && run.tensors.get(layer.name);
  if (!logits) return null;
  const { powers, sum, shares } = softmax(logits.data);
  const classes = room.classes.value;
  const order = strongest(shares, 5).map((s) => s.index);
  const rows = order.includes(chosen) ? order : [...order.slice(0, 4), chosen];
  const rest = shares.reduce((total, p, i) => total + (rows.includes(i) ? 0 : p), 0);
  return html`<section class="shares" aria-label="From logits to shares">
    <h3>logit → eᶻ → share</h3>
    <table>
      <thead><tr><th scope="col">class</th><th scope="col">logit z</th><th scope="col">eᶻ</th><th scope="col">share</th></tr></thead>
      <tbody>${rows.map((i) => html`<tr key=${i} class=${i === chosen ? "is-chosen" : ""}>
        <th scope="row"><button type="button" class="link" onClick=${() => room.patch({ channel: i })}>${classes[i] ?? i}</button></th>
        <td><${Num} value=${logits.data[i] ?? 0} digits=${3} /></td>
        <td><${Num} value=${powers[i] ?? 0} digits=${3} /></td>
        <td data-value=${String(Math.fround(shares[i] ?? 0))}>${percent(shares[i] ?? 0)}</td></tr>`)}
        <tr><th scope="row">${shares.length - rows.length} others</th><td></td><td></td><td>${percent(rest)}</td></tr>
      </tbody>
    </table>
    <p class="small">All eᶻ add up to <${Num} value=${sum} digits=${3} />; a share is one eᶻ divided by that.
      A share is not a promise: see how often it is right.</p>
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
export function VoteCellLens({ room, run, choice, layer, part }) {
  const before = source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  const output = run.tensors.get(layer.name);
  const weights = room.weights.value;
  const weight = weights?.get(weightName(layer, "weight"));
  if (!before || !input || !output || !weight || !run.exact) return html`<p>Computing…</p>`;
  const size = extent(before);
  const bias = weights?.get(weightName(layer, "bias"));
  const found = vote(input.data, weight.data, bias?.data, choice.channel, size.height * size.width);
  const shown = strongest(found.channels, NAMED);
  const rest = others(found.channels, shown);
  const value = output.data[choice.channel] ?? 0;
  const answers = layer === answerLayer(run.graph);
  const noun = size.height * size.width > 1 ? "channel" : "unit";
  const terms = [
    ...shown.map((t) => ({ label: `${noun} ${t.index}`, value: t.value })),
    ...(rest.count ? [{ label: `${rest.count} others`, value: rest.value }] : []),
    { label: "bias", value: found.bias },
  ];
  const name = answers ? `logit of ${room.classes.value[choice.channel] ?? choice.channel}` : `unit ${choice.channel}`;
  const all = found.channels.reduce((a, b) => a + b, 0);
  return html`<div class="vote-cell part-${part}">
    ${part !== "shares" && html`<${Contributors} room=${room} run=${run} before=${before} shown=${shown} />`}
    ${part !== "shares" && html`<section class="votes" aria-label=${`Votes for ${name}`}>
      <h3>Votes: ${input.data.length} values × weights, added per ${noun}</h3>
      <${Waterfall} terms=${terms} total=${value} totalLabel=${name} digits=${3} label=${`Votes for ${name}`} />
      <${Equation} digits=${3} total=${value} name=${name} terms=${[
        { label: `${found.channels.length} ${noun}s`, value: all }, { label: "bias", value: found.bias }]} />
    </section>`}
    ${answers && part !== "votes" && html`<${Shares} room=${room} run=${run} chosen=${choice.channel} />`}
  </div>`;
}

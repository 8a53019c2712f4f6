/**
 * W_hh as it is: its diagonal is a unit to itself, all else the layer to itself.
 *
 *     W_hh [H, H] of one gate -> a map of weights, the chosen unit's row marked | two numbers a line
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Legend } from "gridtime/components/legend.js";
import { Num } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { cellWeights } from "gridtime/math/scene.js";
import { limitOf, niceLimit } from "gridtime/math/units.js";
import { hears, loopOf, loops, selfAndOthers } from "gridtime/math/unroll.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */

/** The block that is shown: the asked one, else the first. @param {Scene} s @param {string | undefined} asked */
function shownLoop(s, asked) {
  const all = loops(s.reader);
  return all.find(({ id }) => id === asked) ?? all[0];
}

/**
 * @param {{s: Scene, gate: string | undefined, size: number, onGate: (id: string) => void, onUnit: (unit: number) => void}} props
 */
export function Matrix({ s, gate, size, onGate, onUnit }) {
  const { reader, reading, unit } = s;
  const { weights } = reading;
  const chosen = shownLoop(s, gate);
  const loop = useMemo(() => (weights ? loopOf(cellWeights(reader, weights).wh, reader, chosen) : null), [weights, reader.id, chosen.id]);
  const told = useMemo(() => loop && { ...selfAndOthers(loop, reader.hidden), limit: niceLimit(limitOf(loop)) }, [loop]);
  if (!loop || !told) return html`<p class="busy" role="status">Fetching the weights…</p>`;
  const all = loops(reader);
  const { self, other, weight } = hears(loop, reader.hidden, unit);
  return html`<section class="unroll-matrix" aria-label="The weights of the loop">
    <div>
      <${CanvasMap} values=${loop} width=${reader.hidden} height=${reader.hidden} kind="weight" limit=${told.limit} size=${size} chosen=${[unit, unit]}
        label="Recurrent weights: row, the unit that hears; column, the unit that is heard" table=${true} onChoose=${(/** @type {[number, number]} */ [y]) => onUnit(y)} />
    </div>
    <div class="unroll-told">
      <h2>The loop's weights, W<sub>hh</sub></h2>
      ${all.length > 1 && html`<div class="unroll-gates"><${Switch} name="Weights of" chosen=${chosen.id} options=${all.map(({ id, name }) => ({ id, text: id, title: `${name} ${id}` }))} onPick=${onGate} /><span>${chosen.name}</span></div>`}
      <p>Diagonal: each unit to itself, <${Num} value=${told.self} digits=${3} /> on average without sign. All else: the layer to itself, <${Num} value=${told.others} digits=${3} />.</p>
      <p>Unit ${unit} hears itself with weight <${Num} value=${self} digits=${3} />${other >= 0 && html` and, of the others, unit ${other} most, with <${Num} value=${weight} digits=${3} />`}.</p>
      <${Legend} kind="weight" limit=${told.limit} label="weight" scope="this block" />
    </div>
  </section>`;
}

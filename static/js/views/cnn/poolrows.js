/**
 * One pooling layer three ways, side by side: maximum, average, every second value.
 *
 *     run on show, and the same run with each other way -> map, value of the cell, own work, answer
 */
import { html, useRef } from "gridtime/lib/html.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { Num, exact } from "gridtime/components/num.js";
import { costOf, savesSay, short, stepsSay, unshrunk } from "gridtime/math/cost.js";
import { drop, ownWay, put, replace, wayIn, ways } from "gridtime/math/edits.js";
import { tenths } from "gridtime/math/effect.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { isNumber, numberSays } from "gridtime/views/cnn/classes.js";
import { useRuns } from "gridtime/views/cnn/otherruns.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";
import { ownLayer, trainedWith } from "gridtime/views/cnn/whatif/layers.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

/** Edge of a row's map, px at root 16. */
const EDGE = 68;
const EDGE_PRESENT = 120;

/** The way that the layer works in the run on show. @param {Room} room @param {Layer} own */
function wayNow(room, own) {
  const edit = room.applied.value.find((one) => one.op === "replace" && one.layer === own.name);
  return edit && "with" in edit ? edit.with : ownWay(own);
}

/** @param {Room} room @param {Layer} own @param {string} way */
export function choosePooling(room, own, way) {
  room.edit(replace(room.edits.peek(), own, way));
}

/** The edits with this layer working another way. @param {Room} room @param {Layer} own @param {string} way */
function optionsFor(room, own, way) {
  const rest = drop(room.applied.value, `replace ${own.name}`);
  const edits = way === ownWay(own) ? rest : put(rest, { op: "replace", layer: own.name, with: way });
  const [dx, dy] = room.shift.value;
  return { ...(edits.length ? { edits } : {}), ...(dx || dy ? { shift: [dx, dy] } : {}) };
}

/** @param {{run: Run}} props what it answers: the best two */
function Answer({ run }) {
  if (isNumber(run)) return html`<b>${numberSays(run)}</b>`;
  return html`${run.predictions.slice(0, 2).map((p, i) => html`<span class="pool-class" key=${p.label}>
    <span>${p.label}</span>
    <span class="track" aria-hidden="true"><span class="track-fill" style=${{ width: `${p.probability * 100}%` }}></span></span>
    <span class=${i ? "" : "focus-share"} data-value=${exact(p.probability)}>${tenths(p.probability)}</span></span>`)}`;
}

/**
 * @param {{room: Room, own: Layer, way: string, run: Run|null|undefined, now: boolean, trained: boolean,
 *   choice: Choice, limit: number, taps: number}} props
 */
function Row({ room, own, way, run, now, trained, choice, limit, taps }) {
  const layer = run?.graph.find((node) => node.name === own.name);
  const tensor = run?.tensors.get(own.name);
  const name = wayIn(own, way);
  return html`<tr class=${now ? "is-now" : ""}>
    <th scope="row"><button type="button" class="button" aria-pressed=${now} onClick=${() => choosePooling(room, own, way)}>${name}</button>
      ${trained && html`<span class="small">as trained</span>`}</th>
    <td class="pool-map">${run && layer && html`<${SideMap} room=${room} run=${run} layer=${layer} channel=${choice.channel} limit=${limit}
      size=${room.present.value ? EDGE_PRESENT : EDGE} title=${`${own.name}, ${name}`} chosen=${choice.cell} />`}</td>
    <td>${tensor && html`<${Num} value=${cellOf(tensor, choice.channel, choice.cell[0], choice.cell[1])} digits=${3} />`}</td>
    <td class="small">${stepsSay(own, way, taps)}</td>
    <td class="pool-answer">${run ? html`<${Answer} run=${run} />` : run === null ? "no answer" : "Computing…"}</td>
  </tr>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, taps: number, limit: number}} props `taps` of one window */
export function PoolRows({ room, run, choice, layer, taps, limit }) {
  const own = ownLayer(room, layer.name);
  const list = own ? ways(own) : [];
  const now = own ? wayNow(room, own) : "";
  const others = own ? list.filter((way) => way !== now) : [];
  // Beside the plain run: another way of this layer changes none of the others' answers.
  const runs = useRuns(room, room.plain.value ?? run, others.map((way) => ({ key: way, options: own ? optionsFor(room, own, way) : {} })));
  /** What a row showed stays until its new answer is here. */
  const kept = useRef(/** @type {Record<string, Run>} */ ({}));
  if (!own) return null;
  for (const [way, other] of Object.entries({ ...runs, [now]: run })) if (other) kept.current[way] = other;
  const changed = now !== ownWay(own);
  return html`<section class="pool-rows" aria-label=${`${own.name}: three ways of pooling`}>
    <div class="pool-table"><table>
      <thead><tr><th scope="col">${own.name} keeps</th><th scope="col">the map</th><th scope="col">this cell</th>
        <th scope="col">its own work</th><th scope="col">the answer</th></tr></thead>
      <tbody>${list.map((way) => html`<${Row} key=${way} room=${room} own=${own} way=${way} now=${way === now}
        trained=${way === ownWay(own)} run=${way === now ? run : runs[way] ?? kept.current[way]} choice=${choice} limit=${limit} taps=${taps} />`)}</tbody>
    </table></div>
    <p class="small" role="status">${changed ? `It was trained with ${trainedWith(own)}; that shows too.`
      : taps === 1 ? "Its window is one cell: all three keep the same value. M switches." : "All three shrink alike. M switches."}</p>
  </section>`;
}

/** One bar of multiply–adds. @param {{label: string, value: number, most: number}} props */
function CostBar({ label, value, most }) {
  return html`<li class="cost"><span>${label}</span>
    <span class="cost-track" aria-hidden="true"><span style=${{ width: `${(value / most) * 100}%` }}></span></span>
    <b data-value=${String(value)}>${short(value)}</b></li>`;
}

/** @param {{run: Run, layer: Layer}} props */
export function PoolCost({ run, layer }) {
  const { after, whole } = costOf(run.graph, layer.name);
  const large = unshrunk(run.graph, layer.name);
  const rest = whole - after;
  const most = Math.max(whole, rest + large, 1);
  return html`<section class="pool-cost" aria-label="What shrinking saves">
    <h3>Multiply–adds of the whole network</h3>
    <ul><${CostBar} label=${`with ${layer.name}`} value=${whole} most=${most} />
      <${CostBar} label="if it did not shrink" value=${rest + large} most=${most} /></ul>
    <p class="small">${savesSay(run.graph, layer)} ${layer.name} itself multiplies ${layer.op.includes("avg") ? "only to divide" : "nothing"}.
      ${" "}<${SaveBars} name="multiply-adds" title="Multiply–adds of the whole network" text=${short}
        bars=${[{ label: `with ${layer.name}`, value: whole }, { label: "if it did not shrink", value: rest + large }]}
        rows=${[["network", "multiply-adds"], [`with ${layer.name}`, whole], ["if it did not shrink", rest + large]]} /></p>
  </section>`;
}

/**
 * The same change over a whole held-out split: accuracy before and after, with interval and n.
 */
import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { digitsNow } from "gridtime/components/num.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { count } from "gridtime/math/format.js";
import { listed, noticedSays, tiesSay } from "gridtime/math/held.js";
import { Dumbbells, shown } from "gridtime/views/compare/order/dumbbells.js";
import { changeOf, heldOf, isPicture } from "gridtime/views/compare/order/scene.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/held.js").Dumbbell} Dumbbell */

const DRAWS = [{ id: "once", text: "one way for all" }, { id: "each", text: "each its own way" }];

/** @param {{value: number, counted?: boolean}} props */
const Share = ({ value, counted = true }) => html`<span class="num" data-value=${String(value)}>${digitsNow(1) === "all" ? String(value) : shown(value, counted)}</span>`;

/** How many. @param {{value: number}} props */
const Count = ({ value }) => html`<span class="num" data-value=${String(value)}>${count(value)}</span>`;

/** A network's figures, for reading. @param {{row: Dumbbell}} props */
function Readout({ row }) {
  if (!row.low || !row.high) return html`<p class="order-readout" role="status"><b>${row.name}</b>: <${Share} value=${row.before} counted=${false} /> → <${Share} value=${row.after} counted=${false} /></p>`;
  return html`<p class="order-readout" role="status"><b>${row.name}</b>: <${Share} value=${row.before} /> (<${Share} value=${row.low[0]} /> to <${Share} value=${row.low[1]} />) → <${Share} value=${row.after} /> (<${Share} value=${row.high[0]} /> to <${Share} value=${row.high[1]} />); <${Count} value=${row.lost ?? 0} /> right before and wrong after, <${Count} value=${row.won ?? 0} /> the other way.</p>`;
}

/** @param {Dumbbell[]} rows */
const table = (rows) => [
  ["network", "before", ...(rows[0]?.low ? ["from", "to"] : []), "after", ...(rows[0]?.high ? ["from", "to", "lost", "won", "n"] : [])],
  ...rows.map(({ name, before, after, low, high, lost, won, n }) => [name, before, ...(low ?? []), after, ...(high ? [...high, lost, won, n] : [])]),
]; // prettier-ignore

/**
 * The plot under its heading, its readout, table and files.
 * @param {{room: Room, rows: Dumbbell[], name: string, label: string, axis: string, children?: any}} props name: of the files; children: heading and choices
 */
export function Plotted({ room, rows, name, label, axis, children }) {
  const [open, setOpen] = useState(false);
  const { look, address, patch } = room;
  const chosen = rows.find(({ id }) => id === address.model) ?? rows[0];
  const [head, ...body] = table(rows);
  return html`<header class="compare-title">${children}${!look.present && html`<p class="belief-files"><button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button><${SavePlot} name=${name} label=${label} rows=${() => table(rows)} /></p>`}</header>
    <${Dumbbells} rows=${rows} chosen=${chosen.id} size=${look.present ? "present" : look.narrow ? "narrow" : "wide"} label=${label} axis=${axis} onChoose=${(/** @type {string} */ model) => patch({ model })} />
    ${!look.present && html`<${Readout} row=${chosen} />
      ${open && html`<${Dialog} open=${true} title=${label} wide=${true} onClose=${() => setOpen(false)}><div class="numbers"><div class="numbers-scroll" tabindex="0" role="region" aria-label="Table of values"><table>
        <thead><tr>${head.map((one, k) => html`<th key=${k} scope="col">${one}</th>`)}</tr></thead>
        <tbody>${body.map(([one, ...rest]) => html`<tr key=${one}><th scope="row">${one}</th>${rest.map((value, k) => html`<td key=${k}><span class="num" data-value=${String(value)}>${Number(value) > 1 ? count(Number(value)) : String(value)}</span></td>`)}</tr>`)}</tbody>
      </table></div></div><//>`}`}`;
}

/** What was measured and what was not. @param {{room: Room, found: ReturnType<typeof heldOf>}} props */
function About({ room, found: { set, rows, missing, about } }) {
  const what = isPicture(room.address) ? "pictures" : "sentences";
  return html`<p class="small">${about?.about} <${Count} value=${rows[0].n ?? 0} /> ${what}${set.n !== rows[0].n && html` of <${Count} value=${set.n} />`}, each read before and after; intervals 95 %.
    Trained on ordered ${what}; no twin trained on shuffled ones was measured.${missing.length ? ` Not measured: ${listed(missing)}.` : ""}</p>`;
}

/** @param {{room: Room, found: ReturnType<typeof heldOf>}} props */
function Choices({ room, found: { set, sets } }) {
  const { address, patch } = room;
  const draws = set.changes.some(({ drawn }) => drawn === "once");
  return html`${sets.length > 1 && html`<${Switch} name="Held-out texts" options=${sets.map((one) => ({ id: one.set, text: one.title }))} chosen=${set.set} onPick=${(/** @type {string} */ against) => patch({ against })} />`}
    ${draws && html`<${Switch} name="How they were shuffled" options=${DRAWS} chosen=${address.method === "each" ? "each" : "once"} onPick=${(/** @type {string} */ method) => patch({ method })} />`}`;
}

/** @param {{room: Room}} props */
export function Held({ room }) {
  const { stores, look } = room;
  const found = heldOf(room);
  const { set, sets, rows } = found;
  const named = sets.length < 2 || look.present; // else the switch beside it says which
  const head = html`<h2>Held out${named && `: ${set ? set.title.toLowerCase() : "accuracy before and after"}`}</h2>`;
  if (!set) return html`${head}<${Trouble} problem=${stores.order.heldProblem.value} onRetry=${stores.order.retryHeld} />`;
  if (!rows.length) return html`${head}<p class="small">This change was not measured over the held-out pictures: ${changeOf(room.address).title.toLowerCase()}.</p>`;
  return html`<${Plotted} room=${room} rows=${rows} name="order-held-out" label="Accuracy before and after: ${found.about?.title.toLowerCase()}" axis="accuracy ○ → ●, 95 % intervals, n ${count(rows[0].n ?? 0)}">${head}${!look.present && html`<${Choices} room=${room} found=${found} />`}<//>
    <p class="order-says">${look.present ? "" : noticedSays(rows)} ${tiesSay(rows)}</p>
    <${About} room=${room} found=${found} />`;
}

/**
 * Unroll: one cell with a loop, or one copy of it per word; the weights of the loop; the loop cut.
 *
 *     U   [cell with its loop] <-> [copy]─h─>[copy]─h─>[copy]      same weights in every copy
 *     W_hh as a map            |   the same words through a net without the loop
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/scene.js";
import { travellers } from "gridtime/math/unroll.js";
import { windowOf } from "gridtime/math/window.js";
import { NOT_YET } from "gridtime/views/rnn/doings.js";
import { withoutLoop } from "gridtime/views/rnn/unroll/cut.js";
import { Copies, Folded } from "gridtime/views/rnn/unroll/copies.js";
import { Matrix } from "gridtime/views/rnn/unroll/matrix.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

const SHOWN = 9;

/** What the stops of present mode show. @type {Record<string, {folded?: boolean, matrix?: boolean, cut?: boolean}>} */
const STOPS = { loop: { folded: true }, copies: {}, whh: { matrix: true }, alone: { cut: true } };

/** The only colours here are the weights', whose scale stands beside them. */
export const legend = () => null;

/** @param {Room} room */
export const caption = ({ s, address }) =>
  address.unroll
    ? `One copy per word, each with the same weights: what one copy hands on (${travellers(s.reader).join(" and ")}) is all that the next one knows of the words before.`
    : "One cell. Its state comes back to it at the next word: that is the whole difference to a network without memory.";

/** "Alone, 'good' is positive 97 %…" @param {Room} room */
function aloneSays({ s }) {
  const belief = beliefAt(s, s.total - 1);
  return belief === null ? "Without the loop every word is alone." : `With the loop the sentence ends at ${s.label} ${percent(belief)}. Without it every word is alone.`;
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const go = (/** @type {true | undefined} */ unroll) => () => room.patch({ unroll, ...(unroll ? { step: room.s.step } : {}) });
  return [
    { id: "loop", caption: "One cell. Its state comes back to it at the next word.", apply: go(undefined) },
    { id: "copies", caption: "The same, unrolled: one copy per word, tied by the same weights.", apply: go(true), notes: "Nothing is added by unrolling: a longer text gives more copies, not more weights." },
    { id: "whh", caption: "The loop's weights. Diagonal: a unit to itself. All else: the layer to itself.", apply: go(true) },
    { id: "alone", caption: () => aloneSays(room), apply: go(true), notes: "Switched off is not trained without: these weights were trained with the loop." },
  ];
}

/** The belief after every word with the loop cut; null while it is on or on its way. @param {Room} room @param {boolean} on */
function useCut(room, on) {
  const { s, about } = room;
  const [found, setFound] = useState(/** @type {{key: string, shares: ArrayLike<number>} | null} */ (null));
  const key = s.reading.key;
  useEffect(() => {
    if (!on || found?.key === key) return undefined;
    const stop = new AbortController();
    withoutLoop(about.net.id, about.input, s.total, stop.signal).then(
      (shares) => setFound({ key, shares }),
      (problem) => stop.signal.aborted || room.say(problem.message),
    );
    return () => stop.abort();
  }, [on, key]);
  if (!on || found?.key !== key) return null;
  const { classes } = s.reading;
  return Array.from({ length: found.shares.length / classes.length }, (_, t) => found.shares[t * classes.length + s.shown]);
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { s, address, patch, look, doings, say } = room;
  const asked = STOPS[part];
  const unrolled = asked ? !asked.folded : Boolean(address.unroll);
  const cut = asked ? Boolean(asked.cut) : address.show === "alone";
  const cuts = useCut(room, unrolled && cut && s.reading.shares !== null);
  const window = windowOf(s.step, s.total, look.present ? 5 : look.narrow ? s.total : SHOWN);
  /** @param {number} t */
  const word = (t) => (t > s.step + 1 ? say(NOT_YET) : patch({ step: t }));
  const toggle = () => patch({ unroll: unrolled ? undefined : true });
  const matrix = html`<${Matrix} s=${s} gate=${address.signal} size=${look.present ? 400 : look.narrow ? 288 : 176} onGate=${(/** @type {string} */ signal) => patch({ signal })} onUnit=${doings.unit} />`;
  if (asked?.matrix) return html`<div class="unroll">${matrix}</div>`;
  return html`<div class="unroll">
    ${!look.present && html`<p class="unroll-tools">
      <button type="button" class="button" title="Unroll (U)" onClick=${toggle}>${unrolled ? "Fold to one cell" : "Unroll into one copy per word"}</button>
      ${unrolled && s.reading.shares && html`<button type="button" class="button" aria-pressed=${cut} onClick=${() => patch({ show: cut ? undefined : "alone" })}>Cut the loop</button>`}
      ${unrolled && window.end - window.start < s.total && html`<span class="unroll-place">copies ${window.start + 1} to ${window.end} of ${s.total}</span>`}
      ${cut && unrolled && html`<span>“alone”: each word read with zeros for a state. These weights were trained with the loop; that shows too.</span>`}
    </p>`}
    ${unrolled ? html`<${Copies} s=${s} window=${window} cuts=${cuts} onWord=${word} />` : html`<${Folded} s=${s} onWord=${word} onUnroll=${toggle} />`}
    ${!look.present && matrix}
  </div>`;
}

/**
 * The room on screen: field, then Read, Step or a part, in the frame with its walk, legend and caption.
 */
import { html, useEffect, useMemo, useState } from "gridtime/lib/html.js";
import { clear, redo, undo } from "gridtime/components/changed.js";
import { Frame } from "gridtime/components/frame.js";
import { TableDialog } from "gridtime/components/table.js";
import { BEATS } from "gridtime/math/beats.js";
import { number, percent } from "gridtime/math/format.js";
import { row } from "gridtime/math/rows.js";
import { axisLimit, beliefAt, stepOf } from "gridtime/math/scene.js";
import { Answer, Player, Waiting } from "gridtime/views/rnn/aside.js";
import { caption } from "gridtime/views/rnn/captions.js";
import { RoomChanged } from "gridtime/views/rnn/changed.js";
import { Said, doingsOf, useDoings } from "gridtime/views/rnn/doings.js";
import { Down } from "gridtime/views/rnn/down.js";
import { RoomLegend } from "gridtime/views/rnn/legend.js";
import { usePlay } from "gridtime/components/play.js";
import { useRoomKeys } from "gridtime/views/rnn/roomkeys.js";
import { More, isPart, partOf } from "gridtime/views/rnn/more.js";
import { Step, beatIndex, toldOf } from "gridtime/views/rnn/step.js";
import { Strip } from "gridtime/views/rnn/strip.js";
import { endedHere, partsOf, walkOf } from "gridtime/views/rnn/walk.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Look & {still: boolean}} Look */
/** @typedef {import("gridtime/lib/html.js").Children} Children */
/**
 * @typedef {object} RoomProps
 * @property {Scene} s
 * @property {Record<string, any>} address
 * @property {Look} look
 * @property {import("gridtime/stores/reading.js").About} about
 * @property {import("gridtime/api/client.js").ModelRow[]} models
 * @property {number} known
 * @property {import("gridtime/views/rnn/more.js").Stores} stores
 * @property {import("gridtime/stores/interventions.js").Interventions} changes
 * @property {import("gridtime/stores/reading.js").Plain | null} plain
 * @property {{id: string, title: string}[]} tabs
 * @property {string} said
 * @property {(text: string) => void} say
 * @property {(text: string) => void} live
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {() => void} onRetry
 * @property {Children} actions
 * @property {Children} field
 * @property {Children} status  trouble, notices, busy
 */

/** Scopes of the colour scale here: all units alike, or each its own. @type {Record<string, string>} */
const NEXT_SCOPE = { layer: "map", map: "layer", network: "layer" };

/** The chosen word in words, for a screen reader. @param {Scene} s */
function spoken(s) {
  const belief = beliefAt(s, s.step);
  const v = row(s.reading.pane, s.name, s.step)[s.unit];
  const share = belief === null ? "" : `; ${s.label} ${percent(belief)}`;
  return `word ${s.step + 1} of ${s.total}: ${s.reading.tokens[s.step].text}${share}; ${s.signal.id} of unit ${s.unit} ${number(v ?? 0)}`;
}

/** A focused word hands its focus to the chosen one. @param {number} step */
function useFocusOnStep(step) {
  useEffect(() => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (focused?.dataset.step === undefined || focused.dataset.step === String(step)) return;
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-step="${step}"]`))?.focus();
  }, [step]);
}

/**
 * The shown signal of every unit at every word here, as a table.
 * @param {{s: Scene, onClose: () => void}} props
 */
function Table({ s, onClose }) {
  const { pane, tokens } = s.reading;
  const columns = tokens.slice(pane.start, pane.end).map((token, k) => `${pane.start + k + 1} ${token.text}`);
  const values = useMemo(() => transposed(s.values.data, s.reader.hidden), [s.values]);
  return html`<${TableDialog} open=${true} title="${s.signal.name} ${s.signal.id} of every unit" onClose=${onClose} values=${values}
    width=${pane.end - pane.start} height=${s.reader.hidden} columnNames=${columns} rowNames=${Array.from({ length: s.reader.hidden }, (_, u) => `unit ${u}`)} />`;
}

/** [T, H] -> [H, T]. @param {ArrayLike<number>} data @param {number} hidden */
function transposed(data, hidden) {
  const words = data.length / hidden;
  return Float32Array.from(
    { length: data.length },
    (_, k) => data[(k % words) * hidden + Math.floor(k / words)],
  );
}

/**
 * One step of Play: the next word, or in Step the next beat and then the next word.
 * @param {RoomProps} props
 * @param {boolean} inStep
 */
function ticker({ s, address, patch }, inStep) {
  const beats = BEATS[s.reader.kind];
  const at = beatIndex(s.reader.kind, address.beat ?? "predict");
  if (inStep && at < beats.length - 1) return () => (patch({ beat: beats[at + 1].id }), true);
  if (s.step >= s.total - 1) return () => false;
  return () => (patch({ step: s.step + 1, ...(inStep ? { beat: beats[0].id } : {}) }), true);
}

const fieldFocus = () =>
  /** @type {HTMLElement | null} */ (document.querySelector(".sentencebox textarea"))?.focus();

/** To the field; from another tab it has to appear first. @param {(() => void) | undefined} show */
function toField(show) {
  if (!show) return fieldFocus();
  show();
  setTimeout(fieldFocus, 60);
}

/** @param {RoomProps} props */
export function Room(props) {
  const { s, address, look, known, tabs, said, say, live, patch } = props;
  const [table, setTable] = useState(false);
  const inStep = address.tab === "step";
  const tab = inStep || isPart(address.tab) ? address.tab : "read";
  const other = isPart(tab) ? partOf(tab) : undefined;
  const play = usePlay(ticker(props, inStep), look.still);
  const last = play.playing && !inStep ? s.step : s.total - 1;
  const asked = partsOf(address.stop, look.present);
  const parts = s.reading.shares ? asked : { ...asked, belief: false };
  const hands = { now: address, patch, say, present: look.present, table: () => setTable(true), last };
  const doings = useDoings(doingsOf(s, hands));
  const { changes, plain } = props;
  const room = { s, address, patch, look, about: props.about, models: props.models, doings, say, changes, plain, known, stores: props.stores };
  const part = look.present ? (address.stop ?? "all") : "all";
  // A view on its way brings its own walk: until then there are no stops.
  const stops = isPart(tab) && !other ? [] : (other?.walk?.(room) ?? walkOf(s, doings.tab));
  const start = () => {
    if (!play.playing && !inStep && s.step >= s.total - 1) patch({ step: 0, stop: undefined });
    play.toggle();
  };
  const player = { ...play, toggle: start };
  useFocusOnStep(s.step);
  useEffect(() => live(spoken(s)), [s.reading.key, s.step, s.unit, s.signal.id]);
  useRoomKeys({
    present: look.present, walk: doings.walk, first: () => doings.step(0), last: () => doings.step(s.total - 1),
    open: () => (inStep ? undefined : doings.open()), up: () => (play.playing ? (play.stop(), true) : doings.up()),
    state: doings.state, unit: doings.nextUnit, class: doings.class, beat: (index) => inStep && BEATS[s.reader.kind][index] && doings.beat(BEATS[s.reader.kind][index].id),
    play: start, speed: play.faster, scope: () => patch({ scope: NEXT_SCOPE[look.scope] ?? "layer" }),
    unroll: () => (tab === "unroll" ? patch({ unroll: address.unroll ? undefined : true }) : patch({ tab: "unroll", unroll: true, open: undefined, stop: undefined }, { push: true })),
    whatif: () => patch({ tab: "whatif", open: undefined, stop: undefined }, { push: tab !== "whatif" }),
    undo: () => undo(changes), redo: () => redo(changes), clear: () => clear(changes),
    input: () => toField(inStep ? () => doings.tab("read") : undefined),
  }); // prettier-ignore
  const step = inStep ? stepOf(s) : null;
  const beat = address.beat ?? "predict";
  const guess = address.stop === "guess";
  const text = inStep
    ? step && caption(BEATS[s.reader.kind][beatIndex(s.reader.kind, beat)].id, toldOf(s, step))
    : isPart(tab)
      ? other?.caption?.(room)
      : endedHere(s);
  const limit = useMemo(
    () => (inStep ? axisLimit(s) : 1),
    [inStep, s.reading.pane, s.reader.id, s.unit, s.reading.weights],
  );
  return html`<${Frame} room="rnn" heading="RNN: a sentence, word by word" tabs=${tabs} tab=${tab} onTab=${(/** @type {string} */ id) => (patch({ stop: undefined }), doings.tab(id))}
    actions=${!look.narrow && html`<${Waiting} s=${s} />${props.actions}`} walk=${stops} caption=${text} onRetry=${props.onRetry}
    legend=${other?.legend ? other.legend(room) : html`<${RoomLegend} s=${s} tab=${tab} scope=${look.scope} limit=${limit} />`}>
    ${changes.changes.value > 0 && !other?.ownField && html`<${RoomChanged} room=${room} />`}
    <div class="room ${look.hatch ? "hatch" : ""} ${inStep ? "room-step" : "room-read"} ${s.window.end - s.window.start <= 10 ? "room-short" : ""}">
      ${!look.present && html`<div class="room-head">${look.narrow && html`<div class="room-about">${props.actions}${!other?.ownField && html`<${Player} play=${player} still=${look.still} />`}<${Waiting} s=${s} /></div>`}${!inStep && !other?.ownField && props.field}${!inStep && !other?.ownField && !look.narrow && html`<${Player} play=${player} still=${look.still} />`}${props.status}</div>`}
      ${said && html`<${Said} text=${said} />`}
      ${
        inStep
          ? html`<${Step} s=${s} look=${look} beat=${beat} open=${address.open ?? ""} guess=${guess} known=${known} limit=${limit} player=${html`<${Player} play=${player} still=${look.still} />`} doings=${doings} />`
          : isPart(tab)
            ? html`<${More} room=${room} id=${tab} part=${part} />`
            : html`<div class="read">
            <${look.narrow ? Down : Strip} s=${s} last=${last} known=${known} parts=${parts} look=${look} every=${Boolean(address.every)} doings=${doings} />
            ${!look.present && html`<${Answer} s=${s} hidden=${!parts.answer} />`}
          </div>`
      }
    </div>
    ${table && html`<${Table} s=${s} onClose=${() => setTable(false)} />`}
  <//>`;
}

/**
 * What can be done at the chosen word: to the word, to a gate or state, to the memory.
 *
 *     word   delete · swap with the next · replace
 *     hold   signal | unit or all | this word or every word | value
 *     memory empty it · take it from another text
 */
import { html, useEffect, useLayoutEffect, useState } from "gridtime/lib/html.js";
import { Num, exact } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { among, cut, drop, keyOf, moved, put, stateAt } from "gridtime/math/clamps.js";
import { replaced, swapped, without } from "gridtime/math/rewording.js";
import { nextSignal, rangeOf, signalNow, targetOf, valueNow } from "gridtime/views/rnn/whatif/model.js";
import { sentence } from "gridtime/components/trouble.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/clamps.js").Clamp} Clamp */
/** @typedef {import("gridtime/math/rewording.js").Place} Place */
/** @typedef {ReturnType<typeof import("gridtime/stores/whatif.js").createWhatIf>} Store */

/** Where a word stands in the text. @param {Room} room @param {number} t @returns {Place | null} */
function placeOf({ s }, t) {
  const token = s.reading.tokens[t];
  return token?.start === undefined || token.end === undefined ? null : { start: token.start, end: token.end };
}

/** Without the chosen word. @param {Room} room */
export function deleteWord(room) {
  const { s, about, changes } = room;
  const place = placeOf(room, s.step);
  if (!place || s.total < 2) return false;
  changes.reword(without(about.text, place), about.text, {
    edits: moved(changes.edits.peek(), s.step, 1, 0),
    step: Math.min(s.step, s.total - 2),
  });
  return true;
}

/** @param {Room} room */
export function swapWord(room) {
  const { s, about, changes } = room;
  const [a, b] = [placeOf(room, s.step), placeOf(room, s.step + 1)];
  if (!a || !b) return false;
  changes.reword(swapped(about.text, a, b), about.text, { step: s.step + 1 });
  return true;
}

/** @param {Room} room @param {string} word */
function replaceWord(room, word) {
  const { s, about, changes } = room;
  const place = placeOf(room, s.step);
  const count = word.trim().split(/\s+/).length;
  if (!place || !word.trim()) return;
  changes.reword(replaced(about.text, place, word), about.text, {
    edits: moved(changes.edits.peek(), s.step, 1, count),
    step: s.step,
  });
}

/** @param {{room: Room}} props */
function WordCard({ room }) {
  const { s } = room;
  const [typed, setTyped] = useState("");
  // Before it is drawn: what is typed into the new word's field at once must stay.
  useLayoutEffect(() => setTyped(""), [s.step, s.reading.base]);
  const next = s.reading.tokens[s.step + 1];
  const submit = (/** @type {any} */ event) => (event.preventDefault(), replaceWord(room, event.target.elements.word.value));
  return html`<section class="if-card" aria-label="The word">
    <h3>The word</h3>
    <div class="row"><button type="button" class="button" disabled=${s.total < 2} title="Delete" onClick=${() => deleteWord(room)}>Leave it out</button>
      <button type="button" class="button" disabled=${!next} onClick=${() => swapWord(room)}>${next ? html`<span>Swap with “<bdi>${next.text}</bdi>”</span>` : "Swap with the next"}</button>
    <form class="if-replace" onSubmit=${submit}>
      <input type="text" name="word" required value=${typed} aria-label="Another word in its place" placeholder="another word" autocomplete="off" spellcheck=${false} maxlength="60"
        onInput=${(/** @type {any} */ event) => setTyped(event.target.value)} />
      <button type="submit" class="button">Put it here</button></form></div>
  </section>`;
}

/** Sets the target to a value, or sets it free. @param {Room} room @param {number | null} value @param {{along?: string}} [how] */
export function hold(room, value, how) {
  const { changes } = room;
  const edit = /** @type {Clamp} */ ({ op: "clamp", ...targetOf(room), value: value ?? 0 });
  const list = changes.edits.peek();
  changes.edit(value === null ? drop(list, keyOf(edit)) : put(list, edit), how);
}

/** The value that this very target is held at. @param {Room} room */
export function heldNow(room) {
  const key = keyOf(/** @type {Clamp} */ ({ op: "clamp", ...targetOf(room), value: 0 }));
  const edit = room.changes.edits.value.find((one) => keyOf(one) === key);
  return edit && "value" in edit ? edit.value : null;
}

/** Held at 0, or set free. @param {Room} room */
export const toggleHold = (room) => hold(room, heldNow(room) === null ? 0 : null);

/** @param {{room: Room}} props */
function HoldCard({ room }) {
  const { s, patch } = room;
  const signal = signalNow(room);
  const value = heldNow(room);
  const own = valueNow(room);
  const [low, high] = rangeOf(room);
  const target = targetOf(room);
  const what = `${signal.name} ${signal.id}${target.unit === null ? ", all units" : `, unit ${target.unit}`}, ${target.step === null ? "every word" : `at “${s.reading.tokens[s.step]?.text}”`}`;
  /** @param {any} event */
  const set = (event) => {
    const to = Number(event.target.value);
    if (event.target.value === "" || !Number.isFinite(to)) return;
    hold(room, Math.max(-1000, Math.min(1000, to)), { along: `${target.tensor} ${target.step} ${target.unit}` });
  };
  return html`<section class="if-card if-hold" aria-label="Hold a gate or state">
    <h3>Hold a ${signal.form === "gate" ? "gate" : "state"}: <span class="if-signal">${signal.name}</span></h3>
    <div class="row">
      ${s.reading.readers.length > 1 && html`<${Switch} name="Which layer" chosen=${s.reader.id} options=${s.reading.readers.map((one) => ({ id: one.id, text: among(one, s.reading.readers).slice(2, -1), title: one.id }))} onPick=${room.doings.layer} />`}
      <${Switch} name="Gate or state" chosen=${signal.id} options=${s.signals.map(({ id, name }) => ({ id, text: id, title: `${name} ${id}` }))} onPick=${(/** @type {string} */ id) => patch({ signal: id })} />
      <${Switch} name="Which units" chosen=${target.unit === null ? "all" : "unit"} options=${[{ id: "all", text: `all ${s.reader.hidden}` }, { id: "unit", text: `unit ${s.unit}`, title: "Next unit: C" }]} onPick=${(/** @type {string} */ id) => patch({ show: id === "unit" ? "unit" : undefined })} />
      <${Switch} name="Where" chosen=${target.step === null ? "every" : "here"} options=${[{ id: "here", text: "this word" }, { id: "every", text: "every word" }]} onPick=${(/** @type {string} */ id) => patch({ order: id === "every" ? "every" : undefined })} />
    </div>
    <p class="if-slide">
      <input type="range" min=${low} max=${high} step=${(high - low) / 100} value=${value ?? own} aria-label=${what} onInput=${set} />
      <input type="number" step="0.05" value=${value === null ? "" : Math.round(value * 1e4) / 1e4} placeholder="free" aria-label=${`${what}, as a number`} onChange=${set} />
      <button type="button" class="button" disabled=${value === null} onClick=${() => hold(room, null)}>Let go</button></p>
    <p class="small">${value === null ? html`Now ${target.unit === null || target.step === null ? "on average " : ""}<${Num} value=${own} digits=${2} />, as the network computes it.` : html`Held at <b data-value=${exact(value)}>${String(value).replace("-", "\u2212")}</b>: all that follows is computed from it.`}</p>
  </section>`;
}

/** @param {Room} room @param {{text: string, step: number} | null} from @param {number | null} [step] null: after every word */
function putState({ changes }, from, step) {
  changes.edit(put(changes.edits.peek(), { op: "state", step: step ?? null, from }));
}

/** @param {Room} room @param {number | null} step */
function dropState({ changes }, step) {
  changes.edit(drop(changes.edits.peek(), `state ${step ?? "every"}`));
}

/** @param {{room: Room, store: Store}} props */
function MemoryCard({ room, store }) {
  const { s, about, changes } = room;
  const state = stateAt(changes.edits.value, s.step);
  const from = state?.op === "state" ? state.from : null;
  const [typed, setTyped] = useState(from?.text ?? "");
  const model = about.net.id;
  useEffect(() => {
    if (!from) return;
    setTyped(from.text);
    if (store.other.peek()?.text !== from.text) store.read(model, from.text);
  }, [from?.text, model]);
  if (s.reading.readers.some((reader) => reader.reverse))
    return html`<section class="if-card" aria-label="The memory"><h3>The memory</h3><p class="small">This reader goes through the text from both ends: no memory is handed on from left to right.</p></section>`;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = await store.read(model, typed);
    if (found?.tokens.length) putState(room, { text: typed, step: found.tokens.length - 1 }, s.step);
  };
  const other = store.other.value;
  const problem = store.otherProblem.value;
  const empty = state && !from;
  const none = cut(changes.edits.value);
  return html`<section class="if-card if-memory" aria-label="The memory">
    <h3>The memory after “<bdi>${s.reading.tokens[s.step]?.text}</bdi>”</h3>
    <div class="row"><button type="button" class="button" aria-pressed=${Boolean(empty)} onClick=${() => (empty ? dropState(room, s.step) : putState(room, null, s.step))}>Empty it here</button>
      <button type="button" class="button" aria-pressed=${none} onClick=${() => (none ? dropState(room, null) : putState(room, null, null))}>Empty it everywhere</button>
      ${from && html`<button type="button" class="button" onClick=${() => dropState(room, s.step)}>Its own again</button>`}
    <form class="if-replace" onSubmit=${submit}>
      <input type="text" value=${typed} list="if-texts" aria-label="Take it from another text" placeholder="another text" autocomplete="off" spellcheck=${false} maxlength="400"
        onInput=${(/** @type {any} */ event) => setTyped(event.target.value)} />
      <datalist id="if-texts">${about.net.samples.filter(({ text }) => text && text.length < 200).map(({ name, text }) => html`<option key=${name} value=${text}></option>`)}</datalist>
      <button type="submit" class="button" disabled=${!typed.trim()}>Take it</button></form></div>
    ${problem && html`<p class="small" role="status">${sentence(problem)}</p>`}
    ${from && other?.text === from.text && html`<p class="if-others" role="group" aria-label="After which word of it">${other.tokens.map((token, k) => html`<button key=${k} type="button" aria-pressed=${k === from.step} onClick=${() => putState(room, { text: from.text, step: k }, s.step)}>${token.text}</button>`)}</p>`}
  </section>`;
}

/** @param {{room: Room, store: Store}} props */
export const Change = ({ room, store }) => html`<section class="if-change" aria-label="Change something at the chosen word">
  <h2>At “<bdi>${room.s.reading.tokens[room.s.step]?.text}</bdi>”</h2>
  <div class="if-cards"><${WordCard} room=${room} /><${HoldCard} room=${room} /><${MemoryCard} room=${room} store=${store} /></div>
</section>`;

export { nextSignal };

/**
 * The RNN room: a sentence, the belief after every word, and every number behind it.
 *
 *     address (stores/url) ────┐
 *     reading (stores/reading) ┴─ scene() ─> Read | Step views ─> doings ─> patch(address)
 */
import { html, render, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { latest } from "gridtime/lib/latest.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Frame } from "gridtime/components/frame.js";
import { Busy } from "gridtime/components/busy.js";
import { Trouble } from "gridtime/components/trouble.js";
import { live } from "gridtime/components/live.js";
import { scene } from "gridtime/math/scene.js";
import { createBank } from "gridtime/stores/bank.js";
import { createInterventions } from "gridtime/stores/interventions.js";
import { createReading, wellInside } from "gridtime/stores/reading.js";
import { createSignals } from "gridtime/stores/signal.js";
import { createStates } from "gridtime/stores/states.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { createWhatIf } from "gridtime/stores/whatif.js";
import { ModelPicker } from "gridtime/views/rnn/modelpicker.js";
import { TABS } from "gridtime/views/rnn/more.js";
import { Notices } from "gridtime/components/notices.js";
import { Room } from "gridtime/views/rnn/room.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */

const store = createReading();
/** What single views keep, for as long as the page is open. */
const stores = { states: createStates(), bank: createBank(), signals: createSignals(), whatif: createWhatIf() };
const changes = createInterventions(state, patch);

/** A moving slider: its newest place each time, not only where it rests. */
const follow = latest(store.read);

/** The address names a text and what is changed; the store reads it. */
function useWish() {
  const { model, sample, text, edits } = state.value;
  const against = changes.against.value;
  const words = useRef("");
  useEffect(() => {
    const now = JSON.stringify([model, sample, text]);
    const same = now === words.current;
    words.current = now;
    if (text !== undefined && !text.trim()) store.clear();
    else (same ? follow : store.read)({ model, sample, text, against, edits: changes.edits.peek() });
  }, [model, sample, text, edits, against]);
}

/** A link's changes that this network or text has not leave the address, and the page says so. */
function useRefused(/** @type {(text: string) => void} */ say) {
  const why = store.refused.value;
  useEffect(() => {
    if (!why) return;
    store.refused.value = "";
    changes.forget();
    patch({ edits: undefined });
    say(`What this link changes does not fit, so nothing is changed: ${why}`);
  }, [why]);
}

/** The scene on screen; while other rows are on their way, the last one. @param {number} size */
function useScene(size) {
  const shown = useRef(/** @type {Scene | null} */ (null));
  const reading = store.reading.value;
  const same = shown.current?.reading.base === reading?.base ? shown.current : null;
  const fresh = reading && scene(reading, state.value, size, same?.window);
  const away =
    fresh?.wanted ?? (fresh && reading && !wellInside(reading, fresh.window) ? fresh.window : null);
  useEffect(() => {
    if (away) store.fetchRows(away);
  }, [away?.start, away?.end, reading?.key]);
  shown.current = fresh?.wanted && same ? same : fresh;
  return shown.current;
}

/** How the page looks, for views that know no store. */
const look = () => ({ ...ui.look(), scope: ui.scope.value });

/** @param {string} text */
const typed = (text) =>
  patch({ ...changes.leave(), text, sample: undefined, step: undefined, unit: undefined, range: undefined, open: undefined, stop: undefined });

/** @param {import("gridtime/api/client.js").Sample} sample */
const picked = (sample) =>
  patch(
    {
      ...changes.leave(),
      sample: sample.name,
      text: undefined,
      step: undefined,
      unit: undefined,
      range: undefined,
      open: undefined,
      stop: undefined,
    },
    { push: true },
  );

/** The field: the visitor's text, or the sample's. */
function Field() {
  const about = store.about.value;
  const { text = about?.text ?? "" } = state.value;
  return html`<${SentenceBox} text=${text} samples=${about?.net.samples ?? []} onText=${typed} onSample=${picked} />`;
}

/** What went wrong, whichever request it was. */
const Troubles = () => html`
  <${Trouble} problem=${store.problem.value} onRetry=${store.retry} />
  <${Trouble} problem=${store.moreProblem.value} onRetry=${store.retryMore} />
  <${Trouble} problem=${store.weightsProblem.value} onRetry=${store.retryWeights} />`;

/** Another network: what was changed in the old one does not fit it. @param {string} model */
function modelPicked(model) {
  const rest = changes.against.peek() === undefined ? {} : { text: changes.against.peek(), sample: undefined };
  changes.forget();
  patch({ ...rest, model, layer: undefined, unit: undefined, signal: undefined, open: undefined, edits: undefined, against: undefined }, { push: true });
}

/** Under the header before anything has been read. */
function Empty() {
  return html`<${Frame} room="rnn" heading="RNN: a sentence, word by word" tabs=${TABS} actions=${html`<${Models} />`} onRetry=${store.retry}>
    <div class="room"><div class="room-head"><${Field} /><div class="room-status"><${Troubles} /><${Busy} on=${store.busy.value} /></div></div></div>
  <//>`;
}

function Models() {
  const about = store.about.value;
  return html`<${ModelPicker} models=${store.models.value} chosen=${about?.net.id ?? ""}
    onPick=${modelPicked} />`;
}

function App() {
  useWish();
  const seen = look();
  const s = useScene(seen.present ? 8 : 24);
  const [said, say] = useState("");
  useEffect(() => {
    if (said) live(said);
    const timer = setTimeout(say, 5000, "");
    return () => clearTimeout(timer);
  }, [said]);
  useRefused(say);
  const about = store.about.value;
  if (!s || !about) return html`<${Empty} />`;
  return html`<${Room} s=${s} address=${state.value} look=${seen} about=${about} models=${store.models.value} known=${store.known.value} stores=${stores} changes=${changes} plain=${store.plain.value} tabs=${TABS} said=${said} say=${say} live=${live}
    patch=${patch} onRetry=${store.retry} actions=${html`<${Models} />`}
    field=${html`<${Field} />`}
    status=${html`<div class="room-status"><${Troubles} /><${Notices} answer=${about.answer} /><${Busy} on=${store.busy.value || store.moreBusy.value} /></div>`} />`;
}

render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));

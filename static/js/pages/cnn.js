/**
 * The picture room: URL <-> state, data <- server, keys, and the views on the stage.
 *
 *     state (URL) --want--> network store --run--> choice -> Overview | Lens, in the Frame
 *     picker, cut, keys --patch--> state
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, render, useCallback, useEffect, useState } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { latest } from "gridtime/lib/latest.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { PicturePicker } from "gridtime/components/inputpicker.js";
import { Trouble } from "gridtime/components/trouble.js";
import { MORE, TABS, choice as choiceOf, isSpatial, tabsOf } from "gridtime/math/choice.js";
import { percent } from "gridtime/math/format.js";
import { answerLayer } from "gridtime/math/groups.js";
import { layersInLine } from "gridtime/math/waiting.js";
import { format } from "gridtime/math/edits.js";
import { createChanges } from "gridtime/stores/changes.js";
import { createNetwork } from "gridtime/stores/network.js";
import { keep, recall } from "gridtime/stores/pictures.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { answerSays, isNumber, named } from "gridtime/views/cnn/classes.js";
import { Overview } from "gridtime/views/cnn/overview.js";
import { cellSays, mapSays } from "gridtime/views/cnn/readout.js";
import { Toolbar } from "gridtime/views/cnn/toolbar.js";

/** @typedef {import("gridtime/views/cnn/room.js").Room} Room */
/** @typedef {import("gridtime/math/choice.js").Run} Run */
/** @typedef {import("gridtime/math/choice.js").Choice} Choice */

const ELSEWHERE = "This link's picture stayed in another browser. Pick it again, or a sample.";
/** A drawing is kept once the pen has rested this long. */
const PEN_RESTS = 400;

const network = createNetwork();
const changes = createChanges(state, patch);
const notice = signal("");
const later = signal(/** @type {typeof import("gridtime/views/cnn/later.js")|null} */ (null));
const choice = computed(() => (network.run.value ? choiceOf(network.run.value, state.value, network.plain.value ?? undefined) : null));
const classes = computed(() => /** @type {string[]} */ (network.net.value?.card.classes ?? []));

/** A link of this kind is not fetched until it is made a style sheet. */
function loadStyles() {
  const links = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll('link[rel="later-stylesheet"]')]);
  return Promise.all(links.map((link) => new Promise((done) => {
    link.onload = link.onerror = done;
    link.rel = "stylesheet";
  })));
}

/** The rest of the room. */
async function loadRest() {
  try {
    const [rest] = await Promise.all([import("gridtime/views/cnn/later.js"), loadStyles()]);
    later.value = rest;
  } catch {
    notice.value = "A part of this page did not arrive. Reload it.";
  }
}

// At once where a link opens a lens or a projector; else after the first maps are drawn.
if (state.peek().tab || state.peek().present || changes.changes.peek()) loadRest();
else {
  const off = effect(() => {
    if (network.run.value) requestAnimationFrame(() => setTimeout(() => (off(), loadRest())));
  });
}

/** @type {string} what was asked for last, so that other changes of the URL ask nothing */
let asked = "";

/** Counts the pictures chosen, so that a cut of the one before is dropped. */
let turn = 0;

/** @type {string|undefined} the picture asked for last */
let pictured;

/** @typedef {{want: import("gridtime/stores/network.js").Want, of: number}} Followed */
/** A moving cut, pen or slider: its newest place each time. */
const follow = latest(async (/** @type {Followed} */ { want, of }) => {
  if (of === turn) await network.see(want);
});

/** @param {import("gridtime/stores/url.js").State} wanted */
const pictureOf = ({ model = "", sample = "", picture = "" }) => [model, picture ? "" : sample, picture].join("|");

/** @param {import("gridtime/stores/url.js").State} wanted */
const keyOf = (wanted) => [pictureOf(wanted), wanted.crop ?? "", wanted.shift ?? "", wanted.moment ?? "", wanted.edits ?? ""].join("|");

effect(() => {
  const key = keyOf(state.value);
  if (key === asked) return;
  asked = key;
  look(state.peek());
});

// What a link would change and this network has not: it leaves the URL, and the page says so.
effect(() => {
  const gone = network.dropped.value;
  if (!gone) return;
  notice.value = gone.says;
  patch({ edits: format(gone.edits), moment: gone.moment });
});

/** What is changed now, as a part of a wish. */
function changed() {
  const [dx, dy] = changes.shift.peek();
  return { moment: state.peek().moment, shift: dx || dy ? changes.shift.peek() : undefined, edits: changes.edits.peek() };
}

/** The picture of a link: a sample, or one kept in this browser.
 *  @param {import("gridtime/stores/url.js").State} wanted */
async function look(wanted) {
  const { model, sample, picture, crop } = wanted;
  const blob = picture ? await recall(picture) : null;
  if (picture && !blob) {
    notice.value = ELSEWHERE;
    return patch({ picture: undefined, crop: undefined });
  }
  const want = { ...changed(), model, sample, blob: blob ?? undefined, crop };
  const same = pictureOf(wanted) === pictured;
  pictured = pictureOf(wanted);
  if (same) return follow({ want, of: turn });
  turn += 1;
  await network.see(want);
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let resting;

/** A pen stroke: traced at once, kept when the pen rests. @param {Blob} blob */
function draw(blob) {
  notice.value = "";
  follow({ want: { ...changed(), model: state.peek().model, blob }, of: turn });
  clearTimeout(resting);
  resting = setTimeout(async () => {
    const change = { picture: await keep(blob), sample: undefined, crop: undefined };
    asked = keyOf({ ...state.peek(), ...change }); // it is on screen already
    pictured = pictureOf({ ...state.peek(), ...change });
    patch(change);
  }, PEN_RESTS);
}

/** @param {import("gridtime/components/inputpicker.js").Picked} picked */
async function pick(picked) {
  notice.value = "";
  if ("sample" in picked) {
    return patch({ sample: picked.sample, picture: undefined, crop: undefined }, { push: true });
  }
  if (picked.live || picked.name === "drawing.png") return draw(picked.blob);
  const picture = await keep(picked.blob);
  if (picture === state.peek().picture) return network.retry();
  patch({ picture, sample: undefined, crop: undefined }, { push: true });
}

/** The same picture through another network; what was chosen in the old one is not there.
 *  @param {string} model */
function chooseModel(model) {
  const { picture, present, lesson, at, lang } = state.peek();
  const gone = Object.fromEntries(Object.keys(state.peek()).map((key) => [key, undefined]));
  changes.forget();
  patch({ ...gone, model, picture, present, lesson, at, lang }, { push: true });
}

/** @type {Room} */
const room = {
  state, patch, ...network, ...changes, choice, classes, notice, chooseModel,
  scope: /** @type {any} */ (ui.scope), theme: ui.theme, present: ui.present, wide: ui.wide,
  hatch: ui.hatch, hover: signal(null),
  later, keep, recall, cut: (crop) => patch({ crop }),
};

/** @param {Run} run @param {Choice} now @returns {string} the foot's sentence */
function captionOf(run, now) {
  const own = later.value?.partOf(now.tab)?.caption;
  if (own) return own(room, run, now);
  if (!run.exact) {
    return `First drawn from 8-bit values of the weights ${run.sha256?.slice(0, 8) ?? ""}…; exact float32 values follow.`;
  }
  if (isNumber(run) && now.layer === answerLayer(run.graph)) return answerSays(run);
  if (now.layer && now.layer === answerLayer(run.graph)) {
    const share = run.predictions.find((p) => p.label === classes.value[now.channel]);
    return share ? `It gives ${named(share.label)} ${percent(share.probability)}.` : "";
  }
  if (now.layer && now.opened && isSpatial(now)) {
    return cellSays(run, now.layer.name, now.channel, now.cell);
  }
  if (now.layer) return mapSays(run, now.layer.name, now.channel);
  return `Waiting line: ${layersInLine(run.graph)} layers, however large the picture.`;
}

/** Name of the sample on show. A key changes the address, but not this: the picker is not drawn again. */
const shownSample = computed(() => {
  const { picture, sample } = state.value;
  return picture ? undefined : (sample ?? network.net.value?.samples[0]?.name);
});

/** @param {{open: boolean, onClose: () => void}} props */
function Picker({ open, onClose }) {
  const net = network.net.value;
  const draws = net?.card.preprocessing?.mode === "digit";
  return html`<section class="picker-panel" aria-label="New picture" hidden=${!open}>
    <header><h2>New picture</h2><button type="button" class="button" onClick=${onClose}>Close</button></header>
    <${PicturePicker} open=${open} samples=${net?.samples ?? []} drawing=${draws} chosen=${shownSample.value}
      onPick=${(/** @type {any} */ picked) => (pick(picked), !picked.live && picked.name !== "drawing.png" && onClose())} />
  </section>`;
}

/** @param {{run: Run, now: Choice}} props */
function View({ run, now }) {
  const { stop } = state.value;
  if (now.tab === "overview" && !ui.present.value) return html`<${Overview} room=${room} run=${run} />`;
  if (!later.value) return null;
  const { Lens, More, PresentOverview } = later.value;
  if (now.tab === "overview") return html`<${PresentOverview} room=${room} run=${run} />`;
  if (now.tab in MORE) return html`<${More} room=${room} run=${run} choice=${now} part=${ui.present.value && stop ? stop : "all"} />`;
  // Units have no map to be opened from: their parts are stops at once.
  const part = ui.present.value && (now.opened || !isSpatial(now)) && stop ? stop : "all";
  return html`<${Lens} room=${room} run=${run} choice=${now} part=${part === "map" ? "all" : part} />`;
}

function Page() {
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const run = network.run.value;
  const now = choice.value;
  const rest = later.value;
  useEffect(() => {
    if (!rest) return undefined;
    const { keys, description } = rest.roomKeys(room, {
      picker: () => setOpen((on) => !on),
      closePicker: () => {
        const was = !document.querySelector(".picker-panel")?.hasAttribute("hidden");
        setOpen(false);
        return was;
      },
    });
    return bind(keys, { description });
  }, [rest]);
  const bar = html`<${Toolbar} room=${room} open=${open} onOpen=${() => setOpen(!open)} />`;
  const wide = ui.wide.value;
  const Legends = rest?.Legends;
  const part = now && now.tab in MORE ? rest?.partOf(now.tab) : rest;
  const whole = Boolean(run?.exact && network.weights.value && part);
  return html`<${Frame} room="cnn" heading="A picture through a convolutional network"
    tabs=${run ? tabsOf(run.graph).filter(({ id }) => !(id in MORE) || rest?.isBuilt(id)) : [{ id: "overview", title: TABS.overview }]} tab=${now?.tab ?? "overview"}
    onTab=${(/** @type {string} */ tab) => rest?.goTab(room, tab)} actions=${wide ? bar : null}
    legend=${Legends && run && now && html`<${Legends} room=${room} run=${run} choice=${now} />`}
    caption=${run && now ? captionOf(run, now) : "Drop a picture here, paste one, or pick a sample."}
    walk=${rest && run && now ? rest.walkOf(room, run, now) : []} onRetry=${network.retry}>
    <div class="cnn ${state.value.rf ? "rf-alone" : ""} ${state.value.every ? "every-layer" : ""}
      ${ui.digits.value === "all" ? "all-digits" : ""}" data-exact=${run?.exact ?? false}
      data-whole=${whole}>
      ${!wide && bar}
      <${Picker} open=${open} onClose=${close} />
      ${rest && changes.changes.value > 0 && html`<${rest.Changed} room=${room} />`}
      ${notice.value && html`<p class="trouble" role="status">${notice.value}</p>`}
      <${Trouble} problem=${run && network.problem.value?.name === "NoContact" ? null : network.problem.value} onRetry=${network.retry} />
      ${run && now && html`<${View} run=${run} now=${now} />`}
      <${Busy} on=${network.busy.value} />
    </div>
  <//>`;
}

const app = document.getElementById("app");
if (app) render(html`<${Page} />`, app);

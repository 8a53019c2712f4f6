/**
 * What if: change the network, and see what follows.
 *
 *     layers | the chosen layer: all its maps, one channel before and now, its switches
 *            | what is changed, each removable; every class before -> now
 */
import { html } from "gridtime/lib/html.js";
import { kind } from "gridtime/math/groups.js";
import { hasMap } from "gridtime/math/choice.js";
import { live } from "gridtime/components/live.js";
import { factorOn } from "gridtime/math/edits.js";
import { effectRows, effectSays } from "gridtime/math/effect.js";
import { sentences } from "gridtime/views/cnn/changed.js";
import { isNumber, named, numberSays } from "gridtime/views/cnn/classes.js";
import { activationLegend } from "gridtime/views/cnn/legends.js";
import { Seen } from "gridtime/views/cnn/seen.js";
import { Channel } from "./channel.js";
import { Effect } from "./effect.js";
import { LayerPick, LayerSwitch } from "./layers.js";
import { Changes } from "./list.js";
import { Maps } from "./maps.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */

/** The layer on show: the chosen one, else the first that has maps.
 *  @param {Run} run @param {Choice} choice @returns {Layer|undefined} */
const layerOf = (run, choice) => choice.layer ?? run.graph.find(hasMap);

/** @param {Choice} choice @returns {number} */
const channelOf = (choice) => Math.max(0, choice.channel);

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run, choice, part }) {
  const layer = layerOf(run, choice);
  const plain = room.plain.value;
  if (!layer || !plain || !run.exact) return html`<p class="busy">Computing…</p>`;
  const channel = channelOf(choice);
  const present = room.present.value;
  if (part === "predict") {
    return html`<div class="present-two"><div class="present-picture seen-box">
      <${Seen} run=${run} card=${room.net.value?.card} label="What the network saw" /></div></div>`;
  }
  return html`<div class="whatif part-${part}">
    ${part !== "answer" && html`<section class="whatif-change" aria-label="Change the network">
      ${!present && html`<${LayerPick} room=${room} run=${run} chosen=${layer} />`}
      <div class="whatif-layer">
        <${Maps} room=${room} run=${run} layer=${layer} channel=${channel} />
        <${Channel} room=${room} run=${run} plain=${plain} layer=${layer} channel=${channel} />
      </div>
      <${LayerSwitch} room=${room} layer=${layer} />
    </section>`}
    ${part !== "change" && html`<section class="whatif-effect" aria-label="What follows">
      ${!present && html`<${Changes} room=${room} />`}
      <${Effect} room=${room} run=${run} plain=${plain} />
    </section>`}
  </div>`;
}

/** @param {Room} room @param {Run} run @returns {string} */
function says(room, run) {
  const plain = room.plain.value;
  const list = sentences(room);
  if (!plain || !list.length) return "Nothing is changed yet: switch a channel off, and see what the answer does.";
  if (isNumber(run)) return `As trained ${numberSays(plain)}; now ${numberSays(run)}.`;
  return effectSays(effectRows(plain.predictions, run.predictions), named);
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function legend(room, run, choice) {
  const layer = layerOf(run, choice);
  return layer && activationLegend(room, run, layer, channelOf(choice));
}

/** @param {Room} room @param {Run} run */
export const caption = (room, run) => says(room, run);

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function walk(room, run, choice) {
  const layer = layerOf(run, choice);
  const list = sentences(room);
  return [
    { id: "change", caption: list.length ? `Changed: ${list.join("; ")}.`
      : `Switch off one of the maps of ${layer?.name ?? "a layer"}: what will the answer be?` },
    { id: "predict", caption: "What will it say now? Vote, then press on." },
    { id: "answer", caption: says(room, run) },
  ];
}

/** @param {Room} room */
export function keys(room) {
  /** @param {(now: number) => number} next */
  const by = (next) => () => {
    const run = room.run.peek();
    const choice = room.choice.peek();
    const layer = run && choice && layerOf(run, choice);
    if (!layer || !choice || kind(layer) === "softmax") return false;
    const channel = channelOf(choice);
    const now = factorOn(room.edits.peek(), layer.name, channel);
    const to = Math.round(Math.max(-3, Math.min(3, next(now))) * 100) / 100;
    room.scale(layer.name, channel, to, to === 0 || to === 1 ? {} : { along: `${layer.name} ${channel}` });
    live(`${layer.name}, channel ${channel} times ${to}`);
    return true;
  };
  return {
    keys: { o: by((now) => (now === 0 ? 1 : 0)), "+": by((now) => now + 0.25), "=": by((now) => now + 0.25), "-": by((now) => now - 0.25) },
    description: { o: "switch the channel off or on", "+": "scale the channel up", "-": "scale the channel down" },
  };
}

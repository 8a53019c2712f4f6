/**
 * What a channel looks for: a picture made for it, the patches that raise it, the classes it tells.
 *
 *     gallery of the layer | the made picture and how far it goes | patches over classes
 */

import { html } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { live } from "gridtime/components/live.js";
import { inputSize } from "gridtime/math/fields.js";
import { extent } from "gridtime/math/groups.js";
import { moved } from "gridtime/math/step.js";
import { depthTitle, preferred } from "gridtime/math/selectivity.js";
import { plural } from "gridtime/math/format.js";
import { named } from "gridtime/views/cnn/classes.js";
import { Made, useAtlas } from "gridtime/views/cnn/looks/atlas.js";
import { FiguresTable, Reached, Selectivity } from "gridtime/views/cnn/looks/figures.js";
import { Gallery, LayerSwitch } from "gridtime/views/cnn/looks/gallery.js";
import { Patches } from "gridtime/views/cnn/looks/patches.js";
import { channelOf, placeOf, plainRun } from "gridtime/views/cnn/looks/where.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */

/** @param {Room} room @param {Layer} layer @param {number} channel */
function pick(room, layer, channel) {
  room.patch({ layer: layer.name, channel, cell: undefined });
  live(`${layer.name}, channel ${channel}`);
}

/** @param {Room} room @param {number} layers @param {number} channels how far to step */
function step(room, layers, channels) {
  const run = room.run.peek();
  const choice = room.choice.peek();
  if (!run || !choice) return;
  const place = placeOf(room, run, choice);
  if (!place.layer) return;
  const at = Math.max(0, Math.min(place.layers.length - 1, place.layers.indexOf(place.layer) + layers));
  const layer = place.layers[at] ?? place.layer;
  const last = extent(layer).channels - 1;
  const channel = layer === place.layer ? place.channel + channels : channelOf(run, layer, { ...choice, layer: undefined });
  pick(room, layer, Math.max(0, Math.min(last, channel)));
}

/** The wall's own columns, for arrows. @param {Room} room @param {KeyboardEvent} event */
function arrow(room, event) {
  if (room.present.peek() && event.target === document.body) return false;
  const run = room.run.peek();
  const choice = room.choice.peek();
  const place = run && choice ? placeOf(room, run, choice) : undefined;
  if (!place?.layer) return false;
  const columns = Number(document.querySelector(".looks-wall [data-columns]")?.getAttribute("data-columns")) || 1;
  const count = extent(place.layer).channels;
  const next = moved(event, [Math.floor(place.channel / columns), place.channel % columns], columns, Math.ceil(count / columns));
  if (!next) return false;
  pick(room, place.layer, Math.min(count - 1, next[0] * columns + next[1]));
  return true;
}

/** @param {Room} room */
export function keys(room) {
  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const own = {
    j: () => step(room, 1, 0), k: () => step(room, -1, 0),
    c: () => step(room, 0, 1), "Shift+c": () => step(room, 0, -1),
  };
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]) {
    own[key] = own[`Shift+${key}`] = (event) => arrow(room, event);
  }
  return {
    keys: own,
    description: { j: "next layer", k: "previous layer", c: "next channel", "Shift+c": "previous channel" },
  };
}

/** Made pictures and photographs have their own colours; maps stand in for them where none were made.
 *  @param {Room} room @param {Run} run @param {Choice} choice */
export function legend(room, run, choice) {
  const { layer, look } = placeOf(room, run, choice);
  const range = layer && run.ranges.get(layer.name);
  if (look || !range) return null;
  return html`<${Legend} limit=${range.range.limit} from=${range.range.least < 0 ? undefined : 0} label=${layer.name} scope="layer" />`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function caption(room, run, choice) {
  const { layer, channel, channels, look } = placeOf(room, run, choice);
  if (!layer) return "This network has no maps to look at.";
  const first = preferred(channels?.[channel]);
  const what = look ? "one picture this channel answers strongly to, made by the network itself" : "no pictures were made for this network; the patches are of real ones";
  return `${layer.name}, channel ${channel}: ${what}.${first ? ` It prefers ${named(first)}.` : ""}`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function walk(room, run, choice) {
  const { layer, channel, channels, look, studies } = placeOf(room, run, choice);
  if (!layer || studies === null) return []; // a link's stop waits for its figures
  const name = `${layer.name}, channel ${channel}`;
  const first = preferred(channels?.[channel]);
  return [
    { id: "channels", caption: `${layer.name}: ${look ? "one made picture a channel" : "one map a channel"}. ${depthTitle(layer, inputSize(run.graph), channels)}` },
    ...(look ? [{ id: "made", caption: `${name}: one picture this channel answers strongly to.` }] : []),
    { id: "patches", caption: `${name}: the patches of real pictures that raise it most.` },
    ...(channels ? [{ id: "classes", caption: `${name}: ${first ? `it prefers ${named(first)}` : "it prefers no single class"}, measured on ${plural(studies?.n ?? 0, "held-out picture")}.` }] : []),
  ];
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run: shown, choice, part }) {
  const run = plainRun(room, shown);
  const { studies, layers, layer, channel, channels, look } = placeOf(room, run, choice);
  const image = useAtlas(run.model, look && layer ? layer.name : "");
  if (!layer) return html`<p>This network has no maps to look at.</p>`;
  const pictures = look && image ? { image, look } : null;
  const here = run.ranges.get(layer.name)?.highs[channel];
  const shows = (/** @type {string} */ id) => part === "all" || part === id;
  return html`<div class="looks part-${part}">
    ${shows("channels") && html`<section class="looks-layer" aria-label="All channels of the layer">
      ${part === "all" && html`<${LayerSwitch} room=${room} layers=${layers} layer=${layer} onLayer=${(/** @type {Layer} */ one) =>
        pick(room, one, channelOf(run, one, { ...choice, layer: undefined }))} />`}
      <h2>${layer.name}: ${plural(extent(layer).channels, "channel")}</h2>
      ${part === "all" && html`<p class="small">${depthTitle(layer, inputSize(run.graph), channels)}</p>`}
      <${Gallery} room=${room} run=${run} layer=${layer} channel=${channel} pictures=${pictures} onPick=${(/** @type {number} */ c) => pick(room, layer, c)} />
      ${part === "all" && channels && !room.present.value && html`<${FiguresTable} layer=${layer.name} channels=${channels} look=${look} />`}
    </section>`}
    ${shows("made") && html`<section class="looks-made" aria-label="The made picture">
      <h2>Channel ${channel}</h2>
      <figure>${pictures ? html`<${Made} ...${pictures} channel=${channel} label=${`One picture that channel ${channel} of ${layer.name} answers strongly to`} />`
        : html`<div class="made made-none">${studies === null || look ? "Computing…" : "No picture was made for this channel."}</div>`}
        ${part === "all" && look && html`<figcaption>One picture this channel answers strongly to: the ${look.field.join(" × ")} px that one cell sees</figcaption>`}</figure>
      <${Reached} channel=${channels?.[channel]} look=${look} at=${channel} here=${here} n=${studies?.n ?? 0} />
    </section>`}
    ${(shows("patches") || shows("classes")) && html`<div class="looks-real">
      ${shows("patches") && html`<${Patches} room=${room} run=${run} layer=${layer} channel=${channel} />`}
      ${shows("classes") && html`<${Selectivity} channel=${channels?.[channel]} studies=${studies} />`}
    </div>`}
  </div>`;
}

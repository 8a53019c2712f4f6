/**
 * The call behind what is on screen, as commands.
 *
 *     room.asking() {id, input, options} + URL {call, layer, channel, method, class} -> Call
 */

import { html } from "gridtime/lib/html.js";
import { SaveButton } from "gridtime/components/save.js";
import { ScriptBlock } from "gridtime/components/scriptblock.js";
import { fileName } from "gridtime/math/files.js";
import { curl, python } from "gridtime/math/script.js";
import { mapLayer, methodOf } from "gridtime/math/explain.js";
import { isNumber } from "gridtime/math/numberhead.js";
import { labelOf } from "gridtime/views/cnn/why/chosen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/script.js").Call} Call */
/** @typedef {import("gridtime/math/script.js").CallKind} CallKind */
/** @typedef {{layer: string, channel: number, method?: string}} Shown what of it is on screen */

/** @type {Record<CallKind, string>} */
export const CALLS = { predict: "The answer", trace: "Every value", map: "This map", explain: "Why" };

/** @type {Record<string, string>} */
const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tif" };

/** The name of the visitor's file; a drawing or a photo of the camera has none yet.
 *  @param {Blob} blob */
export const nameOf = (blob) =>
  /** @type {File} */ (blob).name || `picture.${ENDINGS[blob.type] ?? "png"}`;

/** @param {import("gridtime/api/client.js").Input} input @returns {import("gridtime/math/script.js").Source} */
function sourceOf(input) {
  if ("sample" in input) return { sample: input.sample };
  const blob = /** @type {{blob: Blob}} */ (input).blob;
  return { file: nameOf(blob), type: blob.type || "image/png" };
}

/** @param {string|undefined} asked @returns {CallKind} */
export const kindOf = (asked) => (asked && Object.hasOwn(CALLS, asked) ? /** @type {CallKind} */ (asked) : "predict");

/** @param {Room} room @param {Run} run @param {Shown} shown @param {string} origin @returns {Call|null} */
export function callOf(room, run, shown, origin) {
  const asked = room.asking();
  if (!asked) return null;
  const state = room.state.value;
  const kind = kindOf(state.call);
  const found = methodOf(state.method);
  const method = found === "all" ? "gradcam" : found;
  const layer = mapLayer(run.graph, state.method ? state.layer : undefined)?.name;
  const why = { method, ...(isNumber(run) ? {} : { class: labelOf(run, state) }), ...(method === "gradcam" && layer ? { layer } : {}) };
  const source = sourceOf(asked.input);
  const name = "sample" in source ? source.sample : /** @type {{file: string}} */ (source).file.replace(/\.[^.]*$/, "");
  return {
    origin, model: asked.id, kind, query: kind === "explain" ? why : {}, source, options: asked.options,
    out: fileName(asked.id, name, kind === "explain" ? method : "trace"),
    map: { layer: shown.layer, channel: shown.channel },
  };
}

/** @param {{room: Room, run: Run, shown: Shown}} props */
export function Script({ room, run, shown }) {
  const origin = globalThis.location?.origin ?? "";
  const call = callOf(room, run, shown, origin);
  if (!call) return html`<p>Computing…</p>`;
  const own = "file" in call.source ? call.source : null;
  const input = room.asking()?.input;
  const blob = input && "blob" in input ? input.blob : null;
  return html`<section class="save-script" aria-label="The same by curl and Python">
    <h2>The same by curl and Python</h2>
    <div class="switch-row" role="group" aria-label="What to ask for">
      ${Object.entries(CALLS).map(([id, title]) => html`<button key=${id} type="button" class="switch-button"
        aria-pressed=${id === call.kind} onClick=${() => room.patch({ call: id === "predict" ? undefined : id })}>${title}</button>`)}
    </div>
    ${own && html`<p>Run it in the folder where <code>${own.file}</code> lies.
      ${blob && html` <${SaveButton} class="link" item=${{ label: "Save the picture under that name", name: own.file, make: () => blob }} />`}</p>`}
    <${ScriptBlock} title="curl" text=${curl(call)} />
    <${ScriptBlock} title="Python" text=${python(call)} note=${call.kind === "predict" ? "standard library only" : "needs numpy"} />
  </section>`;
}

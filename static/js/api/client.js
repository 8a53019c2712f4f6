/**
 * The REST API as functions.
 *
 *   trace("photos", {sample: "chelsea"}) -> POST /models/photos/trace (safetensors)
 *     -> {answer: predictions, input, graph..., tensors: name -> {shape, data}}
 */
import { decode } from "gridtime/lib/safetensors.js";
import { send } from "gridtime/api/request.js";

export { NoContact, Problem, contact } from "gridtime/api/problem.js";

/** @typedef {import("gridtime/lib/safetensors.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {{sample: string} | {text: string} | {series: number[]} | {blob: Blob, name?: string}} Input */
/** @typedef {{label: string, probability: number, logit: number}} Prediction */
/** @typedef {"image" | "text" | "audio" | "series" | "video"} Kind */
/** @typedef {{id: string, kind: string, task: string, title: string, input: Kind, parameters: number, sha256: string}} ModelRow */
/** @typedef {{name: string, title: string, kind: Kind, text?: string, url?: string, drawing: boolean, credit: string, season?: number}} Sample */
/** @typedef {{card: Record<string, any>, graph: Node[], studies: string[], units: boolean, voices: boolean, frames: boolean}} Model studies: the parts that were measured; units: whether what they follow was; voices: whether other voices were tried; frames: whether their order was */
/** @typedef {{text: string, id: number, known: boolean, start: number, end: number}} Token */
/** @typedef {{t: number, predictions: Prediction[]}} Step */
/** @typedef {{score: number, threshold: number, share: number, familiar: boolean}} Familiarity */
/**
 * @typedef {object} Answer
 * @property {string} model
 * @property {Prediction[]} predictions best first
 * @property {Record<string, any>} input what was done to it
 * @property {Familiarity} familiarity
 * @property {Node[]} graph
 * @property {Record<string, any>} [options]
 * @property {Token[]} [tokens]
 * @property {Step[]} [steps]
 */
/** @typedef {{answer: Answer, tensors: Map<string, Tensor>}} Traced */
/** @typedef {{signal?: AbortSignal, layers?: string[], steps?: [number, number]}} How */
/** @typedef {{model: string, sha256: string, sample: string, limits: Record<string, [number, number]>, predictions: Prediction[], input: Record<string, any>, graph: Node[]}} AtlasHead */
/** @typedef {{method: string, class?: string, layer?: string, rows?: [number, number]}} Why */
/** @typedef {{model: string, method: string, class: string | null, layer: string | null, predictions: Prediction[], input: Record<string, any>, options: Record<string, any>, settings: Record<string, any>, formula: string}} Explanation */
/** @typedef {{answer: Explanation, tensors: Map<string, Tensor>}} Explained */
/** @typedef {{head: AtlasHead, tensors: Map<string, Tensor>}} Atlas */
/** @typedef {{model: string, layer: string, direction: string, effects: number[], class: string, window?: {start: number, end: number, total: number}}} Effects */
/** @typedef {{value: number, from: number, to: number}} Factor */
/** @typedef {{model: string, class: string, loss: number, layer: string, input: Record<string, any>, tokens: Token[], steps: {t: number, loss_h: number, loss_c: number | null, answer_x: number}[], factor: Record<"loss_h" | "loss_c" | "answer_x", Factor | null>}} GradientAnswer */
/** @typedef {{model: string, of: {kind: "answer" | "cell", at: number | null, class?: string, layer?: string, channel?: number}, value: number, per: "word" | "row" | "frame", predictions: Prediction[], input: Record<string, any>, tokens: Token[] | null, steps: {t: number, norm: number}[], formula: string}} ReachAnswer */
/** @typedef {{settings: Record<string, any>, curve: {n: number, log10: number}[], factor: Factor, kept: number | null, weights: {before: number, after: number, recurrent_before: number, recurrent_after: number}[]}} LabAnswer */

const SAFETENSORS = "application/vnd.safetensors";

/**
 * @param {string} path
 * @param {RequestInit} [init]
 */
const json = async (path, init) => (await send(path, init)).json();

/** @param {string} id */
const at = (id) => `/models/${encodeURIComponent(id)}`;

/**
 * One answer per key for the life of the page: cards, weights and samples do not change.
 * @template T
 * @param {(...args: any[]) => Promise<T>} load
 * @returns {(...args: any[]) => Promise<T>}
 */
function once(load) {
  /** @type {Map<string, Promise<T>>} */
  const kept = new Map();
  return (...args) => {
    const key = args.join("\n");
    const known = kept.get(key);
    if (known) return known;
    const fresh = load(...args);
    kept.set(key, fresh);
    fresh.catch(() => kept.delete(key)); // a failure may be asked again
    return fresh;
  };
}

/** @type {() => Promise<ModelRow[]>} */
export const models = once(async () => (await json("/models")).models);

/** @type {(id: string) => Promise<Model>} */
export const model = once((id) => json(at(id)));

/** @type {(id: string) => Promise<Sample[]>} */
export const samples = once(async (id) => (await json(`${at(id)}/samples`)).samples);

/** @type {(id: string) => Promise<Map<string, Tensor>>} */
export const weights = once(async (id) => {
  const response = await send(`${at(id)}/weights`);
  return decode(await response.arrayBuffer()).tensors;
});

/** The weights as they were at a step of the training. @type {(id: string, moment: number) => Promise<Map<string, Tensor>>} */
export const weightsAt = once(async (id, moment) => {
  const response = await send(`${at(id)}/weights?moment=${moment}`);
  return decode(await response.arrayBuffer()).tensors;
});

/**
 * Where a sample picture's bytes are.
 * @param {string} id
 * @param {string} name
 */
export const sampleUrl = (id, name) => `/api/v1${at(id)}/samples/${encodeURIComponent(name)}`;

/** The bytes of a shipped recording. @type {(id: string, name: string) => Promise<Blob>} */
export const sampleBlob = once(async (id, name) => (await send(`${at(id)}/samples/${encodeURIComponent(name)}`)).blob());

/** How a model does on voices that it never heard; undefined where nobody measured it. @type {(id: string) => Promise<import("gridtime/math/voices.js").Voices | undefined>} */
export const voices = once(async (id) => ((await model(id)).voices ? json(`${at(id)}/voices`) : undefined));

/** How a forecaster does on held-out series; undefined where nobody measured it. @type {(id: string) => Promise<import("gridtime/math/forecast.js").Forecasts | undefined>} */
export const forecasts = once(async (id) => json(`${at(id)}/forecasts`).catch((reason) => (reason?.status === 404 ? undefined : Promise.reject(reason))));
/** What the order of its frames is worth to a model; undefined where nobody measured it. @type {(id: string) => Promise<import("gridtime/math/clip.js").Frames | undefined>} */
export const frames = once(async (id) => ((await model(id)).frames ? json(`${at(id)}/frames`) : undefined));

/** @type {(id: string, sample: string) => Promise<Atlas>} */
export const atlas = once(async (id, sample) => {
  const response = await send(`${at(id)}/samples/${encodeURIComponent(sample)}/atlas`);
  const { tensors, metadata } = decode(await response.arrayBuffer());
  return { head: JSON.parse(metadata.atlas), tensors };
});

/**
 * What was measured about a model over its held-out split; undefined where nothing was.
 * @type {(id: string) => Promise<Record<string, any> | undefined>}
 */
export const studies = once(async (id) => {
  const { studies: parts } = await model(id);
  return parts.length ? json(`${at(id)}/studies`) : undefined; // what is not there is not asked for
});

/**
 * Where the pictures are that a layer's channels answer strongly to.
 * @param {string} id
 * @param {string} layer
 */
export const looksUrl = (id, layer) => `/api/v1${at(id)}/looks/${encodeURIComponent(layer)}`;

/**
 * @param {Input} input
 * @param {Record<string, any>} options crop, shift, moment, edits: see the API's description
 * @param {string} accept
 * @param {AbortSignal | undefined} signal
 * @returns {RequestInit}
 */
export function post(input, options, accept, signal) {
  const chosen = Object.keys(options).length > 0;
  if ("blob" in input) {
    const body = new FormData();
    body.append("file", input.blob, input.name ?? "picture");
    if (chosen) body.append("options", JSON.stringify(options));
    return { method: "POST", body, headers: { accept }, signal };
  }
  const body = JSON.stringify(chosen ? { ...input, options } : input);
  return { method: "POST", body, headers: { accept, "content-type": "application/json" }, signal };
}

/**
 * @param {string} id
 * @param {Input} input
 * @param {Record<string, any>} [options]
 * @param {How} [how]
 * @returns {Promise<Traced>}
 */
export async function trace(id, input, options = {}, how = {}) {
  const query = new URLSearchParams();
  if (how.layers) query.set("layers", how.layers.join(","));
  if (how.steps) query.set("steps", how.steps.join(":"));
  const path = `${at(id)}/trace${query.size ? `?${query}` : ""}`;
  const response = await send(path, post(input, options, SAFETENSORS, how.signal));
  const { tensors, metadata } = decode(await response.arrayBuffer());
  return { answer: JSON.parse(metadata.trace), tensors };
}

/**
 * @param {string} id
 * @param {Input} input
 * @param {Record<string, any>} [options]
 * @param {How} [how]
 * @returns {Promise<Answer>}
 */
export const predict = (id, input, options = {}, how = {}) =>
  json(`${at(id)}/predict`, post(input, options, "application/json", how.signal));

/**
 * Why an answer: `query` names the method, and what it needs; options as for `trace`.
 * @param {string} id
 * @param {Input} input
 * @param {Why} query
 * @param {Record<string, any>} [options]
 * @param {How} [how] its signal
 * @returns {Promise<Explained>}
 */
export async function explain(id, input, query, options = {}, how = {}) {
  const asked = new URLSearchParams({ method: query.method });
  if (query.class !== undefined) asked.set("class", query.class);
  if (query.layer !== undefined) asked.set("layer", query.layer);
  if (query.rows) asked.set("rows", query.rows.join(":"));
  const path = `${at(id)}/explain?${asked}`;
  const response = await send(path, post(input, options, SAFETENSORS, how.signal));
  const { tensors, metadata } = decode(await response.arrayBuffer());
  return { answer: JSON.parse(metadata.explain), tensors };
}

/**
 * @param {string} id
 * @param {Input} input
 * @param {How} [how]
 * @returns {Promise<Effects>}
 */
export const effects = (id, input, how = {}) =>
  json(`${at(id)}/effects`, post(input, {}, "application/json", how.signal));

/**
 * How the error signal of a class fades on its way back through a text.
 * @param {string} id
 * @param {Input} input
 * @param {string} label
 * @param {How} [how]
 * @returns {Promise<GradientAnswer>}
 */
export const gradient = (id, input, label, how = {}) =>
  json(`${at(id)}/gradient?${new URLSearchParams({ class: label })}`, post(input, {}, "application/json", how.signal));

/**
 * How far an answer, or one cell of a layer, moves with each word or row.
 * @param {string} id
 * @param {Input} input
 * @param {{class?: string, at?: number, layer?: string, channel?: number}} query
 * @param {Record<string, any>} [options]
 * @param {How} [how]
 * @returns {Promise<ReachAnswer>}
 */
export const reach = (id, input, query, options = {}, how = {}) => {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]);
  return json(`${at(id)}/reach?${new URLSearchParams(asked)}`, post(input, options, "application/json", how.signal));
};

/** What a changed order does to the held-out accuracy, measured by a command. @type {() => Promise<import("gridtime/math/held.js").Ordered>} */
export const ordered = once(() => json("/lab/order"));

/**
 * The same of a cell that was never trained.
 * @param {Record<string, unknown>} settings
 * @param {How} [how]
 * @returns {Promise<LabAnswer>}
 */
export const lab = (settings, how = {}) =>
  json("/lab/gradients", {
    method: "POST", body: JSON.stringify(settings), signal: how.signal,
    headers: { accept: "application/json", "content-type": "application/json" },
  }); // prettier-ignore
/** @typedef {{sentence: number, text: string, start: number, end: number}} SentenceRows */
/** @typedef {{model: string, sha256: string, layer: string, total: number, source: string, tokens: Token[], sentences?: SentenceRows[]}} StatesAbout */
/** @typedef {{about: StatesAbout, h: Tensor}} States */

/**
 * h of the last recurrent layer after every word of a text, or of the project's sentences.
 * @param {string} id
 * @param {{text: string} | {sample: string} | {corpus: true}} body
 * @param {How} [how] its signal
 * @returns {Promise<States>}
 */
export async function states(id, body, how = {}) {
  const response = await send(`${at(id)}/states`, post(/** @type {any} */ (body), {}, SAFETENSORS, how.signal));
  const { tensors, metadata } = decode(await response.arrayBuffer());
  return { about: JSON.parse(metadata.states), h: /** @type {Tensor} */ (tensors.get("h")) };
}

/** The states of the project's sentences. @type {(id: string) => Promise<States>} */
export const corpus = once((id) => states(id, { corpus: true }));

/**
 * What the units of a reader follow; undefined where nothing was measured.
 * @type {(id: string) => Promise<import("gridtime/math/watched.js").Watched | undefined>}
 */
export const units = once(async (id) => {
  const { units: measured } = await model(id);
  return measured ? json(`${at(id)}/units`) : undefined; // what is not there is not asked for
});

/** Lessons, the answer in one page and the words around them, in one language. @type {(lang: string) => Promise<import("gridtime/math/lesson.js").Texts>} */
export const lessons = once((lang) => json(`/lessons/${encodeURIComponent(lang)}`));

/** How far cells of each kind remember, measured by a command. @type {() => Promise<import("gridtime/math/remember.js").Remembered>} */
export const remembered = once(() => json("/lab/remember"));

/** Which came first: accuracy of the six networks. @type {() => Promise<import("gridtime/math/first.js").First>} */
export const first = once(() => json("/lab/first"));

/**
 * What the six say of two signs that a visitor placed.
 * @param {import("gridtime/math/first.js").Placing} placing
 * @param {How} [how] its signal
 * @returns {Promise<import("gridtime/math/first.js").Answered>}
 */
export const placed = (placing, how = {}) =>
  json("/lab/first", {
    method: "POST", body: JSON.stringify(placing), signal: how.signal,
    headers: { accept: "application/json", "content-type": "application/json" },
  }); // prettier-ignore

/** Readers of sentences with one budget. @type {() => Promise<import("gridtime/math/duel.js").Duel>} */
export const duel = once(() => json("/lab/duel"));

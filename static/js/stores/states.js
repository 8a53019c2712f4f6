/**
 * States of the last recurrent layer, for the views that look at many words at once.
 *
 *     wantOwn(model, input)  -> own     the visitor's sentence, all of it
 *     wantCorpus(model)      -> corpus  the project's sentences, once a network
 *     wantBook(model, text)  -> book    a text pasted or dropped: kept in this page, sent once a network
 *     wantUnits(model)       -> units   what was measured about the units, undefined where nothing was
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { MOST, beginning, ofCorpus, ofText } from "gridtime/math/lines.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {{name: string, text: string, cut: boolean}} Book */
/** @typedef {ReturnType<typeof createStates>} StatesStore */

/** The longest file that is opened, in bytes: longer than any novel. */
const LARGEST = 20_000_000;

/**
 * One kind of states: asked for again only under another key.
 * @template T
 * @param {(signal: AbortSignal, ...args: any[]) => Promise<T>} load
 */
function kept(load) {
  const request = /** @type {import("gridtime/stores/request.js").Request<T>} */ (createRequest());
  let known = "";
  /** @param {string} key @param {...any} args */
  const want = (key, ...args) => {
    if (key === known) return;
    known = key;
    request.run((signal) => load(signal, ...args)).then((done) => {
      if (done === null && known === key) known = ""; // what failed may be asked for again
    });
  };
  const forget = () => {
    known = "";
    request.value.value = null;
  };
  return { ...request, want, forget };
}

export function createStates() {
  const own = kept(async (signal, /** @type {string} */ key, /** @type {string} */ model, /** @type {any} */ input, /** @type {string} */ text) =>
    ofText(key, "your sentence", text, await client.states(model, input, { signal })));
  const corpus = kept(async (_, /** @type {string} */ model) => ofCorpus(model, await client.corpus(model)));
  const book = kept(async (signal, /** @type {string} */ model, /** @type {Book} */ one) =>
    ofText(`${model}\n${one.name}`, one.name, one.text, await client.states(model, { text: one.text }, { signal })));
  const units = kept(async (_, /** @type {string} */ model) => ({ model, watched: await client.units(model) }));
  /** The text that was pasted or dropped. */
  const given = signal(/** @type {Book | null} */ (null));

  /** @param {string} text @param {string} name */
  function give(text, name) {
    given.value = { name, ...beginning(text, MOST) };
  }

  function leave() {
    given.value = null;
    book.forget();
  }

  /** A file as text; what is wrong with it, or "". @param {File} file */
  async function open(file) {
    if (file.size > LARGEST) return `This file is ${Math.round(file.size / 1e6)} MB; the limit is ${LARGEST / 1e6}. Save it smaller.`;
    const text = await file.text();
    if (!text.trim()) return "This file is empty. Pick another text.";
    // What is no text decodes into signs that no text holds.
    const odd = [...text.slice(0, 4000)].filter((sign) => sign === "\ufffd" || sign < "\t").length;
    if (odd > 8) return "Not a text we can read. Save it as plain text (.txt), in UTF-8.";
    give(text, file.name);
    return "";
  }

  return {
    own, corpus, book, units, given, give, open, leave,
    /** @param {string} model @param {any} input @param {string} text */
    wantOwn: (model, input, text) => own.want(`${model}\n${text}`, `${model}\n${text}`, model, input, text),
    /** @param {string} model */
    wantCorpus: (model) => corpus.want(model, model),
    /** @param {string} model */
    wantBook: (model) => {
      const one = given.value;
      if (one) book.want(`${model}\n${one.name}\n${one.text}`, model, one);
    },
    /** @param {string} model */
    wantUnits: (model) => units.want(model, model),
  }; // prettier-ignore
}

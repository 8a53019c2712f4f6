/**
 * The bank page's data as signals: what two trained readers make of each sentence.
 *
 *     want(texts, swap) -> the readers of the word, once -> lines: beliefs at every word (left to
 *                       right), the two-way reader's answer, and the beliefs after a swapped state
 *
 * A sentence that cannot be read leaves its line with a problem; the others stand.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { WORD, target } from "gridtime/math/bank.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/bank.js").Line} Line */
/** @typedef {{to: number, from: {text: string, step: number}}} Swap the line that is given another's state, and whose */
/** @typedef {{model: client.ModelRow, card: Record<string, any>, graph: client.Model["graph"], start: number}} Reader `start`: belief before any word */
/** @typedef {{reader: Reader, both: client.ModelRow | null, bothCard: Record<string, any> | null, label: string, other: string, lines: (Line | Error)[]}} Bank */

/** Readers of the word: models whose name begins with it. @param {client.ModelRow} row */
const readsWord = (row) => row.input === "text" && row.id.startsWith(`${WORD}-`);

/** One number out of one row of probabilities. @param {client.Traced} traced @param {number} classes @param {number} shown */
function beliefs({ tensors }, classes, shown) {
  const data = /** @type {ArrayLike<number>} */ (tensors.get("probabilities")?.data ?? []);
  return Array.from({ length: data.length / classes }, (_, t) => data[t * classes + shown]);
}

/** The reader, and what it believes with nothing read: its state held at zero. @param {AbortSignal} stop */
async function readers(stop) {
  const rows = (await client.models()).filter(readsWord);
  const cards = await Promise.all(rows.map((row) => client.model(row.id)));
  const at = cards.findIndex(({ card }) => card.causal);
  if (at < 0) throw new client.Problem(404, "No reader", `No network here reads the word “${WORD}” from left to right.`);
  const { card, graph } = cards[at];
  const recurrent = graph.findLast(({ op }) => ["lstm", "gru", "rnn"].includes(op));
  const edits = [{ op: "clamp", tensor: `${recurrent?.name}.l${(recurrent?.attributes.num_layers ?? 1) - 1}.h`, step: null, unit: null, value: 0 }];
  const nothing = await client.trace(rows[at].id, { text: WORD }, { edits }, { signal: stop, layers: ["probabilities"] });
  const [start] = beliefs(nothing, card.classes.length, card.classes.length - 1);
  const other = cards.findIndex(({ card: { causal } }) => !causal);
  return { reader: { model: rows[at], card, graph, start }, both: rows[other] ?? null, bothCard: cards[other]?.card ?? null };
}

/**
 * @param {Reader} reader @param {client.ModelRow | null} both @param {string} text
 * @param {Swap["from"] | null} from @param {AbortSignal} stop @returns {Promise<Line>}
 */
async function read({ model, card }, both, text, from, stop) {
  const how = { signal: stop, layers: ["probabilities"] };
  const [traced, whole] = await Promise.all([
    client.trace(model.id, { text }, {}, how),
    both && client.predict(both.id, { text }, {}, { signal: stop }),
  ]);
  const tokens = traced.answer.tokens ?? [];
  const at = target(tokens);
  const classes = card.classes.length;
  const swapped = from && at > 0
    ? beliefs(await client.trace(model.id, { text }, { edits: [{ op: "state", step: at - 1, from }] }, how), classes, classes - 1)
    : null;
  const said = whole?.predictions.find(({ label }) => label === card.classes[classes - 1]);
  return { text, tokens, at, beliefs: beliefs(traced, classes, classes - 1), both: said?.probability ?? null, swapped };
}

export function createBank() {
  const bank = signal(/** @type {Bank | null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<Bank>} */ (createRequest());

  /** @param {string[]} texts @param {Swap | null} swap */
  async function want(texts, swap) {
    const found = await request.run(async (stop) => {
      const known = await readers(stop);
      const lines = await Promise.all(
        texts.map((text, k) =>
          read(known.reader, known.both, text, swap?.to === k ? swap.from : null, stop).catch((problem) => {
            if (stop.aborted || problem.name === "NoContact") throw problem;
            return /** @type {Error} */ (problem);
          }),
        ),
      );
      const [other, label] = known.reader.card.classes;
      return { ...known, label, other, lines };
    });
    if (found) bank.value = found;
  }
  return { bank, want, busy: request.busy, problem: request.problem, retry: request.retry };
}

/**
 * The uses that this server can show, each with the answer to one of its samples.
 *
 *     GET /models -> uses -> their cards and samples -> uses, drawn
 *                                   `-> POST predict, one after another -> answers, as they come
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { usesOf } from "gridtime/math/applications.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/applications.js").Use} Use */
/** @typedef {import("gridtime/components/modelcard.js").Card} Card */
/** @typedef {{use: Use, card: Card, kind: string, sample: client.Sample}} Shown */
/** @typedef {client.Answer | Error} Given */

/** @param {client.ModelRow} row @param {Use} use @returns {Promise<Shown>} */
async function shownOf(row, use) {
  const [{ card }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  const sample = samples.find(({ name }) => name === use.sample) ?? samples[0];
  return { use, card: /** @type {Card} */ (card), kind: row.kind, sample };
}

export function createApplications() {
  const request = /** @type {import("gridtime/stores/request.js").Request<Shown[]>} */ (createRequest());
  const answers = signal(/** @type {Record<string, Given>} */ ({}));

  /** One at a time: a network is read from disk when it is first asked. @param {Shown[]} all @param {AbortSignal} stop */
  async function ask(all, stop) {
    for (const { use, sample } of all) {
      const given = await client.predict(use.model, { sample: sample.name }, use.options, { signal: stop }).catch((reason) => /** @type {Error} */ (reason));
      if (stop.aborted) return;
      answers.value = { ...answers.peek(), [use.id]: given };
    }
  }

  /** @param {string[]} paths of the pages */
  const want = (paths) =>
    request.run(async (stop) => {
      const rows = await client.models();
      const uses = usesOf(rows.map(({ id }) => id), paths);
      const all = await Promise.all(uses.map((use) => shownOf(/** @type {client.ModelRow} */ (rows.find(({ id }) => id === use.model)), use)));
      void ask(all, stop);
      return all;
    });

  return { shown: request.value, busy: request.busy, problem: request.problem, retry: request.retry, answers, want };
}

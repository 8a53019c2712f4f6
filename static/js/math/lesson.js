/**
 * A lesson as the steps that a clicker goes through, and where each of them is.
 *
 *     deck.stop[2]  ask -> view -> view -> view with the answer -> remember
 *                   3      3.1     3.2     3.3                     3.4         `at` of the address
 *     a stop with questions: ask -> view with its answer -> ask -> … -> remember
 */

/** @typedef {{ask: string, answer: string, view: string}} Question */
/**
 * @typedef {object} Stop
 * @property {string} id @property {string} title @property {number} minutes
 * @property {string} predict @property {string} reveal @property {string} remember @property {string} notes
 * @property {string[]} views addresses of this site: path and fragment
 * @property {Question[]} question
 */
/** @typedef {{title: string, about: string, minutes: number, stop: Stop[]}} Deck */
/** @typedef {{id: string, deck: Deck}} Lesson */
/** @typedef {Record<string, string>} Words */
/** @typedef {{says: string, see: string, view: string, claims: string[]}} Line */
/** @typedef {{id: string, title: string, cnn: Line[], rnn: Line[], subtler: Line[]}} Row */
/** @typedef {{title: string, short: string, cnn: string, rnn: string, subtler: string, foot: string, row: Row[]}} Answer */
/** @typedef {{lang: string, languages: {lang: string, name: string}[], words: Words, lessons: Lesson[], answer: Answer, problems: string[]}} Texts */
/**
 * @typedef {object} Step
 * @property {string} at "3.1": stop 3, its second step
 * @property {number} stop index in the deck
 * @property {"ask" | "view" | "remember"} kind
 * @property {string} view what is on screen, or loading under the question
 * @property {string} says the question, the answer ("" while views are still to come), the sentence
 */
/** @typedef {{lesson: string, lang?: string, present?: boolean}} Run */

/** @param {Stop} stop @returns {Omit<Step, "at" | "stop">[]} */
function partsOf(stop) {
  const asked = stop.question.length
    ? stop.question.flatMap(({ ask, answer, view }) => [
        { kind: /** @type {const} */ ("ask"), view, says: ask },
        { kind: /** @type {const} */ ("view"), view, says: answer },
      ])
    : [
        { kind: /** @type {const} */ ("ask"), view: stop.views[0], says: stop.predict },
        ...stop.views.map((view, i) => ({
          kind: /** @type {const} */ ("view"), view, says: i === stop.views.length - 1 ? stop.reveal : "",
        })),
      ]; // prettier-ignore
  return [...asked, { kind: "remember", view: asked[asked.length - 1].view, says: stop.remember }];
}

/** @param {Deck} deck @returns {Step[]} in the order of the lesson */
export const stepsOf = (deck) =>
  deck.stop.flatMap((stop, index) =>
    partsOf(stop).map((part, i) => ({ ...part, at: i ? `${index + 1}.${i}` : `${index + 1}`, stop: index })),
  );

/**
 * The step an address names: the nearest before it where the lesson has been shortened since.
 * @param {Step[]} steps @param {string | undefined} at
 */
export function indexOf(steps, at) {
  const [stop, part] = (at ?? "").split(".").map(Number);
  const found = steps.findLastIndex((step) => {
    const [of, i = 0] = step.at.split(".").map(Number);
    return of < stop || (of === stop && i <= (part || 0));
  });
  return Math.max(0, found);
}

/** The first step of the stop that a step belongs to. @param {Step[]} steps @param {number} index */
export const startOf = (steps, index) => steps.findIndex((step) => step.stop === steps[index].stop);

/** From which minute of the lesson to which a stop goes. @param {Deck} deck @param {number} stop @returns {[number, number]} */
export function minutesOf(deck, stop) {
  const from = deck.stop.slice(0, stop).reduce((sum, one) => sum + one.minutes, 0);
  return [from, from + deck.stop[stop].minutes];
}

/** @param {string} view @param {string[]} paths of the pages there are */
export const isThere = (view, paths) => paths.includes(view.split("#")[0]);

/**
 * Where a step is: its view, with what keeps the lesson going; a view that this version lacks has
 * its place on the page of the lessons.
 * @param {Step} step @param {Run} run @param {string[]} paths
 */
export function hrefOf(step, run, paths) {
  const [path, fragment = ""] = (isThere(step.view, paths) ? step.view : "/lessons").split("#");
  const query = new URLSearchParams(fragment);
  if (run.present) query.set("present", "1");
  query.set("lesson", run.lesson);
  query.set("at", step.at);
  if (run.lang) query.set("lang", run.lang);
  return `${path}#${query.toString().replaceAll("%2C", ",")}`;
}

/** The page of the lessons, at this lesson. @param {Run} run */
export function homeOf({ lesson, lang }) {
  return `/lessons#${new URLSearchParams({ lesson, ...(lang ? { lang } : {}) })}`;
}

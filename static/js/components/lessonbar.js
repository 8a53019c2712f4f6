/**
 * The bar of a lesson over the room, and the card that asks or sums up.
 *
 *     texts + at -> step ─ ask, remember -> card over the room   (it loads behind the question)
 *                        └ view          -> the room; its answer stands in the foot
 *     PageDown, PageUp -> the step after, before: this page's fragment, or another page
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { pageRows } from "gridtime/components/header.js";
import { live } from "gridtime/components/live.js";
import { hrefOf, homeOf, indexOf, minutesOf, startOf, stepsOf } from "gridtime/math/lesson.js";
import { covered, said } from "gridtime/stores/lesson.js";
import { read, texts } from "gridtime/stores/lessontexts.js";
import { blank, notes, present } from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";

/** @typedef {import("gridtime/math/lesson.js").Step} Step */
/** @typedef {import("gridtime/math/lesson.js").Deck} Deck */
/** @typedef {import("gridtime/math/lesson.js").Words} Words */
/**
 * @typedef {object} Now
 * @property {Deck} deck @property {Words} words @property {string} lang
 * @property {Step[]} steps @property {number} index
 */

/** What is on now; null while the texts are on their way. @returns {Now | null} */
function now() {
  const all = texts.value.value;
  const { lesson, at } = state.value;
  const found = all?.lessons.find(({ id }) => id === lesson);
  if (!all || !found) return null;
  const steps = stepsOf(found.deck);
  return { deck: found.deck, words: all.words, lang: all.lang, steps, index: indexOf(steps, at) };
}

/** @param {string} href on this page only the fragment changes: nothing is loaded again */
function go(href) {
  const target = new URL(href, location.href);
  blank.value = false;
  if (target.pathname === location.pathname) location.hash = target.hash;
  else location.assign(target);
}

/** @param {Now} what @param {number} index */
function goTo({ steps }, index) {
  const to = Math.max(0, Math.min(steps.length - 1, index));
  const { lesson = "", lang, at } = state.peek();
  const from = indexOf(steps, at);
  // The view stays as its stop has set it: only the card over it comes or goes.
  if (to !== from && steps[to].view === steps[from].view) {
    blank.value = false;
    return patch({ at: steps[to].at }, { push: true });
  }
  if (to !== from) go(hrefOf(steps[to], { lesson, lang, present: state.peek().present }, pageRows().map(({ path }) => path)));
}

/** @param {Now | null} shown */
function useLessonKeys(shown) {
  const latest = useRef(shown);
  latest.current = shown;
  const on = present.value;
  useEffect(() => {
    /** @param {(what: Now) => number} where */
    const to = (where) => () => latest.current && goTo(latest.current, where(latest.current));
    const next = to(({ index }) => index + 1);
    const previous = to(({ index }) => index - 1);
    const again = to(({ steps, index }) => startOf(steps, index));
    const off = [bind({ PageDown: next, PageUp: previous }, { description: { PageDown: "next step of the lesson", PageUp: "step of the lesson before" } })];
    if (on) {
      off.push(bind({ Space: next, ArrowRight: next, ArrowLeft: previous }, { idle: true, description: "next or previous step of the lesson" }));
      off.push(bind({ F5: again }, { description: "question of this stop" }));
    }
    return () => off.forEach((stop) => stop());
  }, [on]);
}

/** What the page around the bar must know. @param {Now | null} shown */
function useSaid(shown) {
  const step = shown?.steps[shown.index];
  const stop = shown && step ? shown.deck.stop[step.stop] : undefined;
  const card = Boolean(step && step.kind !== "view");
  useEffect(() => {
    covered.value = card;
    said.value = { answer: step && !card ? step.says : "", notes: stop?.notes ?? "", lang: shown?.lang ?? "" };
    if (step?.says) live(step.says);
    return () => {
      covered.value = false;
      said.value = { answer: "", notes: "", lang: "" };
    };
  }, [step?.at, step?.says, shown?.lang, card]);
}

/** @param {{shown: Now}} props */
function Card({ shown }) {
  const { deck, words, steps, index, lang } = shown;
  const step = steps[index];
  const stop = deck.stop[step.stop];
  const last = index === steps.length - 1;
  const asks = step.kind === "ask";
  return html`<section class="lesson-card" lang=${lang} aria-label=${asks ? words.predict : words.remember}>
    <p class="lesson-kind">${asks ? words.predict : words.remember}</p>
    <p class="lesson-says">${step.says}</p>
    <p class="lesson-hint">${asks ? words.vote : last ? html`${words.finished} <a href=${`/answer#lang=${lang}`}>${words.page}</a>` : " "}</p>
    ${notes.value && html`<p class="lesson-notes"><strong>${words.notes}:</strong> ${stop.notes}</p>`}
  </section>`;
}

/** @param {{shown: Now}} props */
function Bar({ shown }) {
  const { deck, words, steps, index, lang } = shown;
  const step = steps[index];
  const stop = deck.stop[step.stop];
  const [from, to] = minutesOf(deck, step.stop);
  return html`<nav class="lesson-bar" lang=${lang} aria-label=${deck.title}>
    <p class="lesson-place"><span class="lesson-deck">${deck.title} · </span><span class="lesson-at">${step.stop + 1} / ${deck.stop.length}</span> <strong>${stop.title}</strong></p>
    <p class="lesson-time">${from}–${to} / ${deck.minutes} ${words.minutes}</p>
    <progress class="lesson-progress" value=${index + 1} max=${steps.length} aria-label=${deck.title}></progress>
    <button type="button" class="tool" aria-label=${words.previous} title="${words.previous} (Page Up)" disabled=${index === 0} onClick=${() => goTo(shown, index - 1)}>◀</button>
    <button type="button" class="tool" aria-label=${words.next} title="${words.next} (Page Down)" disabled=${index === steps.length - 1} onClick=${() => goTo(shown, index + 1)}>▶</button>
    <a class="tool lesson-end" href=${homeOf({ lesson: state.value.lesson ?? "", lang: state.value.lang })} aria-label=${words.end} title=${words.end}>✕</a>
  </nav>`;
}

/** What is said where the lesson cannot go on. */
function Lost() {
  const problem = texts.problem.value;
  const all = texts.value.value;
  if (!problem && !all) return html`<div class="lesson-bar" aria-busy="true"></div>`;
  const why = problem ? problem.message : all?.words.unknown;
  return html`<p class="lesson-bar" role="alert">${why} <a href="/lessons">${all?.words.lessons ?? "Lessons"}</a></p>`;
}

export function LessonBar() {
  const { lang } = state.value;
  useEffect(read, [lang]);
  const shown = now();
  useLessonKeys(shown);
  useSaid(shown);
  if (!shown) return html`<${Lost} />`;
  const card = shown.steps[shown.index].kind !== "view";
  return html`<${Bar} shown=${shown} />${card && html`<${Card} shown=${shown} />`}`;
}

/**
 * The lessons to choose from: what each stop asks, shows and leaves behind, for the teacher.
 *
 *     texts -> one article a lesson: start, plan by the minute, notes | what is wrong in a file
 */
import { html } from "gridtime/lib/html.js";
import { hrefOf, isThere, minutesOf, stepsOf } from "gridtime/math/lesson.js";

/** @typedef {import("gridtime/math/lesson.js").Texts} Texts */
/** @typedef {import("gridtime/math/lesson.js").Lesson} Lesson */
/** @typedef {import("gridtime/math/lesson.js").Stop} Stop */

/** @param {{texts: Texts, lesson: Lesson, index: number, paths: string[]}} props */
function StopRow({ texts, lesson, index, paths }) {
  const { words, lang } = texts;
  const stop = lesson.deck.stop[index];
  const [from, to] = minutesOf(lesson.deck, index);
  const [first] = stepsOf(lesson.deck).filter((step) => step.stop === index);
  const shown = stop.question.length ? stop.question.map(({ view }) => view) : stop.views;
  return html`<li class="stop">
    <p class="stop-time">${from}–${to} ${words.minutes}</p>
    <div class="stop-text">
      <h3><a href=${hrefOf(first, { lesson: lesson.id, lang }, paths)}>${index + 1}. ${stop.title}</a></h3>
      ${stop.question.length ? stop.question.map(({ ask, answer }) => html`<p>${ask} <span class="stop-answer">${answer}</span></p>`) : html`<p>${stop.predict} <span class="stop-answer">${stop.reveal}</span></p>`}
      <p class="stop-remember"><strong>${words.remember}:</strong> ${stop.remember}</p>
      <p class="stop-notes"><strong>${words.notes}:</strong> ${stop.notes}</p>
      ${!shown.every((view) => isThere(view, paths)) && html`<p class="stop-missing">${words.missing}</p>`}
    </div>
  </li>`;
}

/** @param {{texts: Texts, lesson: Lesson, paths: string[]}} props */
function Plan({ texts, lesson, paths }) {
  const { words, lang } = texts;
  const { deck, id } = lesson;
  const [first] = stepsOf(deck);
  return html`<article class="plan" id=${id} aria-label=${deck.title}>
    <header class="plan-head">
      <h2>${deck.title}</h2>
      <p>${deck.about}</p>
      <p class="row">
        <a class="button plan-start" href=${hrefOf(first, { lesson: id, lang, present: true }, paths)}>${words.start}</a>
        <a class="button" href=${hrefOf(first, { lesson: id, lang }, paths)}>${words.rehearse}</a>
        <span>${deck.minutes} ${words.minutes}</span>
      </p>
    </header>
    <ol class="stops">${deck.stop.map((_, index) => html`<${StopRow} texts=${texts} lesson=${lesson} index=${index} paths=${paths} />`)}</ol>
  </article>`;
}

/** @param {{texts: Texts, chosen?: string, paths: string[]}} props chosen: the lesson an address names comes first */
export function Plans({ texts, chosen, paths }) {
  const { words, lang, problems } = texts;
  const ordered = [...texts.lessons].sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
  const unknown = chosen && !texts.lessons.some(({ id }) => id === chosen);
  return html`<div class="plans" lang=${lang}>
    ${problems.map((problem) => html`<p class="trouble" role="alert" lang="en">${problem}</p>`)}
    ${unknown && html`<p class="trouble" role="status">${words.unknown}</p>`}
    <div class="plans-about">
      <p>${words.about} ${words.rooms}</p>
      <p>${words.keys}</p>
      <p class="plans-answer"><a href=${`/answer#lang=${lang}`}>${words.page}</a><span class="plans-files"> · ${words.files}</span></p>
    </div>
    <div class="plans-all">${ordered.map((lesson) => html`<${Plan} key=${lesson.id} texts=${texts} lesson=${lesson} paths=${paths} />`)}</div>
  </div>`;
}

/** A stop whose view this version has not. @param {{texts: Texts, stop: Stop | undefined}} props */
export function Missing({ texts, stop }) {
  return html`<div class="missing" lang=${texts.lang}>
    <h2>${stop?.title}</h2>
    <p>${texts.words.missing}</p>
  </div>`;
}

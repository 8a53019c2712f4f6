/**
 * The page of the lessons: choose one, read its plan; a stop whose view is missing stands here too.
 *
 *     address lang, lesson, at + GET /lessons/{lang} -> Plans | Missing, in the Frame
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { pageRows } from "gridtime/components/header.js";
import { Trouble } from "gridtime/components/trouble.js";
import { indexOf, stepsOf } from "gridtime/math/lesson.js";
import { wide } from "gridtime/stores/ui.js";
import { running } from "gridtime/stores/lesson.js";
import { read, texts } from "gridtime/stores/lessontexts.js";
import { patch, state } from "gridtime/stores/url.js";
import { Languages } from "gridtime/views/lessons/language.js";
import { Missing, Plans } from "gridtime/views/lessons/plan.js";

/** @typedef {import("gridtime/math/lesson.js").Texts} Texts */

const paths = pageRows().map(({ path }) => path);

/** @param {{all: Texts}} props */
function View({ all }) {
  const { lesson, at } = state.value;
  const found = all.lessons.find(({ id }) => id === lesson);
  if (!running.value || !found) return html`<${Plans} texts=${all} chosen=${lesson} paths=${paths} />`;
  const steps = stepsOf(found.deck);
  return html`<${Missing} texts=${all} stop=${found.deck.stop[steps[indexOf(steps, at)].stop]} />`;
}

function Page() {
  const { lang } = state.value;
  useEffect(read, [lang]);
  const all = texts.value.value;
  const switcher = all && html`<${Languages} texts=${all} onPick=${(/** @type {string} */ to) => patch({ lang: to }, { push: true })} />`;
  return html`<${Frame} room="lessons" heading=${all?.words.lessons ?? "Lessons"} actions=${wide.value && switcher} onRetry=${texts.retry}
    caption=${all && !running.value && html`<span lang=${all.lang}>${all.words.screen}</span>`}>
    ${!wide.value && !running.value && switcher}
    <${Trouble} problem=${texts.problem.value} onRetry=${texts.retry} />
    ${all && html`<${View} all=${all} />`}
    <${Busy} on=${texts.busy.value} />
  <//>`;
}

const app = document.getElementById("app");
if (app) render(html`<${Page} />`, app);

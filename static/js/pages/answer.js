/**
 * The answer in one page, on screen and on paper.
 *
 *     address lang, stop + GET /lessons/{lang} -> AnswerTable, in the Frame
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { pageRows } from "gridtime/components/header.js";
import { Trouble } from "gridtime/components/trouble.js";
import { read, texts } from "gridtime/stores/lessontexts.js";
import { present, wide } from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { AnswerTable, walk } from "gridtime/views/lessons/answer.js";
import { Languages } from "gridtime/views/lessons/language.js";

/** @typedef {import("gridtime/math/lesson.js").Texts} Texts */

const paths = pageRows().map(({ path }) => path);

/** @param {{all: Texts}} props */
const Actions = ({ all }) => html`<div class="row">
  <button type="button" class="button" lang=${all.lang} onClick=${() => print()}>${all.words.print}</button>
  <${Languages} texts=${all} onPick=${(/** @type {string} */ to) => patch({ lang: to }, { push: true })} />
</div>`;

function Page() {
  const { lang, stop } = state.value;
  useEffect(read, [lang]);
  const all = texts.value.value;
  return html`<${Frame} room="lessons" heading=${all?.words.page ?? "The answer in one page"} onRetry=${texts.retry}
    actions=${wide.value && all && html`<${Actions} all=${all} />`} walk=${all ? walk(all.answer) : []}
    caption=${all && html`<span lang=${all.lang}>${all.answer.foot}</span>`}>
    ${!wide.value && all && html`<${Actions} all=${all} />`}
    <${Trouble} problem=${texts.problem.value} onRetry=${texts.retry} />
    ${all && html`<${AnswerTable} answer=${all.answer} lang=${all.lang} paths=${paths} part=${present.value ? (stop ?? "short") : "all"} />`}
    <${Busy} on=${texts.busy.value} />
  <//>`;
}

const app = document.getElementById("app");
if (app) render(html`<${Page} />`, app);

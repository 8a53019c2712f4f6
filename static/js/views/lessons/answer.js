/**
 * The answer in one page: purpose, structure, memory, inputs, uses, limits of both kinds, and where
 * it is subtler. Every sentence leads to the view that shows it.
 *
 *     answer -> table (aspect | CNN | RNN | subtler); `part`: one row, as large as a projector needs
 */
import { html } from "gridtime/lib/html.js";
import { isThere } from "gridtime/math/lesson.js";

/** @typedef {import("gridtime/math/lesson.js").Answer} Answer */
/** @typedef {import("gridtime/math/lesson.js").Line} Line */
/** @typedef {import("gridtime/math/lesson.js").Row} Row */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

/** @param {{line: Line, paths: string[]}} props */
const Says = ({ line, paths }) => html`<li>
  <span>${line.says}</span>${" "}
  ${isThere(line.view, paths) ? html`<a class="answer-see" href=${line.view} lang="en" data-claims=${line.claims.join(" ")}>${line.see}</a>` : html`<span class="answer-see" lang="en">${line.see}</span>`}
</li>`;

/** @param {{title: string, lines: Line[], paths: string[]}} props title: for phones, where cells stand under each other */
const Cell = ({ title, lines, paths }) => html`<td>
  <p class="answer-column" aria-hidden="true">${title}</p>
  <ul>${lines.map((line) => html`<${Says} line=${line} paths=${paths} />`)}</ul>
</td>`;

/** The stops of a projector: a row at a time. @param {Answer} answer @returns {Stop[]} */
export const walk = (answer) => [
  { id: "short", caption: answer.short },
  ...answer.row.map(({ id, title }) => ({ id, caption: title })),
];

/**
 * @param {{answer: Answer, lang: string, paths: string[], part?: string}} props
 *   part: "all", "short" or the id of a row
 */
export function AnswerTable({ answer, lang, paths, part = "all" }) {
  const rows = part === "all" ? answer.row : answer.row.filter(({ id }) => id === part);
  return html`<article class="answer ${part === "all" ? "" : "answer-part"}" lang=${lang}>
    ${(part === "all" || !rows.length) && html`<header class="answer-head"><h2>${answer.title}</h2><p>${answer.short}</p></header>`}
    ${rows.length > 0 && html`<table class="answer-table">
      <thead><tr><td></td><th scope="col">${answer.cnn}</th><th scope="col">${answer.rnn}</th><th scope="col">${answer.subtler}</th></tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>
          <th scope="row">${row.title}</th>
          <${Cell} title=${answer.cnn} lines=${row.cnn} paths=${paths} />
          <${Cell} title=${answer.rnn} lines=${row.rnn} paths=${paths} />
          <${Cell} title=${answer.subtler} lines=${row.subtler} paths=${paths} />
        </tr>`)}
      </tbody>
    </table>`}
    ${part === "all" && html`<p class="answer-foot">${answer.foot}</p>`}
  </article>`;
}

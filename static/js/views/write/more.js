/**
 * Below the step: the same beginning at three temperatures; how well the network guesses; its limits.
 */
import { html } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { exact } from "gridtime/components/num.js";
import { Trouble } from "gridtime/components/trouble.js";
import { count, number, plural } from "gridtime/math/format.js";
import { heldOut, ownBits, scoreBits } from "gridtime/views/write/scene.js";
import { Ink } from "gridtime/views/write/text.js";

/** @typedef {import("gridtime/views/write/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/writing.js").Made} Made */
/** @typedef {import("gridtime/stores/writing.js").Heats} Versions */

/** @param {number} value */
const Bits = (value) => html`<span class="num" data-value=${exact(value)}>${number(value)}</span>`;

/**
 * @param {{room: Room, versions: Versions | null, temperatures: number[]}} props versions: null until they were asked for
 */
export function Heats({ room, versions, temperatures }) {
  const { store, look } = room;
  const named = `${temperatures.slice(0, -1).map((t) => number(t, 1)).join(", ")} and ${number(temperatures[temperatures.length - 1], 1)}`;
  return html`<section class="heats" aria-label="Three temperatures">
    ${!look.present && html`<div class="save-head"><h2>The same beginning at ${temperatures.length} temperatures</h2>${!versions && html`<button type="button" class="button" onClick=${store.wantHeats}>Write it at ${named}</button>`}</div>`}
    <${Trouble} problem=${store.trouble.value} onRetry=${store.wantHeats} /><${Busy} on=${store.comparing.value} />
    ${versions && html`<ul class="heats-list">${versions.versions.map(({ heat, letters, score }) => html`<li key=${heat}>
      <h3>T = ${number(heat, 1)}<span class="small"> ${Bits(scoreBits(score))} bits a letter</span></h3>
      <div class="heats-text" tabindex="0" role="group" aria-label="Written at temperature ${number(heat, 1)}"><p aria-hidden="true"><${Ink} letters=${letters} /></p><p class="unseen">${letters.map(({ text }) => text).join("")}</p></div></li>`)}</ul>
      ${!look.present && html`<p class="small">The same random numbers each time. Bits a letter: how unlikely the network itself, at temperature 1, holds what was written.</p>`}`}
  </section>`;
}

/**
 * Bits a letter: the visitor's beginning, the held-out texts, the plain way.
 * @param {{made: Made}} props
 */
export function Figures({ made }) {
  const own = ownBits(made);
  const held = heldOut(made.net);
  const even = Math.log2(made.net.card.classes.length);
  const cut = made.start > 0 ? `the last ${count(made.lead - made.start)} letters of your beginning` : "this beginning";
  const rows = [
    ...(own ? [{ name: cut, bits: own.bits, n: own.n }] : []),
    ...(held ? [{ name: `texts it never read (${held.split})`, bits: held.value, n: held.n }, { name: `the same, by a ${held.baseline_name}`, bits: held.baseline, n: held.n }] : []),
    { name: `every one of ${made.net.card.classes.length} letters alike`, bits: even, n: 0 },
  ];
  return html`<section class="guesses" aria-label="How well it guesses">
    <h2>How well it guesses: bits a letter, fewer are better</h2>
    <table><thead><tr><th scope="col">text</th><th scope="col"><span class="unseen">bar</span></th><th scope="col">bits</th><th scope="col">letters</th></tr></thead>
      <tbody>${rows.map(({ name, bits, n }) => html`<tr key=${name}><th scope="row">${name}</th><td class="guesses-bar" aria-hidden="true"><i style=${{ width: `${Math.min(100, (100 * bits) / even)}%` }}></i></td><td><span class="num" data-value=${exact(bits)}>${number(bits, 3)}</span></td><td>${n ? count(n) : ""}</td></tr>`)}</tbody></table>
    <p class="small">A bit is one question answered by yes or no: 1 bit, two letters alike likely.${held ? html` Held-out figures by <code>${held.command}</code>.` : ""}</p>
  </section>`;
}

/** What it was made of and what it cannot do, as its card says. @param {{made: Made}} props */
export function Limits({ made }) {
  const { limits, data } = made.net.card;
  const read = data.filter((/** @type {any} */ { split }) => !/never trained/.test(split));
  return html`<section class="limits" aria-label="What it cannot do">
    <h2>What it read, and what it cannot do</h2>
    <p>It read ${read.map((/** @type {any} */ { source }) => source.split(";")[0]).join("; ")}: ${plural(read.reduce((/** @type {number} */ sum, /** @type {any} */ { n }) => sum + n, 0), "letter")}.</p>
    <ul class="card-list">${limits.map((/** @type {string} */ text) => html`<li key=${text}>${text}</li>`)}</ul>
  </section>`;
}

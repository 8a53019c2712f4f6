/**
 * What may follow a frame later: first what the eye is on, then what explains it.
 *
 *     key -> the word, its belief, the beat (this frame) -> other beats, formula, votes (the next ones)
 *
 * A step changes some fifty texts; drawn and laid out together they take longer than a key may, so
 * each frame draws for a few milliseconds and leaves the rest to the next.
 * What has the property `now` does not wait.
 */
import { Component } from "gridtime/lib/html.js";

/** A hidden tab draws no frames. */
const HIDDEN = 60;

/** Milliseconds of drawing in one frame; layout comes on top. */
const SLICE = 1.5;

/** In the order in which they are drawn. @type {Set<Trailing>} */
const waiting = new Set();
let frame = 0;
let timer = 0;

async function draw() {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  const from = performance.now();
  for (const one of waiting) {
    waiting.delete(one);
    one.forceUpdate();
    await null; // preact draws what is asked for in a task of its own, which comes first
    if (performance.now() - from > SLICE) break;
  }
  frame = timer = 0;
  if (waiting.size) ask();
}

function ask() {
  frame = requestAnimationFrame(draw);
  timer = window.setTimeout(draw, HIDDEN);
}

/** @param {Trailing} one */
function later(one) {
  waiting.add(one);
  if (!frame) ask();
}

export class Trailing extends Component {
  /** @param {{now?: boolean}} next */
  shouldComponentUpdate(next) {
    if (next.now) waiting.delete(this);
    else later(this);
    return Boolean(next.now);
  }

  componentWillUnmount() {
    waiting.delete(this);
  }

  /** @param {{now?: boolean, children?: import("gridtime/lib/html.js").Children}} props */
  render({ children }) {
    return children;
  }
}

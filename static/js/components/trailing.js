/**
 * What may follow one frame later: first what the eye is on, then what explains it.
 *
 *     key -> the word, its belief, the beat (this frame) -> other beats, votes, formula (the next)
 *
 * A step changes some fifty texts; laid out together they take longer than a key may.
 * What has the property `now` does not wait.
 */
import { Component } from "gridtime/lib/html.js";

/** A hidden tab draws no frames. */
const HIDDEN = 60;

/** All that waits is drawn in one go. @type {Set<Trailing>} */
const waiting = new Set();
let frame = 0;
let timer = 0;

function draw() {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = timer = 0;
  const all = [...waiting];
  waiting.clear();
  for (const one of all) one.forceUpdate();
}

/** @param {Trailing} one */
function later(one) {
  waiting.add(one);
  if (frame) return;
  frame = requestAnimationFrame(draw);
  timer = window.setTimeout(draw, HIDDEN);
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

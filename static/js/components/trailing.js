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

export class Trailing extends Component {
  frame = 0;
  timer = 0;

  /** @param {{now?: boolean}} next */
  shouldComponentUpdate(next) {
    if (next.now) return this.cancel(), true;
    if (this.frame) return false;
    const draw = () => (this.cancel(), this.forceUpdate());
    this.frame = requestAnimationFrame(draw);
    this.timer = window.setTimeout(draw, HIDDEN);
    return false;
  }

  cancel() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
  }

  componentWillUnmount() {
    this.cancel();
  }

  /** @param {{now?: boolean, children?: import("gridtime/lib/html.js").Children}} props */
  render({ children }) {
    return children;
  }
}

/**
 * Words coloured by one unit's value: the activation scale behind each, hatched below it where
 * negative. The words are drawn once; another unit writes only their colours.
 */
import { html, written } from "gridtime/lib/html.js";
import { activation, colourOf, css, digitInk } from "gridtime/math/colour.js";

/** @typedef {import("gridtime/math/lines.js").Piece} Piece */
/**
 * @typedef {object} ColouredProps
 * @property {string} of         whose words these are: another text is drawn anew
 * @property {Piece[]} pieces    of the whole text
 * @property {number} start
 * @property {number} end
 * @property {ArrayLike<number>} values  one a word of the whole text
 * @property {number} limit      ends of the scale
 * @property {"light" | "dark"} theme
 * @property {number} at         the marked word; −1: none
 * @property {boolean} [steps]   a click on a word chooses it
 */

/** Below this part of the scale a word counts as neither. */
const NOTHING = 0.02;

/** @param {HTMLElement} element @param {ColouredProps} props */
function paint(element, { start, values, limit, theme, at }) {
  const words = element.querySelectorAll(".hue");
  const table = activation(theme);
  words.forEach((word, k) => {
    const v = values[start + k];
    const colour = colourOf(v, limit, table);
    const style = /** @type {HTMLElement} */ (word).style;
    style.backgroundColor = css(colour);
    style.color = digitInk(colour);
    word.className = `hue${v < -NOTHING * limit ? " is-minus" : ""}${start + k === at ? " is-at" : ""}`;
  });
}

export const Coloured = written(
  /** @param {ColouredProps} props */
  ({ of, start, end, steps }) => [of, start, end, Boolean(steps)],
  ({ pieces, start, end, steps }, ref) =>
    html`<span class="coloured" ref=${ref} dir="auto">${pieces
      .slice(start, end)
      .map(({ text, gap }, k) => html`${k > 0 && gap === 2 ? html`<br /><br />` : k > 0 && gap ? " " : ""}<span class="hue" data-word=${steps ? start + k : undefined}>${text}</span>`)}</span>`,
  paint,
);

/**
 * The words of a text as columns: word, level of belief, per cent.
 *
 *     token, belief ─> button (chooses; a second click opens) over a track filled to the belief
 *
 * A step that is not read yet is a dashed outline and says so.
 */
import { html, steady, useCallback, useRef } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { exact } from "gridtime/components/num.js";

/** @typedef {"read" | "unread" | "hidden"} Stage  hidden: read, but the answer is kept back for a vote */
/**
 * @typedef {object} WordProps
 * @property {number} t
 * @property {number} total
 * @property {{text: string, known: boolean}} token
 * @property {number | null} belief in the shown class
 * @property {string} label         of that class
 * @property {boolean} chosen
 * @property {Stage} stage
 * @property {boolean} [next]       the one step that may be read now
 * @property {boolean} [plain]      no level under the word
 * @property {number} size          of the letters, in rem
 * @property {(t: number) => void} onChoose
 */

/** A probability as it is shown, with its exact value. @param {{value: number, class?: string}} props */
export const Share = ({ value, class: name = "" }) =>
  html`<span class="num ${name}" data-value=${exact(value)}>${percent(value)}</span>`;

/** What a screen reader hears for one word. @param {WordProps} props */
function said({ t, total, token, belief, label, stage }) {
  const place = `word ${t + 1} of ${total}: ${token.text}`;
  const fresh = token.known ? "" : ", new to this network";
  if (stage === "unread") return `${place}${fresh}, not read yet`;
  return belief === null || stage === "hidden"
    ? `${place}${fresh}`
    : `${place}${fresh}; ${label} ${percent(belief)}`;
}

/**
 * The level: filled for the shown class, hatched for the other.
 * @param {{belief: number | null, stage: Stage}} props
 */
export function Level({ belief, stage }) {
  const open = stage !== "read" || belief === null;
  return html`<span class="level ${open ? "level-open" : ""} ${stage === "unread" ? "level-unread" : ""}" aria-hidden="true">
    ${!open && html`<span class="level-fill" style=${{ "--level": String(belief) }}></span>`}
    ${stage === "unread" && html`<span class="level-note">not read yet</span>`}
  </span>`;
}

/** @param {WordProps} props */
export function Word(props) {
  const { t, token, belief, chosen, stage, next = false, plain = false, size, onChoose } = props;
  const classes = ["word", chosen && "is-chosen", stage === "unread" && "is-unread", next && "is-next"];
  return html`<li class=${classes.filter(Boolean).join(" ")}>
    <button
      type="button"
      class="word-button"
      dir="auto"
      data-step=${t}
      tabindex=${chosen ? 0 : -1}
      aria-label=${said(props)}
      aria-current=${chosen ? "step" : undefined}
      aria-disabled=${stage === "unread" && !next ? "true" : undefined}
      title=${token.text}
      onClick=${() => onChoose(t)}
    >
      <span class="word-text ${token.known ? "" : "is-new"}" style=${{ "--word-size": String(size) }}>${token.text.trim() ? token.text : "␣"}</span>
    </button>
    ${
      !plain &&
      html`<span class="word-level" onClick=${() => onChoose(t)}>
      <${Level} belief=${belief} stage=${stage} />
      ${stage === "read" && belief !== null ? html`<${Share} value=${belief} class="word-share" />` : html`<span class="word-share">${"\u00a0"}</span>`}
    </span>`
    }
  </li>`;
}

const SteadyWord = steady(Word);

/**
 * Words that are drawn again only when something of them changed: a step key then touches two, not
 * all.
 * @param {(t: number) => void} onChoose
 * @returns {(props: Omit<WordProps, "onChoose">) => import("gridtime/lib/html.js").VNode}
 */
export function useWord(onChoose) {
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const choose = useCallback((/** @type {number} */ t) => latest.current(t), []);
  return (props) => html`<${SteadyWord} key=${props.t} ...${props} onChoose=${choose} />`;
}

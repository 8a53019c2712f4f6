/**
 * All units, those that move the answer most first; a mark where one follows something simple.
 */
import { html, useEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { Switch } from "gridtime/components/switch.js";
import { chooseColumn, columnOf, columnsOf, unitName } from "gridtime/views/rnn/watching.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** What the property of a unit is called in a list. @type {Record<string, string>} */
const SHORT = {
  negation: "negation", negated: "after a negation", "near-negation": "near a negation", turned: "after “but”", praise: "praise", blame: "blame",
  praised: "last was praise", blamed: "last was blame", watered: "after water", paid: "after money", quoted: "in quotes", begun: "begin", late: "late in it", sign: "signs", end: "end",
  article: "the, a", pronoun: "pronouns", be: "to be", preposition: "prepositions", number: "numbers", asking: "questions",
  vowel: "vowels", space: "spaces", capital: "capitals", initial: "word begins", inside: "inside words",
}; // prettier-ignore

/** @param {{room: Room, units: import("gridtime/math/watched.js").Watched | null | undefined}} props */
export function UnitList({ room, units }) {
  const { s, doings } = room;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const chosen = columnOf(s);
  const most = s.effects ? Math.max(...s.effects) || 1 : 1;
  useEffect(() => {
    const box = list.current;
    const row = /** @type {HTMLElement | null | undefined} */ (box?.querySelector("[aria-pressed=true]"));
    if (!box || !row) return;
    // Only the list scrolls, never the page.
    const [top, height] = [row.offsetTop - box.offsetTop, row.offsetHeight];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  }, [chosen]);
  // The same drawing, not an equal one: a step key then leaves a hundred rows alone.
  const rows = useMemo(() => columnsOf(s).map((column) => {
    const effect = s.reader.last ? (s.effects?.[column - s.reader.column] ?? 0) : 0;
    const follows = units?.units[column]?.follows;
    return html`<li key=${column}><button type="button" class="watch-unit" aria-pressed=${column === chosen} onClick=${() => chooseColumn(room, column)}>
      <span>${unitName(s, column)}</span><span class="watch-effect" aria-hidden="true"><i style=${{ "--part": String(effect / most) }}></i></span><small>${follows ? (SHORT[follows.property] ?? follows.property) : ""}</small></button></li>`;
  }), [chosen, s.ordered, s.effects, s.reader, units]);
  return html`<aside class="watch-list" aria-label="Units">
    <div class="watch-sort"><${Switch} name="Order of the units" chosen=${s.sort} onPick=${doings.sort} options=${[
      ...(s.effects ? [{ id: "effect", text: "effect", title: "By effect: how far the answer moves without the unit" }] : []),
      { id: "number", text: "number", title: "By number" }]} />
      <button type="button" class="tool" aria-label="Unit before" title="Unit before (Shift C)" onClick=${() => doings.nextUnit(-1)}>◀</button>
      <button type="button" class="tool" aria-label="Next unit" title="Next unit (C)" onClick=${() => doings.nextUnit(1)}>▶</button></div>
    <ol class="watch-units" ref=${list}>${rows}</ol>
  </aside>`;
}

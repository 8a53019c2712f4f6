/**
 * The frame of every page.
 *
 *   (a lesson's bar) | header 56 | tabs 40 | stage | foot 96: legend | caption | ◀ ▶
 *   present:              stage | foot 144: caption | "3 of 9" | ◀ ▶
 *
 * Under a lesson's card the frame is inert; the dialogs stand beside it and stay within reach.
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { ContactBar } from "gridtime/components/contactbar.js";
import { Header } from "gridtime/components/header.js";
import { GoTo, Help } from "gridtime/components/help.js";
import { LessonSlot } from "gridtime/components/lesson.js";
import { live } from "gridtime/components/live.js";
import { Tabs } from "gridtime/components/tabs.js";
import { Trailing } from "gridtime/components/trailing.js";
import { useWalk } from "gridtime/components/walk.js";
import { covered, running, said as told } from "gridtime/stores/lesson.js";
import * as ui from "gridtime/stores/ui.js";
import { link } from "gridtime/stores/url.js";

/** @typedef {import("gridtime/lib/html.js").Children} Children */
/** @typedef {import("gridtime/components/tabs.js").Tab} Tab */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */
/** @typedef {import("gridtime/components/walk.js").Walk} Walk */
/**
 * @typedef {object} FrameProps
 * @property {string} room as in the pages table
 * @property {string} [heading] the page's h1 for screen readers; without it the view has its own
 * @property {Tab[]} [tabs]
 * @property {string} [tab]
 * @property {(id: string) => void} [onTab]
 * @property {Children} [actions] in the header
 * @property {Children} [legend]
 * @property {Children} [caption] one sentence; on the walk its stop's own
 * @property {Stop[]} [walk]
 * @property {() => void} [onRetry] the last request once more, after contact was lost
 * @property {Children} [children]
 */

async function copyLink() {
  try {
    await navigator.clipboard.writeText(link());
    return "Link copied.";
  } catch {
    return "Copy the address above: it is the link to this view.";
  }
}

/** @param {(text: string) => void} say */
function useKeys(say) {
  useEffect(
    () =>
      bind(
        {
          "?": () => (ui.helpOpen.value = true),
          f: ui.togglePresent,
          t: ui.toggleTheme,
          g: () => (ui.goOpen.value = true),
          d: ui.toggleDigits,
          h: () => (ui.hatch.value = !ui.hatch.peek()),
          n: () => (ui.notes.value = !ui.notes.peek()),
          l: async () => say(await copyLink()),
          Escape: leave,
        },
        {
          description: {
            "?": "this help", f: "present", t: "theme", g: "go to a room", d: "all digits",
            h: "hatch negative values", n: "notes", l: "copy the link", Escape: "leave the field or full screen",
          }, // prettier-ignore
        },
      ),
    [],
  );
}

/** @param {KeyboardEvent} event */
function leave(event) {
  if (ui.blank.peek()) return void (ui.blank.value = false);
  const target = /** @type {HTMLElement} */ (event.target);
  if (target && target !== document.body) return target.blur();
  return false;
}

/** A short message that goes away: "Link copied." @returns {[string, (text: string) => void]} */
function useToast() {
  const [text, setText] = useState("");
  useEffect(() => {
    if (!text) return undefined;
    live(text);
    const timer = setTimeout(setText, 4000, "");
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}

/** @param {Stop} stop */
const said = ({ caption }) => (typeof caption === "function" ? caption() : caption);

/** @param {{walk: Walk, legend?: Children, caption?: Children}} props */
function Foot({ walk, legend, caption }) {
  const { stops, at } = walk;
  const stop = stops[at];
  const present = ui.present.value;
  const { answer, notes, lang } = told.value;
  const about = notes || stop?.notes;
  return html`<footer class="foot">
    ${!present && html`<div class="foot-legend">${legend}</div>`}
    <div class="foot-caption">
      <p>${stop ? said(stop) : caption}</p>
      ${answer && html`<p class="foot-answer" lang=${lang}>${answer}</p>`}
      ${ui.notes.value && about && html`<p class="foot-notes" lang=${notes ? lang : undefined}>${about}</p>`}
    </div>
    ${stops.length > 0 &&
    !running.value &&
    html`<nav class="foot-walk" aria-label="Walk">
      <button type="button" class="tool" aria-label="Previous stop" disabled=${at <= 0} onClick=${walk.previous}>◀</button>
      <span class="foot-place">${at < 0 ? `${stops.length} stops` : `${at + 1} of ${stops.length}`}</span>
      <button type="button" class="tool" aria-label="Next stop" disabled=${at === stops.length - 1} onClick=${walk.next}>▶</button>
    </nav>`}
  </footer>`;
}

/** @param {FrameProps} props */
export function Frame(props) {
  const { room, heading, tabs = [], tab = tabs[0]?.id ?? "", onTab, actions, legend, caption, walk: stops = [], children } = props;
  const [toast, say] = useToast();
  useKeys(say);
  const walk = useWalk(stops);
  const present = ui.present.value;
  return html`<${LessonSlot} /><div class="frame ${tabs.length ? "" : "frame-untabbed"}" inert=${covered.value}>
    <${Trailing}>
      ${!present && html`<${Header} room=${room} actions=${actions} />`}
      ${!present && tabs.length > 0 && html`<${Tabs} tabs=${tabs} tab=${tab} onTab=${onTab ?? (() => undefined)} />`}
    <//>
    <section class="stage" aria-label=${heading ?? "View"}>
      ${heading && html`<h1 class="unseen">${heading}</h1>`}
      ${ui.tooNarrow.value && html`<p class="trouble" role="status">Present mode needs a wider screen.</p>`}
      ${children}
    </section>
    <${Trailing}><${Foot} walk=${walk} legend=${legend} caption=${caption} /><//>
    <${ContactBar} onRetry=${props.onRetry} />
    ${toast && html`<p class="toast" aria-hidden="true">${toast}</p>`}
    ${present && ui.blank.value && html`<div class="blank" aria-hidden="true"></div>`}
  </div>
  <${Help} />
  <${Trailing}><${GoTo} tabs=${tabs} onTab=${onTab} /><//>`;
}

/**
 * One beat: its button (key 1–5), its lanes, and on a phone its sentence; a beat to come is an outline.
 */
import { html, steady } from "gridtime/lib/html.js";
import { Trailing } from "gridtime/components/trailing.js";
import { shownIn } from "gridtime/math/beats.js";
import { Inputs } from "gridtime/views/rnn/inputs.js";
import { LaneRow, Outline } from "gridtime/views/rnn/lanes.js";

/** @param {{index: number, id: string, name: string, chosen: boolean, onPick: (id: string) => void}} props */
const BeatButton = steady(
  ({ index, id, name, chosen, onPick }) =>
    html`<button type="button" class="beat-button" aria-pressed=${chosen} onClick=${() => onPick(id)}><kbd aria-hidden="true">${index + 1}</kbd> ${name}</button>`,
);

/**
 * @param {{index: number, id: string, name: string, at: number, limit: number, open: string, told: any, answer: any,
 *   s: import("gridtime/math/scene.js").Scene, step: NonNullable<ReturnType<typeof import("gridtime/math/scene.js").stepOf>>,
 *   look: import("gridtime/views/rnn/strip.js").Look, doings: import("gridtime/views/rnn/strip.js").Doings}} props
 */
export function Beat({ index, id, name, at, limit, open, told, answer, s, step, look, doings }) {
  if (look.present && index !== at) return null;
  const { kind } = s.reader;
  const own = look.present
    ? shownIn(kind, index, step.lanes)
    : step.lanes.filter((lane) => lane.beat === index);
  const later = index > at;
  return html`<section class="beat ${later ? "is-later" : ""} ${index === at ? "is-chosen" : ""}" data-beat=${id}>
    ${
      !look.present &&
      html`<${BeatButton} index=${index} id=${id} name=${name} chosen=${index === at} onPick=${doings.beat} />`
    }
    <div class="beat-body">
      ${look.narrow && !later && html`<p class="beat-told">${told}</p>`}
      ${id === "read" && !later && html`<${Trailing}><${Inputs} s=${s} step=${step} look=${look} /><//>`}
      ${
        later
          ? html`<${Outline} lanes=${own} />`
          : own.map(
              (lane) =>
                html`<${LaneRow} key=${lane.id} lane=${lane} kind=${kind} limit=${limit} digits=${3} opened=${open !== "" && open === lane.signal} onOpen=${doings.gate} />`,
            )
      }
      ${id === "predict" && (answer || html`<div class="beliefs-later" aria-hidden="true"></div>`)}
    </div>
  </section>`;
}

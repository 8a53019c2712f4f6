/**
 * The uses of both kinds of network, each with a working one.
 *
 *     store (stores/applications) -> views/applications/view.js, in the Frame
 */
import { html, render } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { pageRows } from "gridtime/components/header.js";
import { Trouble } from "gridtime/components/trouble.js";
import { createApplications } from "gridtime/stores/applications.js";
import { present, reducedMotion } from "gridtime/stores/ui.js";
import { state } from "gridtime/stores/url.js";
import { Applications, walk } from "gridtime/views/applications/view.js";

const store = createApplications();
const load = () => void store.want(pageRows().map(({ path }) => path));

function Page() {
  const all = store.shown.value;
  const stops = all ? walk(all) : [];
  return html`<${Frame} room="applications" heading="What they are used for" onRetry=${load} walk=${stops}
    caption="Every answer here is a shipped network's own, to one of its samples. Open one and try yours.">
    <${Trouble} problem=${store.problem.value} onRetry=${store.retry} />
    ${all && html`<${Applications} all=${all} answers=${store.answers.value} still=${reducedMotion.value} part=${present.value ? (state.value.stop ?? stops[0]?.id ?? "all") : "all"} />`}
    <${Busy} on=${store.busy.value} />
  <//>`;
}

const app = document.getElementById("app");
load();
if (app) render(html`<${Page} />`, app);

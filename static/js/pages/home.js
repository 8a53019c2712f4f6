/**
 * The home page.
 */
import { html, render } from "gridtime/lib/html.js";
import { Frame } from "gridtime/components/frame.js";

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
render(html`<${Frame} room="home" caption=""><h1>Gridtime</h1><//>`, app);

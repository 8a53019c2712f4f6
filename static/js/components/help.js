/**
 * Help: the keys bound in this view, and a switch that turns letters off. Go to: every room.
 */
import { html } from "gridtime/lib/html.js";
import { bindings } from "gridtime/lib/keys.js";
import { Dialog } from "gridtime/components/dialog.js";
import { pageRows } from "gridtime/components/header.js";
import { goOpen, helpOpen, lettersOn } from "gridtime/stores/ui.js";

/** @type {Record<string, string>} */
const SHOWN = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc",
  PageDown: "Page Down", PageUp: "Page Up", "-": "−",
}; // prettier-ignore

/**
 * "Shift+ArrowLeft" -> "Shift ←".
 * @param {string} key
 */
export function keyName(key) {
  const plain = key.replace(/^Shift\+/, "");
  const shown = SHOWN[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  return key === plain ? shown : `Shift ${shown}`;
}

/** Rows of the table; keys a view handles itself are said once. */
function KeyRows() {
  return html`<table class="keys">
    <tbody>
      ${bindings().map(
        ({ keys, does }) =>
          html`<tr>
            <th scope="row">${keys.map((key, i) => html`${i > 0 && " "}<kbd>${keyName(key)}</kbd>`)}</th>
            <td>${does}</td>
          </tr>`,
      )}
      <tr>
        <th scope="row"><kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd></th>
        <td>on a map or a sentence: next cell or word; with Shift eight further</td>
      </tr>
    </tbody>
  </table>`;
}

export function Help() {
  return html`<${Dialog} open=${helpOpen.value} title="Keys in this view" onClose=${() => (helpOpen.value = false)}>
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked=${lettersOn.value}
        onChange=${(/** @type {any} */ event) => (lettersOn.value = event.target.checked)}
      />
      Single letters, digits and signs act as keys
    </label>
    <${KeyRows} />
    <p>
      Everything computed here is the network's own answer on your input. Nothing leaves this machine.
    </p>
    <p class="row">
      <a href="/docs">API</a>
      ${pageRows().map((row) => html`<a href=${row.path}>${row.title}</a>`)}
    </p>
  <//>`;
}

/** @param {{tabs?: {id: string, title: string}[], onTab?: (id: string) => void}} props views of this room */
export function GoTo({ tabs = [], onTab }) {
  const close = () => (goOpen.value = false);
  const open = goOpen.value;
  return html`<${Dialog} open=${open} title="Go to" onClose=${close}>
    ${open && html`<${Places} tabs=${tabs} onPick=${(/** @type {string} */ id) => (close(), onTab?.(id))} />`}
  <//>`;
}

/** @param {{tabs: {id: string, title: string}[], onPick: (id: string) => void}} props */
const Places = ({ tabs, onPick }) =>
  html`<ul class="places">
    ${pageRows().map((row) => html`<li><a class="place" href=${row.path}>${row.title}</a></li>`)}
    ${tabs.map(
      ({ id, title }) =>
        html`<li><button type="button" class="place" onClick=${() => onPick(id)}>${title}</button></li>`,
    )}
  </ul>`;

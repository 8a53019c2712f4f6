/**
 * "The same by curl / Python": what is on screen as commands that run as printed.
 *
 *     {origin, model, call, query, input, options} -> curl | Python
 *
 * A sample or a sentence goes as JSON; the visitor's own picture goes as its bytes, options in the
 * address.
 */

/** @typedef {{sample: string} | {text: string} | {file: string, type: string}} Source */
/** @typedef {"predict"|"trace"|"map"|"explain"} CallKind */
/**
 * @typedef {object} Call
 * @property {string} origin @property {string} model @property {CallKind} kind
 * @property {Record<string, string>} query @property {Source} source
 * @property {Record<string, any>} options @property {string} out name of the file that is written
 * @property {{layer: string, channel: number, words?: boolean}} [map] the map on screen; `words`: of a reader, a row a word and a column a unit
 */

export const NPZ = "application/x-npz";
const JSON_TYPE = "application/json";

/** What the shell gives on unchanged. @param {string} text */
export const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A Python string. @param {string} text */
const py = (text) => JSON.stringify(text);

/** JSON as a Python literal. @param {any} value @returns {string} */
export function literal(value) {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([k, v]) => `${py(k)}: ${literal(v)}`).join(", ")}}`;
  return typeof value === "string" ? py(value) : String(value);
}

/** @param {Call} call */
const path = ({ kind, model }) => `/api/v1/models/${encodeURIComponent(model)}/${kind === "map" ? "trace" : kind}`;

/** @param {Call} call @returns {Record<string, string>} what stands behind the question mark */
function queryOf({ kind, query, map }) {
  return kind === "map" && map ? { layers: map.layer } : query;
}

/** @param {Call} call */
const hasOptions = ({ options }) => Object.keys(options).length > 0;

/** @param {Call} call @returns {string} */
function address(call) {
  const query = new URLSearchParams(queryOf(call));
  if ("file" in call.source && hasOptions(call)) query.set("options", JSON.stringify(call.options));
  return `${call.origin}${path(call)}${query.size ? `?${query}` : ""}`;
}

/** @param {Call} call @returns {Record<string, any>} */
const bodyOf = (call) =>
  ({ ...call.source, ...(hasOptions(call) ? { options: call.options } : {}) });

/** How the answer comes: as a file of tensors, where there are many. @type {Record<string, string>} */
const FILES = { trace: NPZ, explain: "application/vnd.safetensors" };
/** @type {Record<string, string>} */
const ENDINGS = { trace: "npz", explain: "safetensors" };

/** @param {Call} call @returns {string} */
export function curl(call) {
  const own = "file" in call.source;
  const accept = FILES[call.kind] ?? JSON_TYPE;
  return [
    `curl --fail-with-body ${quoted(address(call))}`,
    `  -H ${quoted(`Content-Type: ${own ? /** @type {any} */ (call.source).type : JSON_TYPE}`)}`,
    `  -H ${quoted(`Accept: ${accept}`)}`,
    own ? `  --data-binary ${quoted(`@${/** @type {any} */ (call.source).file}`)}` : `  -d ${quoted(JSON.stringify(bodyOf(call)))}`,
    ...(call.kind in FILES ? [`  -o ${quoted(`${call.out}.${ENDINGS[call.kind]}`)}`] : []),
  ].join(" \\\n");
}

/** @param {Call} call @returns {string[]} what is done with the answer */
function reading(call) {
  if (call.kind === "predict") {
    return [
      "    found = json.load(answer)",
      "for row in found[\"predictions\"][:5]:",
      "    print(f\"{row['label']:24s} {row['probability']:8.4f} {row['logit']:10.4f}\")",
    ];
  }
  if (call.kind === "map" && call.map) {
    const of = call.map.words ? "states" : "maps";
    return [
      `    tensor = json.load(answer)["tensors"][${py(call.map.layer)}]`,
      `${of} = np.array(tensor["data"], dtype=np.float32).reshape(tensor["shape"])`,
      `print(${of}.shape)`,
      `print(${of}[${call.map.words ? ":, " : ""}${call.map.channel}])`,
    ];
  }
  if (call.kind === "explain") {
    return [
      "    found = json.load(answer)",
      "for name, tensor in found[\"tensors\"].items():",
      "    values = np.array(tensor[\"data\"], dtype=np.float32).reshape(tensor[\"shape\"])",
      "    print(name, values.shape, values.min(), values.max())",
    ];
  }
  return [
    "    tensors = np.load(io.BytesIO(answer.read()))",
    "about = json.loads(tensors[\"about.json\"])",
    "print(about[\"predictions\"][0])",
    "for layer in about[\"graph\"]:",
    "    if layer[\"name\"] in tensors.files:",
    "        print(layer[\"name\"], tensors[layer[\"name\"]].shape)",
  ];
}

/** @param {Call} call @returns {string} */
export function python(call) {
  const own = "file" in call.source;
  const packed = call.kind === "trace";
  const accept = packed ? NPZ : JSON_TYPE;
  const query = { ...queryOf(call) };
  const asks = Object.keys(query).length > 0 || (own && hasOptions(call));
  const modules = [packed && "io", "json", asks && "urllib.parse", "urllib.request"].filter(Boolean);
  return [
    `import ${modules.join(", ")}`,
    ...(call.kind === "predict" ? [] : ["import numpy as np"]),
    "",
    `url = ${py(`${call.origin}${path(call)}`)}`,
    ...(hasOptions(call) ? [`options = ${literal(call.options)}`] : []),
    ...(asks ? [`query = ${literal(query)}`] : []),
    ...(own && hasOptions(call) ? [`query["options"] = json.dumps(options)`] : []),
    ...(asks ? ["url += \"?\" + urllib.parse.urlencode(query)"] : []),
    own ? `body = open(${py(/** @type {any} */ (call.source).file)}, "rb").read()`
      : `body = json.dumps({${literal(call.source).slice(1, -1)}${hasOptions(call) ? ", \"options\": options" : ""}}).encode()`,
    `headers = {"Content-Type": ${py(own ? /** @type {any} */ (call.source).type : JSON_TYPE)}, "Accept": ${py(accept)}}`,
    "with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:",
    ...reading(call),
  ].join("\n");
}

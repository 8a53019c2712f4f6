/**
 * Uploaded pictures, recordings and clips stay in this browser: IndexedDB, never the server.
 *
 *   keep(blob), keepSound(blob), keepClip(blob) -> key (hash of the bytes, in the URL)   recall(key) -> blob or null
 *   kept() -> all pictures, newest first
 *
 * A recording or a clip is told from a picture by its type, audio/… or video/….
 */

const STORE = "pictures";
/** Older ones of the same kind give way. */
const MOST = 20;

/** @typedef {{key: string, blob: Blob, when: number}} Kept */

/** @type {Map<string, Blob>} where there is no IndexedDB, the page's own memory */
const memory = new Map();

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open("gridtime", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
  return done(request);
}

/** @param {Blob} blob */
async function keyOf(blob) {
  if (!globalThis.crypto?.subtle) return `p${Date.now().toString(36)}`; // plain http on a LAN
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What it is. @param {Blob} blob */
const kindOf = ({ type }) => /^(audio|video)\//.exec(type)?.[1] ?? "image";

/** @param {IDBObjectStore} store @param {string} kind */
async function dropOldest(store, kind) {
  const all = /** @type {Kept[]} */ (await done(store.getAll())).filter(({ blob }) => kindOf(blob) === kind);
  all.sort((a, b) => b.when - a.when);
  for (const { key } of all.slice(MOST)) store.delete(key);
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>} its key
 */
export async function keep(blob) {
  const key = await keyOf(blob);
  memory.set(key, blob);
  try {
    const base = await open();
    const store = base.transaction(STORE, "readwrite").objectStore(STORE);
    await done(store.put({ key, blob, when: Date.now() }));
    await dropOldest(store, kindOf(blob));
    base.close();
  } catch {
    // Private windows may refuse: the picture then lives as long as the page.
  }
  return key;
}

/** A recording; a browser may give it no type, or a film's. @param {Blob} blob */
export const keepSound = (blob) => keep(kindOf(blob) === "audio" ? blob : new Blob([blob], { type: "audio/x-recording" }));

/** A clip: frames as a strip, or a file that moves. @param {Blob} blob */
export const keepClip = (blob) => keep(kindOf(blob) === "video" ? blob : new Blob([blob], { type: "video/x-animation" }));

/**
 * @param {string} key
 * @returns {Promise<Blob | null>} null: this link's picture stayed in another browser
 */
export async function recall(key) {
  const known = memory.get(key);
  if (known) return known;
  try {
    const base = await open();
    const row = /** @type {Kept | undefined} */ (
      await done(base.transaction(STORE).objectStore(STORE).get(key))
    );
    base.close();
    return row?.blob ?? null;
  } catch {
    return null;
  }
}

/** The pictures. @returns {Promise<{key: string, blob: Blob}[]>} newest first */
export async function kept() {
  try {
    const base = await open();
    const rows = /** @type {Kept[]} */ (
      await done(base.transaction(STORE).objectStore(STORE).getAll())
    );
    base.close();
    return rows.filter(({ blob }) => kindOf(blob) === "image").sort((a, b) => b.when - a.when);
  } catch {
    const all = [...memory].reverse().map(([key, blob]) => ({ key, blob }));
    return all.filter(({ blob }) => kindOf(blob) === "image");
  }
}

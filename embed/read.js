// What comes in is read, not believed.

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : "";
}

/** @param {unknown} value */
function count(value) {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

/** @param {unknown} value an address of the web; nothing that runs */
function address(value) {
  return typeof value === "string" && /^https?:\/\//i.test(value) ? value : null;
}

/** @param {unknown} value @returns {Satchel.File | null} */
function readFile(value) {
  if (!isRecord(value)) return null;
  const [id, url] = [text(value.id), address(value.url)];
  if (!id || !url) return null;
  const { width, height, bytes, mime } = value;
  return { id, url, width: count(width), height: count(height), bytes: count(bytes) ?? 0, mime: text(mime) };
}

/** @param {unknown} value @returns {Satchel.Item | null} */
function readItem(value) {
  const file = readFile(value);
  if (!file || !isRecord(value)) return null;
  return {
    ...file,
    name: text(value.name),
    kind: /** @type {Satchel.Kind} */ (text(value.kind)),
    alt: text(value.alt),
    version: count(value.version) ?? 1,
    placement: text(value.placement) || null,
    verdict: /** @type {Satchel.Verdict} */ (text(value.verdict)) || null,
    variant: readFile(value.variant),
  };
}

/**
 * @param {unknown} items
 * @param {Satchel.Options} options
 * @returns {Satchel.Selection | null}
 */
function readSelection(items, options) {
  if (!Array.isArray(items)) return null;
  const most = options.multiple ? Math.min(positive(options.max) ?? MOST_ITEMS, MOST_ITEMS) : 1;
  const read = items
    .slice(0, MOST_ITEMS)
    .map(readItem)
    .filter((item) => item !== null)
    .slice(0, most);
  return read[0] ? { ...read[0], items: read } : null;
}

/** What is to be inserted: the copy made for the placement, else the file itself. @param {Satchel.Item} item */
function shown(item) {
  return item.variant ?? item;
}

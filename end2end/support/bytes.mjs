// Bytes that nobody has: pictures and texts of any size, each different, the same in every run.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const MEDIA = new URL("../media/", import.meta.url);

/** Pictures that photos are made from, in turn. */
const PHOTOS = ["astronaut.jpg", "chelsea.jpg", "coffee.jpg", "hubble.jpg", "rocket.jpg"];

/**
 * The bytes of a file in `media/`.
 * @param {string} name
 */
export function media(name) {
  return readFileSync(new URL(name, MEDIA));
}

/**
 * A photo that differs from all others: a real one with a comment of its own.
 * @param {number} index
 */
export function photo(index) {
  const original = media(PHOTOS[index % PHOTOS.length] ?? "coffee.jpg");
  const comment = Buffer.from(`photo ${index}`);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xfffe, 0);
  head.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([original.subarray(0, 2), head, comment, original.subarray(2)]);
}

/**
 * A picture of colored noise, which no encoder makes small: three bytes a pixel.
 * @param {number} width
 * @param {number} height
 */
export function noise(width, height) {
  const next = random(width * 31 + height);
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let at = 0; at < rows.length; at++) rows[at] = next() & 0xff;
  for (let row = 0; row < height; row++) rows[row * (width * 3 + 1)] = 0;
  return png(width, height, 2, rows);
}

/**
 * A picture that is clear but for its right half.
 * @param {number} width
 * @param {number} height
 */
export function halfClear(width, height) {
  const row = Buffer.alloc(width * 4 + 1);
  for (let x = width / 2; x < width; x++) row.set([200, 40, (x * 7) & 0xff, 255], x * 4 + 1);
  return png(width, height, 6, Buffer.concat(Array.from({ length: height }, () => row)));
}

/**
 * A picture of upright bars, no two neighbors alike, which is small however long it is.
 * @param {number} width
 * @param {number} height
 * @param {number} across how wide a bar is
 */
export function bars(width, height, across = 60) {
  const next = random(width + height);
  const row = Buffer.alloc(width * 3 + 1);
  for (let x = 0; x < width; x += across) {
    const color = Buffer.from([next() & 0xff, next() & 0xff, next() & 0xff]);
    row.fill(color, x * 3 + 1, Math.min(x + across, width) * 3 + 1);
  }
  return png(width, height, 2, Buffer.concat(Array.from({ length: height }, () => row)));
}

/**
 * A zip archive of these files, in their order and not packed.
 * @param {Record<string, string>} files what they say, by their names
 */
export function zip(files) {
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const [path, says] of Object.entries(files)) {
    const [name, data] = [Buffer.from(path), Buffer.from(says)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    // Names are UTF-8.
    facts.writeUInt16LE(0x800, 2);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const part = Buffer.concat([Buffer.from("PK\x03\x04"), facts, name, data]);
    parts.push(part);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), facts, place, name);
    offset += part.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, list, Buffer.from("PK\x05\x06"), end]);
}

/**
 * A PNG of eight bits a color.
 * @param {number} width
 * @param {number} height
 * @param {number} color 2 for three bytes a pixel, 6 for four
 * @param {Buffer} rows
 */
function png(width, height, color, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, color, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * A text of so many bytes; no two of different seeds are the same.
 * @param {number} size
 * @param {number} seed
 */
export function text(size, seed = 1) {
  const next = random(seed);
  const letters = "etaoin shrdlu\n";
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at++) bytes[at] = letters.charCodeAt(next() % letters.length);
  return bytes;
}

/** @param {Uint8Array} bytes */
export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @param {number} seed */
function random(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/**
 * @param {string} kind
 * @param {Buffer} data
 */
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

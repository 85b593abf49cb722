// Pictures to measure with, made of real photographs.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";

import sharp from "sharp";

import { ROOT, found, photos, run } from "./programs.mjs";

const JPEG = /\.jpe?g$/i;

/** Photographs of twelve megapixels and about two megabytes each. */
export function twelveMegapixels(folder, count) {
  mkdirSync(folder, { recursive: true });
  return originals().slice(0, count).map((photo, index) => {
    const file = path.join(folder, `photo-${index}.jpg`);
    for (const quality of [95, 90, 85, 80, 75, 65, 50]) {
      run("vipsthumbnail", [photo, "--size", "4000x3000!", "-o", `${file}[Q=${quality},strip]`]);
      if (statSync(file).size <= 2_500_000) break;
    }
    return file;
  });
}

/** Many distinct photographs of web size: the same ones, each with a comment of its own. */
export function distinct(folder, count) {
  mkdirSync(folder, { recursive: true });
  const small = originals().map((photo, index) => {
    const file = path.join(folder, `small-${index}.jpg`);
    run("vipsthumbnail", [photo, "--size", "1600x1600", "-o", `${file}[Q=80,strip]`]);
    return readFileSync(file);
  });
  return Array.from({ length: count }, (_, index) => ({
    name: `photo-${index}.jpg`,
    bytes: withComment(small[index % small.length], `photo ${index}`),
  }));
}

/** One photograph of at least so many bytes, all of them pixels: comments would not be served in public. */
export function ofSize(folder, bytes) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "sized.jpg");
  for (let edge = 800; edge <= 4000; edge += 50) {
    run("vipsthumbnail", [originals()[0], "--size", `${edge}x${edge}`, "-o", `${file}[Q=85,strip]`]);
    if (statSync(file).size >= bytes) return file;
  }
  throw new Error("the photograph is too plain");
}

/** Files as people drop them: photographs as they are, and one in ten each as PNG, WebP and GIF. */
export async function mixed(folder, count) {
  mkdirSync(folder, { recursive: true });
  const photos = originals();
  const others = { 3: ["png", 1200], 6: ["webp", 2400], 9: ["gif", 480] };
  const files = [];
  for (let index = 0; index < count; index += 1) {
    const photo = photos[index % photos.length];
    const [type, edge] = others[index % 10] ?? ["jpg"];
    const file = path.join(folder, `mixed-${index}.${type}`);
    if (edge) {
      const small = sharp(photo).resize(edge, edge, { fit: "inside", withoutEnlargement: true });
      await small.toFormat(type).toFile(file);
    } else {
      writeFileSync(file, withComment(readFileSync(photo), `photo ${index}`));
    }
    files.push(file);
  }
  return files;
}

/** The same files with what is made to exhaust a decoder among them, one in twenty-five, and each at least once. */
export async function withBombs(folder, files) {
  const bombs = await everyBomb(folder, files[0]);
  const every = Math.min(25, Math.max(1, Math.floor(files.length / bombs.length)));
  const mixed = files.flatMap((file, index) =>
    index % every === every - 1 ? [file, bombs[Math.floor(index / every) % bombs.length]] : [file]);
  return { mixed, count: mixed.length - files.length };
}

/** Pictures, documents and films that say too much, hold too much or need too much. */
async function everyBomb(folder, photo) {
  const plain = { width: 7900, height: 7900, channels: 4, background: "#c84" };
  const made = (name) => path.join(folder, name);
  const picture = () => sharp({ create: plain, limitInputPixels: false });
  await picture().png({ compressionLevel: 1 }).toFile(made("largest.png"));
  await picture().png({ compressionLevel: 1, progressive: true }).toFile(made("passes.png"));
  await picture().webp({ lossless: true, effort: 0 }).toFile(made("largest.webp"));
  await picture().gif({ effort: 1 }).toFile(made("largest.gif"));
  writeFileSync(made("claims.png"), emptyPng(30_000));
  writeFileSync(made("cut.jpg"), readFileSync(photo).subarray(0, 100_000));
  const names = ["largest.png", "claims.png", "passes.png", "cut.jpg", "largest.webp", "largest.gif"];
  if (found("ffmpeg")) {
    // Every picture of it refers to sixteen others of eight megapixels.
    const source = "testsrc2=size=3840x2160:rate=30:duration=2";
    run("ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-refs", "16", "-y", made("refers.mp4")]);
    names.push("refers.mp4");
  }
  const kept = (...parts) => path.join(ROOT, ...parts);
  const fixtures = ["gif_65535x65535_1px.gif", "webp_16383sq_lossless.webp", "png_claims_2g_x_2g.png", "bomb.docx", "pdf_nested_flate_200mb.pdf"];
  return [
    ...names.map(made),
    ...fixtures.map((name) => kept("crates/imaging/tests/fixtures", name)),
    kept("server/tests/corpus/office/deck.pptx"),
  ];
}

/** A PNG of one bit a pixel, white and so large that only its header is small. */
function emptyPng(edge) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header[8] = 1;
  const chunk = (name, body) => {
    const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
    const framed = Buffer.alloc(8 + named.length);
    framed.writeUInt32BE(body.length, 0);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc32(named), 4 + named.length);
    return framed;
  };
  const rows = deflateSync(Buffer.alloc((edge / 8 + 1) * edge));
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function originals() {
  const folder = photos();
  return readdirSync(folder).filter((name) => JPEG.test(name)).sort().map((name) => path.join(folder, name));
}

function withComment(jpeg, text) {
  const comment = Buffer.alloc(4 + text.length);
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(2 + text.length, 2);
  comment.write(text, 4, "latin1");
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

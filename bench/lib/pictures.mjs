// Pictures to measure with, made of real photographs.
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

import { photos, run } from "./programs.mjs";

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

// Pictures to measure with, made of real photographs.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
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

/** One photograph of close to so many bytes. */
export function ofSize(folder, bytes) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "sized.jpg");
  run("vipsthumbnail", [originals()[0], "--size", "1000x1000", "-o", `${file}[Q=60,strip]`]);
  let picture = readFileSync(file);
  while (picture.length < bytes) {
    picture = withComment(picture, "x".repeat(Math.max(1, Math.min(60_000, bytes - picture.length - 4))));
  }
  writeFileSync(file, picture);
  return { file, bytes: picture };
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

// Thumbnails of 12-megapixel JPEGs: CPU per picture, through the decoder's child process.
import path from "node:path";

import { ROOT, TARGET, cpu, run } from "./lib/programs.mjs";
import { twelveMegapixels } from "./lib/pictures.mjs";

export default async function thumbnails(folder) {
  const files = twelveMegapixels(folder, 16);
  const perPicture = (program, args, measure = cpu) => {
    const all = measure(program, [...args, ...files, ...files]);
    const one = measure(program, [...args, files[0]]);
    return (all - one) / (2 * files.length - 1);
  };
  // It tells of its decoders, too, which end after it and so are not counted from outside.
  const told = (program, args) => Number(run(program, args));
  const ours = perPicture(path.join(TARGET, "release/examples/thumbnails"), [], told);
  const sharp = perPicture("node", [path.join(ROOT, "bench/lib/sharp.mjs")]);
  const vips = perPicture("vipsthumbnail", ["--size", "320x320", "-o", `${folder}/%s-vips.webp[Q=78,effort=3]`]);
  const shown = (milliseconds) => `${milliseconds.toFixed(1)} ms`;
  return [
    { what: "CPU a picture, 320 px WebP, against sharp", ours: shown(ours), theirs: shown(sharp), ratio: ours / sharp, goal: "≤ 1", met: ours <= sharp },
    { what: "the same, against vipsthumbnail", ours: shown(ours), theirs: shown(vips), ratio: ours / vips },
  ];
}

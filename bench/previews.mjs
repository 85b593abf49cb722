// A mixed folder to all previews, as an import makes them: CPU against sharp, memory of all processes
// with bombs among the files, and how long a picture takes to be made fit.
import { rmSync } from "node:fs";
import path from "node:path";

import { mixed, withBombs } from "./lib/pictures.mjs";
import { ROOT, TARGET, cpu, run } from "./lib/programs.mjs";

const COUNT = Number(process.env.BENCH_FILES ?? 1000);
const CEILING = 512;

export default async function previews(folder) {
  const program = process.env.BENCH_PREVIEWS ?? path.join(TARGET, "release/examples/previews");
  const told = (args) => JSON.parse(run(program, args));
  const files = await mixed(folder, COUNT);
  const ours = told(files);
  if (ours.refused > 0) throw new Error(`${ours.refused} of ${COUNT} files were refused`);
  const sharp = cpu("node", [path.join(ROOT, "bench/lib/sharp_previews.mjs"), ...files]);
  const fit = told(["fit", ...files]);
  const bombs = await withBombs(folder, files);
  const bombed = told(bombs);
  rmSync(folder, { recursive: true, force: true });
  const shown = (milliseconds) => `${(milliseconds / COUNT).toFixed(1)} ms`;
  const peak = bombed.peak / 1024;
  return [
    { what: `CPU a file, ${COUNT} mixed files to thumbnail and preview, against sharp`, ours: shown(ours.cpu), theirs: shown(sharp), ratio: ours.cpu / sharp },
    { what: "memory of all processes, bombs among the files", ours: `${peak.toFixed(0)} MB`, goal: `≤ ${CEILING} MB`, met: peak <= CEILING },
    { what: "bombs and damaged files refused", ours: `${bombed.refused} of ${bombs.length - files.length}` },
    { what: `make it fit a push message, p95 of ${fit.count}`, ours: `${fit.p95} ms`, theirs: `median ${fit.median} ms` },
  ];
}

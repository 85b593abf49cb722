// `make bench`: each figure as a ratio against something known, in one run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { row, table } from "./lib/report.mjs";

const BENCHES = ["thumbnails", "previews", "uploads", "large_file", "lists", "grid", "scale", "serving", "sizes", "start"];

const chosen = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "satchel-bench-"));
let failed = 0;
try {
  for (const name of BENCHES.filter((name) => chosen.length === 0 || chosen.includes(name))) {
    console.error(`bench: ${name} …`);
    try {
      const { default: bench } = await import(`./${name}.mjs`);
      for (const result of await bench(path.join(folder, name))) row(name, result);
    } catch (error) {
      failed += 1;
      row(name, { what: "did not run", ours: String(error.message ?? error) });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(table());
process.exit(failed > 0 ? 1 : 0);

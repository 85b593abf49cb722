// What a person waits for first: the page's bytes, the server's start, its memory at rest.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

import { TARGET } from "./lib/programs.mjs";
import { median } from "./lib/report.mjs";
import { memory, satchel } from "./lib/satchel.mjs";

export default async function startUp(folder) {
  const site = path.join(TARGET, "site");
  const manifest = JSON.parse(readFileSync(path.join(site, "manifest.json"), "utf8"));
  const bytes = ["wasm", "js", "css"].reduce((sum, part) => sum + statSync(path.join(site, `${manifest[part]}.br`)).size, 0);
  const starts = [];
  let rest = 0;
  for (let round = 0; round < 5; round += 1) {
    const server = await satchel(path.join(folder, `satchel-${round}`));
    starts.push(server.ready);
    rest = memory(server.pid).now;
    await server.stop();
  }
  const ready = median(starts);
  return [
    { what: "wasm + js + css, brotli", ours: `${(bytes / 1000).toFixed(0)} KB`, goal: "≤ 300 KB", met: bytes <= 300_000 },
    { what: "from start to ready", ours: `${ready.toFixed(0)} ms`, goal: "≤ 500 ms", met: ready <= 500 },
    { what: "memory at rest", ours: `${(rest / 1e6).toFixed(0)} MB`, goal: "≤ 60 MB", met: rest <= 60e6 },
  ];
}

// What the pages of other programs load: the picker in its frame, and the script around it.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { TARGET } from "./lib/programs.mjs";

export default async function sizes() {
  const site = path.join(TARGET, "site");
  const manifest = JSON.parse(readFileSync(path.join(site, "manifest.json"), "utf8"));
  const weigh = (names) => names.reduce((sum, name) => sum + statSync(path.join(site, `${name}.br`)).size, 0);
  const picker = weigh(["picker_wasm", "picker_js", "picker_css"].map((part) => manifest[part]));
  const rows = [
    { what: "picker: wasm + js + css, brotli", ours: `${picker} bytes`, goal: "≤ 200 KB", met: picker <= 200_000 },
  ];
  if (existsSync(path.join(site, "embed.js.br"))) {
    const script = weigh(["embed.js"]);
    rows.push({ what: "embed.js, brotli", ours: `${script} bytes`, goal: "≤ 8 KB", met: script <= 8_000 });
  }
  return rows;
}

// The script for other programs' pages as the bundle joins it: stories of it need no server.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../embed");

/** What `/embed.js` is, before it is made small. */
export function embedScript() {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".js"))
    .sort();
  const parts = names.map((name) => readFileSync(path.join(FOLDER, name), "utf8"));
  return `(() => {\n"use strict";\nif (window.Satchel) return;\n${parts.join("\n")}})();\n`;
}

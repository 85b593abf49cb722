// A TypeScript client generated from the running server's own description, compiled and used.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { Account } from "../support/account.mjs";
import { Server } from "../support/server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CLIENT = path.resolve(HERE, "../client");
const PICTURE = path.resolve(HERE, "../media/coffee.jpg");

const run = promisify(execFile);

test("a generated TypeScript client compiles strictly and works", { timeout: 180_000 }, async () => {
  assert.ok(existsSync(path.join(CLIENT, "node_modules")), "its modules are missing: scripts/setup test");
  const server = await Server.start();
  try {
    const described = await fetch(`${server.url}/openapi.json`);
    const generated = path.join(CLIENT, "generated");
    await rm(generated, { recursive: true, force: true });
    await mkdir(generated);
    await writeFile(path.join(generated, "openapi.json"), await described.text());
    await tool("openapi-typescript", "generated/openapi.json", "--output", "generated/api.d.ts");
    await tool("tsc", "--project", ".");

    const account = await Account.create(server);
    const { play } = await import(pathToFileURL(path.join(CLIENT, "built", "story.js")).href);
    await play(server.url, account.token, PICTURE);
  } finally {
    await server.stop();
  }
});

/**
 * Runs a tool of the client's own modules, and tells what it complains about.
 * @param {string} name
 * @param {string[]} args
 */
async function tool(name, ...args) {
  const program = path.join(CLIENT, "node_modules", ".bin", name);
  await run(program, args, { cwd: CLIENT }).catch((error) => {
    throw new Error(`${name}: ${error.stdout}${error.stderr}`);
  });
}

// schemathesis reads the description and asks everything it allows and much that it does not:
// every check, every operation, none left out.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Account } from "../support/account.mjs";
import { Server, TARGET } from "../support/server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROGRAM = process.env.SATCHEL_SCHEMATHESIS ?? path.join(TARGET, "tools", "venv", "bin", "st");

/** Another one asks other things; this one asks the same every time. */
const SEED = process.env.SATCHEL_SEED ?? "7";
/** Seconds it goes on asking. */
const LONGEST = process.env.SATCHEL_FUZZ_SECONDS ?? "150";

test("schemathesis finds no difference", { timeout: 600_000 }, async () => {
  assert.ok(existsSync(PROGRAM), `${PROGRAM} is missing: scripts/setup test`);
  const server = await Server.start();
  // What it writes beside itself goes with this folder.
  const folder = await mkdtemp(path.join(tmpdir(), "satchel-schemathesis-"));
  try {
    const account = await Account.create(server);
    const args = [
      ...["--config-file", path.join(HERE, "schemathesis.toml"), "--no-color"],
      ...["run", `${server.url}/openapi.json`, "--url", server.url],
      ...["--header", `Authorization: Bearer ${account.token}`],
      ...["--checks", "all", "--continue-on-failure", "--seed", SEED, "--max-time", LONGEST],
    ];
    const asking = spawn(PROGRAM, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    asking.stdout.on("data", (text) => (said += text));
    asking.stderr.on("data", (text) => (said += text));
    const code = await new Promise((resolve) => asking.on("close", resolve));
    assert.equal(code, 0, said);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

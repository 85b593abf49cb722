// tuspy, the client of Python programs, against the real server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Account } from "../support/account.mjs";
import { Proxy } from "../support/proxy.mjs";
import { Server, TARGET } from "../support/server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PYTHON = process.env.SATCHEL_PYTHON ?? path.join(TARGET, "tools", "venv", "bin", "python");

test("tuspy", { timeout: 120_000 }, async () => {
  assert.ok(existsSync(PYTHON), `${PYTHON} is missing: scripts/setup test`);
  const wire = await Proxy.start();
  const server = await Server.startBehind(wire);
  try {
    const account = await Account.create(server);
    const tests = spawn(PYTHON, ["-m", "unittest", "-v", "tuspy_test"], {
      cwd: HERE,
      env: { ...process.env, SATCHEL_URL: wire.url, SATCHEL_TOKEN: account.token },
      stdio: "inherit",
    });
    assert.equal(await new Promise((resolve) => tests.on("close", resolve)), 0);
  } finally {
    await wire.stop();
    await server.stop();
  }
});

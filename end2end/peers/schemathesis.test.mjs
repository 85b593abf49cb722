// schemathesis reads the description and asks everything it allows and much that it does not:
// every check, every operation, none left out.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Account } from "../support/account.mjs";
import { media } from "../support/bytes.mjs";
import { Server, TARGET } from "../support/server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROGRAM = process.env.SATCHEL_SCHEMATHESIS ?? path.join(TARGET, "tools", "venv", "bin", "st");

/** Another one asks other things; this one asks the same every time. */
const SEED = process.env.SATCHEL_SEED ?? "7";
/** Seconds it goes on with; without, it goes once through every phase, alike on any machine. */
const SECONDS = process.env.SATCHEL_FUZZ_SECONDS;

/** @typedef {[what: string, name: string]} Named */

/** What leaves others nothing to find. @type {Named[]} */
const TAKES_AWAY = [
  ["method", "DELETE"],
  ["operation-id", "change_assets"],
];
/** @param {Named} operations */
const only = ([what, name]) => [`--include-${what}`, name];
/** @param {Named} operations */
const without = ([what, name]) => [`--exclude-${what}`, name];

describe("schemathesis finds no difference", { timeout: 1_200_000 }, () => {
  /** @type {Server} */
  let server;
  /** @type {Account} */
  let account;
  /** @type {string} What it writes beside itself goes with this folder. */
  let folder;

  before(async () => {
    assert.ok(existsSync(PROGRAM), `${PROGRAM} is missing: scripts/setup test`);
    server = await Server.start();
    account = await Account.create(server);
    folder = await mkdtemp(path.join(tmpdir(), "satchel-schemathesis-"));
    const brought = await bring(account);
    brought.HOOKS = path.join(HERE, "trash.py");
    const settings = await readFile(path.join(HERE, "schemathesis.toml"), "utf8");
    const filled = settings.replaceAll(/\$\{(\w+)\}/g, (_, name) => brought[name] ?? "");
    await writeFile(path.join(folder, "schemathesis.toml"), filled);
  });
  after(async () => {
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  // As long as nothing is taken away, ids lead somewhere, and doors are asked behind their locks.
  test("for a program, in all that takes nothing away", async () => {
    await ask(["--phases", "examples,coverage", ...TAKES_AWAY.flatMap(without), ...program()]);
  });

  test("for a program, in all that takes something away", async () => {
    await ask(["--phases", "examples,coverage", ...TAKES_AWAY.flatMap(only), ...program()]);
  });

  test("for a program, in one request after another", async () => {
    await ask(["--phases", "fuzzing,stateful", ...program()]);
  });

  test("for an operator, in what only operators may", async () => {
    const operator = await account.addPerson("olga", "administrator", ["--operator"]);
    const signedIn = await fetch(`${server.url}/sign-in`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(operator),
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0];
    assert.ok(cookie, `${signedIn.status}`);
    await ask(["--header", `Cookie: ${cookie}`, "--include-tag", "administration"]);
  });

  /** What a program says who it is by. */
  function program() {
    return ["--header", `Authorization: Bearer ${account.token}`];
  }

  /** @param {string[]} args */
  async function ask(args) {
    const asking = spawn(
      PROGRAM,
      [
        ...["--no-color", "run", `${server.url}/openapi.json`, "--url", server.url],
        ...["--continue-on-failure", "--seed", SEED, "--generation-database", "none"],
        ...(SECONDS ? ["--max-time", SECONDS] : []),
        ...args,
      ],
      { cwd: folder, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" }, stdio: ["ignore", "pipe", "pipe"] },
    );
    let said = "";
    asking.stdout.on("data", (text) => (said += text));
    asking.stderr.on("data", (text) => (said += text));
    const code = await new Promise((resolve) => asking.on("close", resolve));
    if (process.env.SATCHEL_FUZZ_REPORT) await appendFile(process.env.SATCHEL_FUZZ_REPORT, said);
    assert.equal(code, 0, said);
  }
});

/**
 * Brings a little of everything, and answers its ids as the settings name them.
 * @param {Account} account
 * @returns {Promise<Record<string, string>>}
 */
async function bring(account) {
  const upload = (/** @type {string} */ name) => {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(media(name))]), name);
    return account.ask("POST", "/assets", form);
  };
  const person = { email: "ben@example.com", name: "Ben", role: "agent" };
  return {
    ASSET_1: (await upload("coffee.jpg")).id,
    ASSET_2: (await upload("letter.pdf")).id,
    ASSET_3: (await upload("spinner.gif")).id,
    FOLDER: (await account.ask("POST", "/folders", { name: "Summer" })).id,
    TAG: (await account.ask("POST", "/tags", { name: "sea" })).id,
    TEAM: (await account.ask("POST", "/teams", { name: "Crew" })).id,
    TOKEN: (await account.ask("POST", "/tokens", { name: "Spare", role: "agent" })).id,
    PERSON: (await account.ask("POST", "/users", person)).id,
  };
}

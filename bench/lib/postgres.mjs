// A Postgres of its own: empty, on a free port, gone with the bench.
import { spawn } from "node:child_process";
import path from "node:path";

import { ROOT } from "./programs.mjs";

/** Starts one; gives back its address and a way to end it. */
export async function postgres() {
  const hold = ["bash", "-c", 'echo "database $SATCHEL_TEST_DATABASE"; exec cat'];
  const child = spawn(path.join(ROOT, "scripts/with-services"), hold, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    let seen = "";
    child.stdout.on("data", (data) => {
      seen += data;
      const match = seen.match(/database (postgres:\S+)\n/);
      if (match) resolve(match[1]);
    });
    child.on("exit", (code) => reject(new Error(`Postgres ended with ${code}`)));
  });
  const stop = async () => {
    // What holds the services reads until nobody writes any more.
    child.stdin.end();
    await ended;
  };
  return { url, stop };
}

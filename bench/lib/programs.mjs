// Starts programs, measures the CPU they use, and ends them.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
export const SATCHEL = process.env.SATCHEL_BIN ?? path.join(TARGET, "release/satchel");

/** Runs a program to its end and gives back what it printed. */
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** Where a program is; empty where it is not installed. */
export function found(program) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, program));
  return folders.find((file) => existsSync(file)) ?? "";
}

/** CPU milliseconds, user and system, of a program and all its children. */
export function cpu(program, args, options = {}) {
  const script = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>&3; } 3>&2 2>&1';
  const out = run("bash", ["-c", script, "cpu", program, ...args], options);
  const [user, system] = out.trim().split(/\s+/).map(Number);
  return (user + system) * 1000;
}

/** A picture folder to measure with. */
export function photos() {
  const own = process.env.BENCH_PHOTOS ?? path.join(ROOT, "../shared/photos");
  return existsSync(own) ? own : path.join(ROOT, "end2end/media");
}

/** Starts a program, waits for a line that matches, and gives back the match and a way to end it. */
export async function start(program, args, ready, options = {}, signal = "SIGKILL") {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let seen = "";
  const found = new Promise((resolve, reject) => {
    const look = (data) => {
      seen += data;
      const match = seen.match(ready);
      if (match) resolve(match);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}: ${seen}`)));
  });
  const match = await found;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const stop = async () => {
    child.kill(signal);
    await ended;
  };
  return { match, pid: child.pid, stop };
}

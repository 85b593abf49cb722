// A Satchel of its own for each bench: release build, fresh folder, one account.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

import { SATCHEL, run, start } from "./programs.mjs";

/** Starts a fresh Satchel with an account and a token that may do all. */
export async function satchel(folder, settings = {}) {
  const env = { ...process.env, SATCHEL_DATA_DIR: folder, SATCHEL_LISTEN: "127.0.0.1:0", SATCHEL_RATE_LIMITS_TOKEN: "0", RUST_LOG: "error", ...settings };
  run(SATCHEL, ["migrate"], { env });
  run(SATCHEL, ["account", "create", "Bench"], { env });
  for (const kind of ["image", "video", "document"]) {
    run(SATCHEL, ["account", "set", "Bench", "--max-size", `${kind}=2GB`], { env });
  }
  const token = run(SATCHEL, ["token", "create", "--account", "Bench", "--role", "administrator"], { env }).trim();
  const began = performance.now();
  const server = await start(SATCHEL, ["serve"], /http:\/\/127\.0\.0\.1:\d+/, { env });
  const url = server.match[0];
  while (!(await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)));
  return { ...server, url, token, folder, env, ready: performance.now() - began };
}

/** Resident bytes of a process and all its children: now, and at their highest since `forgetPeak`. */
export function memory(pid) {
  const family = withChildren(pid);
  const sum = (field) => family.reduce((total, id) => total + status(id, field), 0);
  return { now: sum("VmRSS"), peak: sum("VmHWM") };
}

/** The most that a process and all its children hold together, until they have rested for two seconds. */
export async function watched(pid, work) {
  const seen = { peak: 0, programs: new Set() };
  let [used, still, isDone] = [0, performance.now(), false];
  const working = work.finally(() => { isDone = true; });
  working.catch(() => {});
  while (!isDone || performance.now() - still < 2000) {
    let [held, ticks] = [0, 0];
    for (const id of withChildren(pid)) {
      try {
        held += status(id, "VmRSS");
        const fields = readFileSync(`/proc/${id}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
        ticks += Number(fields[11]) + Number(fields[12]);
        seen.programs.add(readFileSync(`/proc/${id}/comm`, "utf8").trim());
      } catch {
        // It has ended meanwhile.
      }
    }
    seen.peak = Math.max(seen.peak, held);
    if (Math.abs(ticks - used) > 1 || !isDone) [used, still] = [ticks, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await working;
  return seen;
}

/** Starts counting the highest resident size anew. */
export function forgetPeak(pid) {
  for (const id of withChildren(pid)) writeFileSync(`/proc/${id}/clear_refs`, "5");
}

function withChildren(pid) {
  const children = listed(() => readdirSync(`/proc/${pid}/task`)).flatMap((task) =>
    listed(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean)));
  return [pid, ...children.flatMap((child) => withChildren(Number(child)))];
}

/** Nothing of a process that has ended meanwhile. */
function listed(read) {
  try {
    return read();
  } catch {
    return [];
  }
}

function status(pid, field) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((line) => line.startsWith(field));
  return Number(line.match(/\d+/)[0]) * 1024;
}

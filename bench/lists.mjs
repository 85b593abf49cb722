// A page of 50 among 1 000 assets and among 100 000: the time must not follow the number.
import path from "node:path";

import { TARGET, run } from "./lib/programs.mjs";
import { distinct } from "./lib/pictures.mjs";
import { median } from "./lib/report.mjs";
import { satchel } from "./lib/satchel.mjs";

const FILL = path.join(TARGET, "release/examples/fill");

const PAGES = { "newest first": "limit=50", "by name": "limit=50&sort=name", "one kind": "limit=50&kind=image" };

const SMALL = 1_000;
const LARGE = 100_000;
const ROUNDS = 5;

export default async function lists(folder) {
  const small = await filled(path.join(folder, "small"), SMALL);
  const large = await filled(path.join(folder, "large"), LARGE);
  try {
    return Object.entries(PAGES).map(([name, query]) => figure(name, times(query, small, large)));
  } finally {
    await small.stop();
    await large.stop();
  }
}

function figure(name, [small, large]) {
  const ratio = large / small;
  const shown = (time) => `${time.toFixed(2)} ms`;
  return { what: `a page of 50, ${name}, at ${LARGE} against ${SMALL}`, ours: shown(large), theirs: shown(small), ratio, goal: "≤ 1.5", met: ratio <= 1.5 };
}

/** Milliseconds a page takes on each; in turns, since a machine that others use is fast and slow by the minute. */
function times(query, ...servers) {
  const seen = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    servers.forEach((server, number) => seen[number].push(time(server, query)));
  }
  return seen.map(median);
}

function time({ url, token }, query) {
  const out = run("wrk", ["-t1", "-c1", "-d2s", "-H", `Authorization: Bearer ${token}`, `${url}/api/v1/assets?${query}`]);
  return 1000 / Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

async function filled(folder, count) {
  const server = await satchel(folder);
  try {
    await upload(server, distinct(path.join(folder, "pictures"), 1)[0]);
    run(FILL, [`sqlite://${path.join(folder, "satchel.db")}`, String(count), String(count / 20)]);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function upload({ url, token }, { name, bytes }) {
  const form = new FormData();
  form.append("file", new Blob([bytes]), name);
  const answer = await fetch(`${url}/api/v1/assets`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (answer.status !== 201) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}

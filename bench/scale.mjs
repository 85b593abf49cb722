// A million assets in fifty thousand folders, one account among others, against ten thousand: what
// people do all day must not follow the number. On SQLite and on Postgres.
import { execFile } from "node:child_process";
import { openAsBlob, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { ofSize } from "./lib/pictures.mjs";
import { postgres } from "./lib/postgres.mjs";
import { TARGET } from "./lib/programs.mjs";
import { satchel } from "./lib/satchel.mjs";

// Awaited, not blocking: a blocked loop would not notice connections that close meanwhile.
const run = promisify(execFile);
const FILL = path.join(TARGET, "release/examples/fill");
const SMALL = 10_000;
const LARGE = Number(process.env.BENCH_ASSETS ?? 1_000_000);
const PER_FOLDER = 20;
const DEPTH = 5_000;

export default async function scale(folder) {
  const rows = [];
  for (const database of ["SQLite", "Postgres"]) {
    const small = await measured(path.join(folder, `${database}-small`), database, SMALL);
    const large = await measured(path.join(folder, `${database}-large`), database, LARGE);
    for (const what of Object.keys(large)) rows.push(figure(database, what, small[what], large[what]));
  }
  return rows;
}

function figure(database, what, small, large) {
  const ratio = large.alone / small.alone;
  return {
    what: `${database}: ${what}, at ${LARGE} against ${SMALL} assets`,
    ours: `${ms(large.alone)} (8 clients: p95 ${ms(large.crowd)})`,
    theirs: `${ms(small.alone)} (p95 ${ms(small.crowd)})`,
    ratio,
    goal: "≤ 2",
    met: ratio <= 2,
  };
}

const ms = (micros) => `${(micros / 1000).toFixed(2)} ms`;

async function measured(folder, database, count) {
  const own = database === "Postgres" ? await postgres() : null;
  const settings = own ? { SATCHEL_DATABASE_URL: own.url } : {};
  const server = await satchel(folder, settings);
  try {
    await upload(server, ofSize(path.join(folder, "pictures"), 200_000));
    await run(FILL, [own?.url ?? `sqlite://${path.join(folder, "satchel.db")}`, String(count), String(count / PER_FOLDER)]);
    const times = {};
    for (const [what, address] of Object.entries(await questions(server))) {
      times[what] = { alone: await load(server, address, 1, 50), crowd: await load(server, address, 8, 95) };
    }
    return times;
  } finally {
    await server.stop();
    await own?.stop();
  }
}

/** What is asked, by its name. */
async function questions(server) {
  // As many lie in it, whatever the size of the tree.
  const top = (await get(server, "/folders?parent_id=top&limit=100")).items.find((folder) => folder.has_folders);
  return {
    "a page of 100": "/assets?limit=100",
    [`the next page at depth ${DEPTH}`]: `/assets?limit=100&cursor=${encodeURIComponent(await deep(server))}`,
    "a filtered page": "/assets?limit=100&kind=document",
    // As many as there are among ten thousand: both answers are as long.
    "a two-word search, a page of 50": "/assets?limit=50&q=beach+sunset",
    "a tree open": `/folders?parent_id=${top.id}&limit=100`,
    "a meter read": "/usage",
  };
}

async function deep(server) {
  let cursor = "";
  for (let seen = 0; seen < DEPTH; seen += 200) {
    cursor = (await get(server, `/assets?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)).next_cursor;
  }
  return cursor;
}

async function get({ url, token }, address) {
  const answer = await fetch(`${url}/api/v1${address}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** The time in microseconds that so many percent of the answers stay under. */
async function load({ url, token, folder }, address, clients, percent) {
  const script = path.join(folder, "percentile.lua");
  writeFileSync(script, `done = function(summary, latency)
    if summary.errors.status > 0 then error("answers with errors") end
    io.write(string.format("percentile %d\\n", latency:percentile(${percent})))
  end\n`);
  const { stdout } = await run("wrk", ["-t1", `-c${clients}`, "-d3s", "-s", script, "-H", `Authorization: Bearer ${token}`, `${url}/api/v1${address}`]);
  const found = stdout.match(/percentile (\d+)/);
  if (!found) throw new Error(`${address}: ${stdout}`);
  return Number(found[1]);
}

async function upload({ url, token }, file) {
  const form = new FormData();
  form.append("file", await openAsBlob(file), "first.jpg");
  const answer = await fetch(`${url}/api/v1/assets`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (answer.status !== 201) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}

// A mixed folder to all previews, as an import makes them: CPU against sharp, memory of all processes
// of a server that takes the same files with bombs among them, and how long a picture takes there to
// be made fit.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { sendForm, share } from "./lib/http.mjs";
import { mixed, withBombs } from "./lib/pictures.mjs";
import { ROOT, TARGET, cpu, found, run } from "./lib/programs.mjs";
import { satchel, watched } from "./lib/satchel.mjs";

const COUNT = Number(process.env.BENCH_FILES ?? 1000);
const CEILING = 512;
/** Pictures that are made fit. */
const FITS = 200;
/** How programs of others are called that the server runs. */
const OTHERS = ["ffmpeg", "soffice.bin"];

export default async function previews(folder) {
  const program = process.env.BENCH_PREVIEWS ?? path.join(TARGET, "release/examples/previews");
  const told = (args) => JSON.parse(run(program, args));
  const files = await mixed(folder, COUNT);
  const ours = told(files);
  if (ours.refused > 0) throw new Error(`${ours.refused} of ${COUNT} files were refused`);
  const sharp = cpu("node", [path.join(ROOT, "bench/lib/sharp_previews.mjs"), ...files]);
  const bombs = await withBombs(folder, files);
  const held = await taken(path.join(folder, "satchel"), bombs.mixed);
  rmSync(folder, { recursive: true, force: true });
  const shown = (milliseconds) => `${(milliseconds / COUNT).toFixed(1)} ms`;
  const peak = held.peak / 2 ** 20;
  const others = [...held.programs].filter((program) => OTHERS.includes(program)).join(", ") || "none";
  return [
    { what: `CPU a file, ${COUNT} mixed files to thumbnail and preview, against sharp`, ours: shown(ours.cpu), theirs: shown(sharp), ratio: ours.cpu / sharp },
    { what: `memory of all processes while ${bombs.mixed.length} files come, ${bombs.count} bombs among them (other programs: ${others})`, ours: `${peak.toFixed(0)} MB`, goal: `≤ ${CEILING} MB`, met: peak <= CEILING },
    { what: "bombs and damaged files refused, the others kept", ours: `${held.refused} of ${bombs.count}`, theirs: `errors of the server: ${held.failed}`, goal: "no errors", met: held.failed === 0 },
    { what: `make it fit a push message (2:1, 1038 px, 500 KB), asked for and kept, p95 of ${held.fits.length}`, ours: `${at(held.fits, 95)} ms`, theirs: `median ${at(held.fits, 50)} ms` },
  ];
}

/** Where so many of a hundred are below, in whole milliseconds. */
function at(times, percent) {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length * percent) / 100)] ?? 0);
}

/** Lets a server take files, with the programs it may use where they are there, and watches all its processes; then has pictures made fit. */
async function taken(folder, files) {
  const settings = { SATCHEL_FFMPEG: found("ffmpeg"), SATCHEL_SOFFICE: found("soffice") };
  const server = await satchel(folder, settings);
  const auth = { authorization: `Bearer ${server.token}` };
  const [statuses, kept] = [[], []];
  const send = async (agent, file) => {
    const bytes = readFileSync(file);
    const answer = await sendForm(agent, server.url, auth, { name: path.basename(file), bytes });
    statuses.push(answer.status);
    if (answer.status === 201) kept.push(JSON.parse(answer.body));
  };
  try {
    const seen = await watched(server.pid, share(files, send));
    const count = (least, most) => statuses.filter((status) => status >= least && status < most).length;
    const pictures = kept.filter((asset) => asset.kind === "image").slice(0, FITS);
    return { ...seen, fits: await fitted(server.url, auth, pictures), refused: count(400, 500), failed: count(500, 600) };
  } finally {
    await server.stop();
  }
}

/** Milliseconds of each picture until its copy for a push message is kept; those that are too small are left out. */
async function fitted(url, auth, pictures) {
  const times = [];
  for (const { id } of pictures) {
    const began = performance.now();
    const answer = await fetch(`${url}/api/v1/assets/${id}/placements/push-ios`, { method: "POST", headers: auth });
    await answer.arrayBuffer();
    if (answer.status === 201) times.push(performance.now() - began);
  }
  return times;
}

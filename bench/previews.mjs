// A mixed folder to all previews, as an import makes them: CPU against sharp, memory of all processes
// of a server that takes the same files with bombs among them, and how long a picture takes to be
// made fit.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { sendForm, share } from "./lib/http.mjs";
import { mixed, withBombs } from "./lib/pictures.mjs";
import { ROOT, TARGET, cpu, found, run } from "./lib/programs.mjs";
import { satchel, watched } from "./lib/satchel.mjs";

const COUNT = Number(process.env.BENCH_FILES ?? 1000);
const CEILING = 512;
/** How programs of others are called that the server runs. */
const OTHERS = ["ffmpeg", "soffice.bin"];

export default async function previews(folder) {
  const program = process.env.BENCH_PREVIEWS ?? path.join(TARGET, "release/examples/previews");
  const told = (args) => JSON.parse(run(program, args));
  const files = await mixed(folder, COUNT);
  const ours = told(files);
  if (ours.refused > 0) throw new Error(`${ours.refused} of ${COUNT} files were refused`);
  const sharp = cpu("node", [path.join(ROOT, "bench/lib/sharp_previews.mjs"), ...files]);
  const fit = told(["fit", ...files]);
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
    { what: `make it fit a push message, p95 of ${fit.count}`, ours: `${fit.p95} ms`, theirs: `median ${fit.median} ms` },
  ];
}

/** Lets a server take files, with the programs it may use where they are there, and watches all its processes. */
async function taken(folder, files) {
  const settings = { SATCHEL_FFMPEG: found("ffmpeg"), SATCHEL_SOFFICE: found("soffice") };
  const server = await satchel(folder, settings);
  const auth = { authorization: `Bearer ${server.token}` };
  const statuses = [];
  const send = async (agent, file) => {
    const bytes = readFileSync(file);
    const answer = await sendForm(agent, server.url, auth, { name: path.basename(file), bytes });
    statuses.push(answer.status);
  };
  try {
    const seen = await watched(server.pid, share(files, send));
    const count = (least, most) => statuses.filter((status) => status >= least && status < most).length;
    return { ...seen, refused: count(400, 500), failed: count(500, 600) };
  } finally {
    await server.stop();
  }
}

// A file of 200 KB, with the access check, against nginx on the same bytes without one.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { promisify } from "node:util";

import { ofSize } from "./lib/pictures.mjs";
import { start } from "./lib/programs.mjs";
import { median } from "./lib/report.mjs";
import { satchel } from "./lib/satchel.mjs";

const ROUNDS = 5;

export default async function serving(folder) {
  const file = ofSize(path.join(folder, "pictures"), 200_000);
  const web = await nginx(folder, file);
  const ours = await satchel(path.join(folder, "satchel"));
  try {
    const auth = `Authorization: Bearer ${ours.token}`;
    const asset = await upload(ours, file);
    const member = `${ours.url}/api/v1/assets/${asset.id}/content`;
    const shared = (await (await fetch(`${ours.url}/api/v1/assets/${asset.id}/share`, { method: "POST", headers: { authorization: `Bearer ${ours.token}` } })).json()).url;
    const etag = async (url, headers = {}) => (await fetch(url, { headers })).headers.get("etag");
    const mine = await etag(member, { authorization: `Bearer ${ours.token}` });
    const full = [web.url];
    const same = [web.url, `If-None-Match: ${await etag(web.url)}`];
    return [
      await figure("200 KB for members", [member, auth], full, 0.5),
      await figure("200 KB in public", [shared], full, 0.5),
      await figure("304 for members", [member, auth, `If-None-Match: ${mine}`], same, 0.3),
      await figure("304 in public", [shared, `If-None-Match: ${await etag(shared)}`], same, 0.3),
    ];
  } finally {
    await ours.stop();
    await web.stop();
  }
}

/** Ours and theirs in turns, since a machine that others use is fast and slow by the minute. */
async function figure(what, ours, theirs, goal) {
  const rates = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(await wrk(...ours));
    rates.theirs.push(await wrk(...theirs));
  }
  const [mine, nginx] = [median(rates.ours), median(rates.theirs)];
  const ratio = mine / nginx;
  return { what, ours: `${mine.toFixed(0)}/s`, theirs: `nginx ${nginx.toFixed(0)}/s`, ratio, goal: `≥ ${goal}`, met: ratio >= goal };
}

// Awaited, not blocking: a blocked loop would not notice connections that close meanwhile.
async function wrk(url, ...headers) {
  const { stdout: out } = await promisify(execFile)("wrk", ["-t1", "-c64", "-d2s", ...headers.flatMap((header) => ["-H", header]), url]);
  if (/Non-2xx or 3xx/.test(out)) throw new Error(`${url} answered with errors: ${out}`);
  return Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

async function upload({ url, token }, file) {
  const form = new FormData();
  form.append("file", new Blob([readFileSync(file)]), "sized.jpg");
  const answer = await fetch(`${url}/api/v1/assets`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (answer.status !== 201) throw new Error(`the upload answered ${answer.status}`);
  return answer.json();
}

async function nginx(folder, file) {
  const root = path.join(folder, "nginx");
  mkdirSync(root, { recursive: true });
  copyFileSync(file, path.join(root, "sized.jpg"));
  const port = await freePort();
  const config = path.join(root, "nginx.conf");
  writeFileSync(config, `daemon off; user root; worker_processes 2; pid ${root}/pid; error_log stderr;
events { worker_connections 512; }
http { types { image/jpeg jpg; } access_log off; sendfile on; server { listen 127.0.0.1:${port}; root ${root}; } }\n`);
  // Killed, it would leave its workers behind.
  const server = await start("bash", ["-c", `echo starting; exec nginx -c ${config} -p ${root}`], /starting/, {}, "SIGTERM");
  const url = `http://127.0.0.1:${port}/sized.jpg`;
  while (!(await fetch(url).then((answer) => answer.ok, () => false)));
  return { ...server, url };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

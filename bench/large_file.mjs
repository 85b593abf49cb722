// One file of a gigabyte, or of `BENCH_BYTES`: how much the server's memory grows.
import http from "node:http";
import path from "node:path";
import { Readable } from "node:stream";

import { forgetPeak, memory, satchel } from "./lib/satchel.mjs";

const SIZE = Number(process.env.BENCH_BYTES ?? 1_000_000_000);
const SAID = `${SIZE / 1e9} GB`;

export default async function largeFile(folder) {
  const server = await satchel(path.join(folder, "satchel"));
  try {
    const before = memory(server.pid).now;
    forgetPeak(server.pid);
    const began = performance.now();
    const id = await upload(server);
    const seconds = (performance.now() - began) / 1000;
    const up = memory(server.pid).peak - before;
    forgetPeak(server.pid);
    await download(server, id);
    const down = memory(server.pid).peak - before;
    const shown = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
    return [
      { what: `${SAID} up (${(SIZE / 1e6 / seconds).toFixed(0)} MB/s), growth of memory`, ours: shown(up), goal: "≤ 64 MB", met: up <= 64e6 },
      { what: `${SAID} down, growth of memory`, ours: shown(down), goal: "≤ 64 MB", met: down <= 64e6 },
    ];
  } finally {
    await server.stop();
  }
}

function upload({ url, token }) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/files/`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "tus-resumable": "1.0.0",
        "upload-length": SIZE,
        "upload-metadata": `filename ${Buffer.from("film.txt").toString("base64")}`,
        "content-type": "application/offset+octet-stream",
        "content-length": SIZE,
      },
    }, (answer) => {
      answer.resume();
      answer.on("end", () => answer.headers["satchel-asset-id"] ? resolve(answer.headers["satchel-asset-id"]) : reject(new Error(`answered ${answer.statusCode}`)));
    });
    request.on("error", reject);
    Readable.from(lines()).pipe(request);
  });
}

function* lines() {
  const piece = Buffer.from("A quiet line of text that goes on and on.\n".repeat(25_000)).subarray(0, 1_000_000);
  for (let sent = 0; sent < SIZE; sent += piece.length) yield piece;
}

async function download({ url, token }, id) {
  const answer = await fetch(`${url}/api/v1/assets/${id}/content`, { headers: { authorization: `Bearer ${token}` } });
  let size = 0;
  for await (const part of answer.body) size += part.length;
  if (size !== SIZE) throw new Error(`${size} bytes came back`);
}

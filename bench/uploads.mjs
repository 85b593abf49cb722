// Five hundred photographs by eight clients, by form and by tus, against @tus/server on the same disk.
import { mkdirSync } from "node:fs";
import path from "node:path";

import { ROOT, start } from "./lib/programs.mjs";
import { distinct } from "./lib/pictures.mjs";
import { send, sendForm, share } from "./lib/http.mjs";
import { satchel } from "./lib/satchel.mjs";

const COUNT = 500;

export default async function uploads(folder) {
  const pictures = distinct(path.join(folder, "pictures"), COUNT);
  const texts = pictures.map(({ name, bytes }) => ({ name: `${name}.txt`, bytes: Buffer.from(bytes.toString("hex").slice(0, bytes.length)) }));

  const theirs = await theirRate(folder, pictures);
  const ours = await satchel(path.join(folder, "satchel"));
  const auth = { authorization: `Bearer ${ours.token}` };
  try {
    const form = await share(pictures, (agent, file) => byForm(agent, ours.url, auth, file));
    const plainForm = await share(texts, (agent, file) => byForm(agent, ours.url, auth, file));
    const other = pictures.map(({ name, bytes }) => ({ name, bytes: Buffer.concat([bytes, Buffer.from("\n")]) }));
    const tus = await share(other, (agent, file) => byTus(agent, `${ours.url}/files/`, auth, file));
    const otherTexts = texts.map(({ name, bytes }) => ({ name, bytes: Buffer.concat([bytes, Buffer.from("\n")]) }));
    const plainTus = await share(otherTexts, (agent, file) => byTus(agent, `${ours.url}/files/`, auth, file));
    return [
      figure("by form, thumbnails made before the answer", form, theirs),
      figure("by tus, thumbnails made before the answer", tus, theirs),
      { ...figure("by form, without renditions (text of the same sizes)", plainForm, theirs), goal: "≥ 1", met: plainForm >= theirs },
      { ...figure("by tus, without renditions (text of the same sizes)", plainTus, theirs), goal: "≥ 1", met: plainTus >= theirs },
    ];
  } finally {
    await ours.stop();
  }
}

function figure(what, ours, theirs) {
  return { what: `${COUNT} files, ${what}`, ours: `${ours.toFixed(0)}/s`, theirs: `@tus/server ${theirs.toFixed(0)}/s`, ratio: ours / theirs };
}

async function theirRate(folder, pictures) {
  const files = path.join(folder, "tus");
  mkdirSync(files, { recursive: true });
  const server = await start("node", [path.join(ROOT, "bench/lib/tus_server.mjs"), files], /http:\S+/);
  try {
    return await share(pictures, (agent, file) => byTus(agent, server.match[0], {}, file));
  } finally {
    await server.stop();
  }
}

async function byTus(agent, url, auth, { name, bytes }) {
  const metadata = `filename ${Buffer.from(name).toString("base64")},filetype ${Buffer.from("image/jpeg").toString("base64")}`;
  const answer = await send(agent, "POST", url, {
    ...auth,
    "tus-resumable": "1.0.0",
    "upload-length": bytes.length,
    "upload-metadata": metadata,
    "content-type": "application/offset+octet-stream",
    "content-length": bytes.length,
  }, bytes);
  if (answer.status !== 201) throw new Error(`tus answered ${answer.status}: ${answer.body}`);
}

async function byForm(agent, url, auth, file) {
  const answer = await sendForm(agent, url, auth, file);
  if (answer.status !== 201) throw new Error(`the form answered ${answer.status}: ${answer.body}`);
}

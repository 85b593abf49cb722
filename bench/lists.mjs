// A page of 50 among 1 000 assets and among 100 000: the time must not follow the number.
import path from "node:path";

import { TARGET, run } from "./lib/programs.mjs";
import { distinct } from "./lib/pictures.mjs";
import { satchel } from "./lib/satchel.mjs";

const FILL = path.join(TARGET, "release/examples/fill");

const PAGES = { "newest first": "limit=50", "by name": "limit=50&sort=name", "one kind": "limit=50&kind=image" };

export default async function lists(folder) {
  const small = await rates(path.join(folder, "small"), 1_000);
  const large = await rates(path.join(folder, "large"), 100_000);
  return Object.keys(PAGES).map((name) => {
    const ratio = small[name] / large[name];
    const shown = (rate) => `${(1000 / rate).toFixed(2)} ms`;
    return { what: `a page of 50, ${name}, at 100 000 against 1 000`, ours: shown(large[name]), theirs: shown(small[name]), ratio, goal: "≤ 1.5", met: ratio <= 1.5 };
  });
}

async function rates(folder, count) {
  const server = await satchel(folder);
  try {
    await upload(server, distinct(path.join(folder, "pictures"), 1)[0]);
    run(FILL, [`sqlite://${path.join(folder, "satchel.db")}`, String(count), String(count / 20)]);
    const measured = {};
    for (const [name, query] of Object.entries(PAGES)) {
      const out = run("wrk", ["-t1", "-c1", "-d5s", "-H", `Authorization: Bearer ${server.token}`, `${server.url}/api/v1/assets?${query}`]);
      measured[name] = Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]);
    }
    return measured;
  } finally {
    await server.stop();
  }
}

async function upload({ url, token }, { name, bytes }) {
  const form = new FormData();
  form.append("file", new Blob([bytes]), name);
  const answer = await fetch(`${url}/api/v1/assets`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (answer.status !== 201) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}

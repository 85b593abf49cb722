// The grid at 100 000 assets: scrolling far down must be as light as at the beginning.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { addPerson, browser, signedIn } from "./lib/browser.mjs";
import { TARGET, photos, run } from "./lib/programs.mjs";
import { median } from "./lib/report.mjs";
import { satchel } from "./lib/satchel.mjs";

const FILL = path.join(TARGET, "release/examples/fill");
const COUNT = Number(process.env.BENCH_ASSETS ?? 100_000);
/** Assets of one page, as the client asks for them. */
const PAGE = 200;
/** Where the deep one begins: there is more behind it, as there is at the beginning. */
const DEPTH = Math.floor(COUNT * 0.85);
const WINDOW = { width: 1440, height: 900 };
const ROUNDS = 7;
const FRAMES = 300;
/** Pixels a frame: a brisk hand at the wheel. */
const STEP = 60;
const TAIL = 0.95;

export default async function grid(folder) {
  const server = await satchel(folder, { SATCHEL_SITE_DIR: path.join(TARGET, "site") });
  const chromium = await browser();
  try {
    await upload(server, photo());
    run(FILL, [`sqlite://${path.join(folder, "satchel.db")}`, String(COUNT), String(COUNT / 20)]);
    addPerson(server);
    const [start, deep] = [await opened(chromium, server), await opened(chromium, server)];
    await descend(deep, DEPTH);
    return await compared(start, deep);
  } finally {
    await chromium.close();
    await server.stop();
  }
}

/** Both in turns, since a machine that others use is fast and slow by the minute. */
async function compared(start, deep) {
  const seen = { start: [], deep: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [await scrolled(start), await scrolled(deep)];
    // The first round is for the compiler.
    if (round === 0) continue;
    seen.start.push(one);
    seen.deep.push(other);
  }
  const [near, far] = [await weighed(start), await weighed(deep)];
  const ms = (time) => `${time.toFixed(2)} ms`;
  const at = (pick) => [median(seen.deep.map(pick)), median(seen.start.map(pick))];
  const long = (rounds) => String(rounds.reduce((sum, { long }) => sum + long, 0));
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  return [
    figure(`work at a frame while scrolling at depth ${DEPTH}, median, against the beginning`, at(({ times }) => part(times, 0.5)), ms),
    figure("95th percentile", at(({ times }) => part(times, TAIL)), ms),
    { what: `tasks over 50 ms in ${ROUNDS * FRAMES} frames`, ours: long(seen.deep), theirs: long(seen.start) },
    figure("elements in the document", [far.elements, near.elements], String),
    { what: "heap of the script, without the client's own memory", ours: megabytes(far.bytes), theirs: megabytes(near.bytes) },
  ];
}

function figure(what, [far, near], shown) {
  const ratio = far / near;
  return { what, ours: shown(far), theirs: shown(near), ratio, goal: "≤ 1.5", met: ratio <= 1.5 };
}

function part(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function opened(chromium, server) {
  const page = await signedIn(chromium, server, WINDOW);
  await page.goto(server.url);
  await page.locator(".library.lives").waitFor();
  await settled(page);
  return page;
}

/** Nothing in sight waits for its asset. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelector(".tile") && !document.querySelector(".tile.awaited"), null, { timeout: 120_000 });
}

/** Goes down as far as the scrollbar reaches, until so many assets are here. */
async function descend(page, count) {
  let here = 0;
  page.on("response", (response) => {
    if (response.url().includes("/rpc/list_assets") && response.ok()) here += PAGE;
  });
  while (here < count) {
    await page.locator("[data-pane]").evaluate(async (pane) => {
      pane.scrollTop = pane.scrollHeight;
      // One frame to see that it was scrolled, one to draw what waits there.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    });
    await settled(page);
  }
}

/** Scrolls on, and tells how long the page worked at each frame and how many tasks held it up. */
async function scrolled(page) {
  await page.bringToFront();
  const seen = await page.locator("[data-pane]").evaluate(async (pane, [frames, step]) => {
    // From the beginning of a frame to what comes after it was laid out and painted: work, not the clock's rests.
    const frame = () => new Promise((resolve) => requestAnimationFrame((began) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - began);
      port2.postMessage(null);
    }));
    let long = 0;
    const observer = new PerformanceObserver((list) => (long += list.getEntries().length));
    observer.observe({ type: "longtask" });
    const times = [];
    for (let at = 0; at < frames; at += 1) {
      pane.scrollTop += step;
      times.push(await frame());
    }
    observer.disconnect();
    return { times, long };
  }, [FRAMES, STEP]);
  await settled(page);
  return seen;
}

/** Bytes that the script holds, and elements in the document. */
async function weighed(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize: bytes } = await devtools.send("Runtime.getHeapUsage");
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  return { bytes, elements };
}

function photo() {
  const folder = photos();
  const name = readdirSync(folder).filter((name) => /\.jpe?g$/i.test(name)).sort()[0];
  return { name, bytes: readFileSync(path.join(folder, name)) };
}

async function upload({ url, token }, { name, bytes }) {
  const form = new FormData();
  form.append("file", new Blob([bytes]), name);
  const answer = await fetch(`${url}/api/v1/assets`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (answer.status !== 201) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}

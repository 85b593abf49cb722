// The network breaks, the page reloads, the server dies: the upload goes on where it was.
import type { Page, Request } from "@playwright/test";

import { text } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

const MB = 1_000_000;
// What is on its way when the network goes is lost: a request, or a part of the page that comes later.
const BROKEN = /Failed to load resource: net::ERR_|TypeError: Failed to fetch/;
const LONG = text(24 * MB, 11);

test("an upload goes on after the network broke", async ({ anna, files, library, network, page, watch }) => {
  watch.expects(BROKEN);
  await anna.opens("/");
  const requests = uploadRequests(page);
  network.cutAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", LONG));

  await expect(anna.upload("long.txt")).toContainText("No connection: tries again by itself");
  expect(network.happened).toBe(true);
  network.mend();

  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", LONG);
  expectResumed(requests);
});

test("an upload goes on by itself after the page was loaded again", async ({ anna, files, library, network, page, watch }) => {
  watch.expects(BROKEN);
  await anna.opens("/");
  const requests = uploadRequests(page);
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", LONG));
  await expect.poll(() => network.happened).toBe(true);
  await expect(anna.upload("long.txt")).toContainText("of 24 MB");
  await untilKept(page, "long.txt");
  network.loseHeld();
  await page.reload();

  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", LONG);
  expectResumed(requests);
});

test("the settings ask before they stop an upload, and it goes on when one comes back", async ({
  anna,
  files,
  library,
  network,
  page,
  watch,
}) => {
  watch.expects(BROKEN);
  await anna.opens("/");
  const requests = uploadRequests(page);
  const settings = page.getByTitle("Settings", { exact: true });
  const asked: string[] = [];
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", LONG));
  await expect.poll(() => network.happened).toBe(true);
  await untilKept(page, "long.txt");

  page.removeAllListeners("dialog");
  page.once("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await settings.click();
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(anna.upload("long.txt")).toContainText("of 24 MB");
  expect(new URL(page.url()).pathname).toBe("/");

  page.once("dialog", (dialog) => dialog.accept());
  network.loseHeld();
  await settings.click();
  await expect(page.getByRole("heading", { name: "Change password" })).toBeVisible();
  await anna.opens("/");
  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", LONG);
  expectResumed(requests);
});

test("a file the browser may not keep goes on when it is chosen again", async ({ anna, files, library, network, page, watch }) => {
  watch.expects(BROKEN);
  // As in a private window: nothing may be stored but notes.
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await anna.opens("/");
  const requests = uploadRequests(page);
  const file = files.write("long.txt", LONG);
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), file);
  await expect.poll(() => network.happened).toBe(true);
  await expect.poll(() => notes(page)).toContain("/files/");
  network.loseHeld();
  await page.reload();

  await expect(anna.upload("long.txt")).toContainText("Choose this file again to go on");
  await expect(anna.tray).toContainText("1 upload can go on where it stopped.");
  const choosing = page.waitForEvent("filechooser");
  await anna.tray.getByRole("button", { name: "Choose the files again" }).click();
  await (await choosing).setFiles(file);

  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", LONG);
  expectResumed(requests);
});

test("another file is not taken for the one that waits", async ({ anna, files, library, network, page, watch }) => {
  watch.expects(BROKEN);
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await anna.opens("/");
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", LONG));
  await expect.poll(() => network.happened).toBe(true);
  await expect.poll(() => notes(page)).toContain("/files/");
  network.loseHeld();
  await page.reload();

  const choosing = page.waitForEvent("filechooser");
  await anna.tray.getByRole("button", { name: "Choose the files again" }).click();
  await (await choosing).setFiles(files.sample("note.txt"));

  await expect(anna.tray).toContainText("note.txt: not a file that waits here.");
  expect(await library.assets()).toEqual([]);
});

test("an upload goes on after the server was killed and started again", async ({
  anna,
  files,
  library,
  network,
  page,
  server,
  watch,
}) => {
  watch.expects(BROKEN);
  await anna.opens("/");
  const requests = uploadRequests(page);
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", LONG));
  await expect.poll(() => network.happened).toBe(true);
  await server.kill();
  network.mend();
  await expect(anna.upload("long.txt")).toContainText("No connection: tries again by itself");
  await server.restart();

  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", LONG);
  expectResumed(requests);
});

test("many files survive a network that breaks again and again", async ({ anna, files, library, network, page, watch }) => {
  watch.expects(BROKEN);
  await anna.opens("/");
  network.cutAfter(300_000);
  await files.drop(page.getByRole("main"), ...files.photos(30));
  for (const bytes of [400_000, 400_000]) {
    await expect(anna.tray).toContainText("No connection: tries again by itself");
    network.mend();
    network.cutAfter(bytes);
    await expect.poll(() => network.happened, { timeout: 60_000 }).toBe(true);
  }
  network.mend();

  await expect(anna.tray).toContainText("30 files uploaded", { timeout: 90_000 });
  const names = (await library.assets()).map((asset) => asset.name);
  expect(new Set(names).size).toBe(30);
  expect(names).toHaveLength(30);
});

test("a file whose answer was lost is not uploaded twice, however its name is written", async ({
  anna,
  files,
  library,
  network,
  page,
  watch,
}) => {
  watch.expects(BROKEN);
  // As without https: nothing there that counts digests or makes ids.
  await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  await anna.opens("/");
  const requests = uploadRequests(page);
  network.loseAnswer("satchel-asset-id");
  // An e and an accent of its own, as some systems write it.
  await files.drop(page.getByRole("main"), files.write("cafe\u0301.txt", text(3_000, 5)));

  await expect(anna.tray).toContainText("1 file uploaded", { timeout: 30_000 });
  expect(network.hasLostAnswer).toBe(true);
  const names = (await library.assets()).map((asset) => asset.name.normalize("NFC"));
  expect(names).toEqual(["caf\u00e9.txt"]);
  const begun = requests.filter((request) => request.method() === "POST");
  const keys = new Set(begun.map((request) => request.headers()["idempotency-key"]));
  expect(keys.size, "one file, one key").toBe(1);
  expect([...keys][0]).toMatch(/^[0-9a-f]{32}$/);
});

/** All requests that make an upload or send bytes, as they happen. */
function uploadRequests(page: Page): Request[] {
  const requests: Request[] = [];
  page.on("request", (request) => {
    const isUpload = new URL(request.url()).pathname.startsWith("/files/");
    if (isUpload && request.method() !== "DELETE") requests.push(request);
  });
  return requests;
}

/** The upload was made once, asked about, and its bytes went on from where they were. */
function expectResumed(requests: Request[]) {
  const methods = requests.map((request) => request.method());
  const offsets = requests
    .filter((request) => request.method() === "PATCH")
    .map((request) => Number(request.headers()["upload-offset"]));
  expect(methods.filter((method) => method === "POST")).toHaveLength(1);
  expect(methods).toContain("HEAD");
  expect(offsets.filter((offset) => offset === 0)).toHaveLength(1);
  expect(Math.max(...offsets)).toBeGreaterThan(8 * MB);
}

/** What the browser remembers of unfinished uploads. */
async function notes(page: Page): Promise<string> {
  return page.evaluate(() => Object.values(localStorage).join("\n"));
}

/** Waits until the browser has the file itself. */
async function untilKept(page: Page, name: string) {
  await expect.poll(() => notes(page), { timeout: 60_000 }).toMatch(new RegExp(`"name":"${name}".*"kept":"`));
}

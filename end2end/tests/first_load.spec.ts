// What a browser fetches before the library is alive.
import type { Page } from "@playwright/test";

import { Desk } from "../support/desk.ts";
import { expect, test } from "../support/test.ts";

const KB = 1_000;
// What is opened later comes later: CONTRIBUTING.md says how.
const CLIENT = 300 * KB;
// The page itself and the first thumbnails.
const FIRST_VIEW = 350 * KB;
// All that the frame in another program's page loads before its first list (bench: sizes).
const PICKER = 200 * KB;

/** What a page fetches from here on: the bytes of each address on the wire, and how they came. */
async function weigh(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const sizes = new Map<string, number>();
  const addresses = new Map<string, string>();
  const encodings = new Map<string, string>();
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    addresses.set(requestId, new URL(response.url).pathname);
    encodings.set(new URL(response.url).pathname, String(response.headers["content-encoding"] ?? response.headers["Content-Encoding"] ?? ""));
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId) ?? "";
    sizes.set(address, (sizes.get(address) ?? 0) + encodedDataLength);
  });
  return { sizes, encodings };
}

test("the first view weighs little", async ({ anna, page }) => {
  const { sizes, encodings } = await weigh(page);
  await anna.opens("/");

  const client = [...sizes].filter(([address]) => /\.(js|wasm|css)$/.test(address));
  const weight = client.reduce((sum, [, bytes]) => sum + bytes, 0);
  const everything = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  test.info().annotations.push({ type: "bytes", description: `client ${weight}, first view ${everything}` });
  expect(client.length, "script, client and styles").toBeGreaterThanOrEqual(3);
  // Chromium offers brotli to addresses it trusts; loopback is one of them.
  for (const [address] of client) expect(encodings.get(address), address).toMatch(/br|gzip/);
  expect(weight).toBeLessThanOrEqual(CLIENT);
  expect(everything).toBeLessThanOrEqual(FIRST_VIEW);
});

test("the picker for other programs loads nothing of the library, and weighs little", async ({ account, page, site }) => {
  const session = await account.ask("POST", "/embed/sessions", { origin: "https://desk.example.com" });
  const { sizes, encodings } = await weigh(page);
  // Framed by nobody it says what it is for: all of it is here by then.
  await page.goto(`${site}/embed/picker?session=${session.id}`);
  await expect(page.getByRole("heading", { name: "This page belongs inside another one" })).toBeVisible();

  const client = [...sizes].filter(([address]) => /\.(js|wasm|css)$/.test(address));
  const weight = client.reduce((sum, [, bytes]) => sum + bytes, 0);
  test.info().annotations.push({ type: "bytes", description: `picker ${weight}` });
  expect(client.map(([address]) => address.replace(/\.[^/]*\./, ".")).sort()).toEqual([
    "/pkg/picker.css",
    "/pkg/picker.js",
    "/pkg/picker.wasm",
  ]);
  for (const [address] of client) expect(encodings.get(address), address).toMatch(/br|gzip/);
  expect(weight).toBeLessThanOrEqual(PICKER);
});

test("what the picker does not need for its first list comes when it is wanted", async ({ account, library, page, site }) => {
  await library.given("coffee.jpg");
  const fetched: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/pkg/") && !fetched.includes(pathname)) fetched.push(pathname);
  });
  const desk = await Desk.with(page, account, site);
  await desk.opens();
  const kinds = fetched.map((address) => address.replace(/\.[^/]*\./, "."));
  expect(kinds.sort()).toEqual(["/pkg/picker.css", "/pkg/picker.js", "/pkg/picker.wasm"]);

  const first = fetched.length;
  await desk.file("coffee.jpg").click();
  await desk.picker.getByRole("button", { name: "Crop", exact: true }).click();
  await expect(desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" })).toBeVisible();
  expect(fetched.length, "the editor").toBeGreaterThan(first);
  for (const address of fetched.slice(first)) expect(address).toMatch(/^\/pkg\/picker\.[0-9a-f]+\.wasm$/);
});

test("the client may be kept for good", async ({ anna, page }) => {
  await anna.opens("/");
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const pkg = fetched.filter((address) => address.includes("/pkg/"));
  expect(pkg.length).toBeGreaterThanOrEqual(3);
  for (const address of pkg) {
    const answer = await page.request.get(address);
    expect(answer.headers()["cache-control"], address).toContain("immutable");
  }
});

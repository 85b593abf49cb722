// What a browser fetches before the library is alive.
import { expect, test } from "../support/test.ts";

const KB = 1_000;
// What is opened later comes later: CONTRIBUTING.md says how.
const CLIENT = 300 * KB;
// The page itself and the first thumbnails.
const FIRST_VIEW = 350 * KB;

test("the first view weighs little", async ({ anna, page }) => {
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

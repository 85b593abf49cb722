// What failed for good waits for a person, and goes on when that person says so.
import { expectAccessible } from "../support/a11y.ts";
import { media, text } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

const MB = 1_000_000;

/** A fault of the server, which may be tried again at once. */
const FAULT = { status: 500, headers: { "retry-after": "0" }, body: "" };

test("an upload that fails again and again asks for a person, and goes on by Retry", async ({ anna, files, library, page, watch }) => {
  watch.expects(/status of 500/);
  let tries = 0;
  await page.route("**/files/**", async (route) => {
    tries += 1;
    await route.fulfill(FAULT);
  });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"), files.sample("chelsea.jpg"));

  await expect(anna.tray).toContainText("2 of 2 need you");
  await expect(anna.upload("coffee.jpg")).toContainText("Something went wrong on the server");
  await expect(anna.tray.getByRole("button", { name: "Pause: coffee.jpg" })).toHaveCount(0);
  expect(tries, "it was tried more than once before anybody was asked").toBeGreaterThan(4);
  expect(await library.assets()).toEqual([]);
  await expectAccessible(page);

  await page.unroute("**/files/**");
  await anna.tray.getByRole("button", { name: "Retry: coffee.jpg" }).press("Enter");
  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await expect(anna.tray).toContainText("1 of 2 needs you");
  await anna.tray.getByRole("button", { name: "Retry: chelsea.jpg" }).click();
  await expect(anna.tray).toContainText("2 files uploaded");
  await expect(anna.tile("coffee.jpg").getByRole("img")).toBeVisible();
  await library.holds("coffee.jpg", media("coffee.jpg"));
  await library.holds("chelsea.jpg", media("chelsea.jpg"));
});

test("Retry goes on where the upload stopped, and sends nothing twice", async ({ anna, files, library, page, watch }) => {
  watch.expects(/status of 500/);
  const long = text(20 * MB, 51);
  const made: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/files/") && request.method() === "POST") made.push(request.url());
  });
  const offsets: number[] = [];
  let isBroken = true;
  await page.route("**/files/*", async (route, request) => {
    const offset = Number(request.headers()["upload-offset"] ?? 0);
    if (request.method() !== "PATCH" || offset === 0 || !isBroken) {
      if (request.method() === "PATCH") offsets.push(offset);
      return route.continue();
    }
    return route.fulfill(FAULT);
  });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("long.txt", long));

  await expect(anna.tray).toContainText("1 of 1 needs you");
  expect(offsets).toEqual([0]);
  isBroken = false;
  await anna.tray.getByRole("button", { name: "Retry: long.txt" }).click();
  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", long);
  expect(made).toHaveLength(1);
  expect(Math.min(...offsets.slice(1)), "where it went on").toBe(8 << 20);
});

test("nobody has to wait for the next try: Retry is there while it rests", async ({ anna, files, library, page, watch }) => {
  watch.expects(/status of 503/);
  // Minutes of rest, which nobody waits for here.
  await page.route("**/files/**", (route) => route.fulfill({ status: 503, headers: { "retry-after": "300" }, body: "" }));
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"));
  await expect(anna.upload("coffee.jpg")).toContainText("No connection: tries again by itself");

  await page.unroute("**/files/**");
  await anna.tray.getByRole("button", { name: "Retry: coffee.jpg" }).press("Enter");
  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await library.holds("coffee.jpg", media("coffee.jpg"));
});

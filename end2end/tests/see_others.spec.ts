// What a colleague does appears without a reload, and nothing jumps.
import type { Page } from "@playwright/test";

import { isAlive } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const LINE = "**/api/v1/events*";

/** Lets a page be seen or not, as when somebody looks at another one. */
async function isSeen(page: Page, seen: boolean) {
  await page.evaluate((seen) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !seen });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, seen);
}

test("a hidden page holds no line, and shows what it missed once it is seen", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  const opened = page.waitForRequest(LINE);
  await anna.opens("/");
  const line = await opened;
  const closed = page.waitForEvent("requestfailed", (request) => request === line);
  await isSeen(page, false);
  await closed;

  await library.given("rocket.jpg");
  const again = page.waitForRequest(LINE);
  await isSeen(page, true);
  await again;
  await expect(anna.tile("rocket")).toBeVisible();
});

test("a page that the server refused listens again, and misses nothing", async ({ anna, library, page, watch }) => {
  watch.expects(/503/);
  await library.given("coffee.jpg");
  await page.route(LINE, (route) => route.fulfill({ status: 503 }), { times: 2 });
  const refused = page.waitForResponse((answer) => answer.url().includes("/api/v1/events") && answer.status() === 503);
  await anna.opens("/");
  await refused;

  await library.given("rocket.jpg");
  await expect(anna.tile("rocket")).toBeVisible();
});

test("a folder that gets another name changes the tree and loads no list anew", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Sumer");
  await library.given("coffee.jpg");
  let lists = 0;
  page.on("request", (request) => (lists += request.url().includes("/rpc/list_assets") ? 1 : 0));
  await anna.opens("/");

  await library.renameFolder(folder, "Summer");
  await expect(anna.folder("Summer")).toBeVisible();
  await library.given("rocket.jpg");
  await expect(anna.tile("rocket")).toBeVisible();
  expect(lists).toBe(0);
});

test("who has scrolled far stays there while a colleague changes much", async ({ anna, library, page }) => {
  const notes = [];
  for (let index = 1; index <= 260; index++) {
    notes.push(await library.givenFile(`note-${index}.txt`, Buffer.from(`Note ${index}`)));
  }
  await anna.opens("/");
  const pane = page.locator("[data-pane]");
  const seen = anna.tile("note-130.txt");
  await expect
    .poll(async () => {
      const isThere = (await seen.count()) === 1;
      if (!isThere) await pane.evaluate((it) => it.scrollBy(0, it.clientHeight / 2));
      return isThere;
    })
    .toBe(true);
  await seen.scrollIntoViewIfNeeded();
  const height = await pane.evaluate((it) => it.scrollHeight);

  await library.trashAll(notes.slice(-40));
  await expect.poll(() => pane.evaluate((it) => it.scrollHeight)).toBeLessThan(height);
  await expect(seen).toBeInViewport();
});

// A browser has six connections to a host, for all its pages together.
test("eight pages of one browser are open at once", async ({ anna, library }) => {
  await library.given("coffee.jpg");
  for (let count = 1; count <= 8; count++) {
    const page = await anna.context.newPage();
    const opened = page.waitForRequest(LINE);
    await page.goto(anna.site);
    await isAlive(page);
    const line = await opened;
    const closed = page.waitForEvent("requestfailed", (request) => request === line);
    await isSeen(page, false);
    await closed;
  }
});

test("what a colleague adds and takes away appears by itself", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  // From what the server drew on: nothing is missed while the page comes to life.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/events*", async (route) => {
    await held;
    await route.continue();
  });
  await anna.opens("/");
  await expect(anna.tiles).toHaveCount(1);
  const meter = page.getByRole("link", { name: /used/ });
  const before = await meter.textContent();

  const rocket = await library.given("rocket.jpg");
  release();
  await expect(anna.tile("rocket")).toBeVisible();
  await expect(meter).not.toHaveText(before ?? "");

  await library.trash(rocket);
  await expect(anna.tile("rocket")).toHaveCount(0);

  const folder = await library.givenFolder("Sumer");
  await expect(anna.folder("Sumer")).toBeVisible();
  await library.renameFolder(folder, "Summer");
  await expect(anna.folder("Summer")).toBeVisible();
  await library.given("letter.pdf", { folder });
  await expect(anna.folder("Summer")).toContainText("1");
  await library.trashFolder(folder);
  await expect(anna.folder("Summer")).toBeHidden();
  await expect(anna.tile("letter.pdf")).toHaveCount(0);
});

test("under a filter, what a colleague does appears and goes as the filter says", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg", { tags: ["Sea"] });
  await anna.opens("/?tag=sea&shape=landscape");
  await expect(anna.tiles).toHaveCount(1);

  await library.given("rocket.jpg", { tags: ["Sun"] });
  const chelsea = await library.given("chelsea.jpg", { tags: ["Sea"] });
  await expect(anna.tile("chelsea")).toBeVisible();
  await expect(anna.tiles).toHaveCount(2);

  await library.tag(coffee, ["Sun"]);
  await expect(anna.tile("coffee")).toHaveCount(0);
  await library.trash(chelsea);
  await expect(page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
});

// What a colleague does appears without a reload, and nothing jumps.
import { expect, test } from "../support/test.ts";

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

// Tags and teams that went come back with what they were on: by mouse and by keyboard.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

/** What was deleted, as far as it can be brought back. */
const gone = (page: Page) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: "Deleted" }) }).getByRole("listitem");

/** A tag or a team that is there. */
const row = (page: Page, name: string) =>
  page.locator("li:has(details)").filter({ has: page.getByText(name, { exact: true }) });

test("a deleted tag comes back on the file it was on", async ({ anna, ben, library, page }) => {
  const coffee = await library.given("coffee.jpg", { tags: ["Sea", "Sun"] });
  await page.goto(`${anna.site}/settings/leaving?tag=Sea`);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(row(page, "Sea")).toHaveCount(0);
  expect((await library.asset(coffee.id)).tags).toEqual(["Sun"]);

  // Deleting is for everybody, bringing back is not.
  await ben.page.goto(`${ben.site}/settings/tags`);
  await expect(row(ben.page, "Sun")).toBeVisible();
  await expect(ben.page.getByRole("button", { name: "Bring back" })).toHaveCount(0);

  await expect(gone(page)).toContainText(["Sea"]);
  await expect(gone(page)).toContainText([/by Anna · kept until/i]);
  await gone(page).getByRole("button", { name: "Bring back" }).click();
  await expect(row(page, "Sea")).toContainText("1 file");
  await expect(gone(page)).toHaveCount(0);
  expect((await library.asset(coffee.id)).tags.toSorted()).toEqual(["Sea", "Sun"]);
});

test("a team comes back with its people and what is for it", async ({ account, anna, ben, library, page }) => {
  const coffee = await library.given("coffee.jpg");
  const press = await library.givenTeam("Press", [ben]);
  await account.ask("PATCH", `/assets/${coffee.id}`, { teams: ["Press"] });
  await page.goto(`${anna.site}/settings/leaving?team=${press.id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("There are no teams yet.")).toBeVisible();
  expect((await library.asset(coffee.id)).teams).toEqual([]);

  await gone(page).filter({ hasText: "Press" }).getByRole("button", { name: "Bring back" }).click();
  await expect(row(page, "Press")).toContainText(/ben/i);
  expect((await library.asset(coffee.id)).teams).toEqual(["Press"]);
  await ben.opens("/?team=mine");
  await expect(ben.tile("coffee.jpg")).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("by keyboard, a merge is turned back", async ({ anna, library, page }) => {
    const coffee = await library.given("coffee.jpg", { tags: ["Sand"] });
    const rocket = await library.given("rocket.jpg", { tags: ["Sand", "Beach"] });
    await page.goto(`${anna.site}/settings/leaving?tag=Sand&into=Beach`);
    await page.getByRole("button", { name: "Merge" }).press("Enter");
    await expect(row(page, "Sand")).toHaveCount(0);
    expect((await library.asset(coffee.id)).tags).toEqual(["Beach"]);

    await expect(gone(page)).toContainText(["merged into “Beach”"]);
    await gone(page).getByRole("button", { name: "Bring back" }).press("Enter");
    await expect(row(page, "Sand")).toContainText("2 files");
    await expect(row(page, "Beach")).toContainText("1 file");
    expect((await library.asset(coffee.id)).tags).toEqual(["Sand"]);
    expect((await library.asset(rocket.id)).tags.toSorted()).toEqual(["Beach", "Sand"]);
  });

  test("by keyboard, a team comes back", async ({ anna, ben, library, page }) => {
    const press = await library.givenTeam("Press", [ben]);
    await page.goto(`${anna.site}/settings/leaving?team=${press.id}`);
    await page.getByRole("button", { name: "Delete" }).press("Enter");
    await gone(page).getByRole("button", { name: "Bring back" }).press("Enter");
    await expect(row(page, "Press")).toContainText(/ben/i);
    await expect(gone(page)).toHaveCount(0);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("the questions before a tag or a team goes, and what can come back, are for everyone", async ({ account, anna, library, page }) => {
        await library.given("coffee.jpg", { tags: ["Sea", "Sand", "a-name-without-an-end-".repeat(2)] });
        const [press, sales] = [await library.givenTeam("Press"), await library.givenTeam("Sales")];
        for (const asked of ["tag=Sea", "tag=Sea&into=Sand", `team=${press.id}`]) {
          await page.goto(`${anna.site}/settings/leaving?${asked}`);
          await expect(page.getByRole("link", { name: "Keep it" })).toBeVisible();
          await looksRight(page);
        }
        for (const tag of (await account.ask("GET", "/tags")).items) await account.ask("DELETE", `/tags/${tag.id}`);
        for (const team of [press, sales]) await account.ask("DELETE", `/teams/${team.id}`);
        for (const [path, count] of [["tags", 3], ["teams", 2]] as const) {
          await page.goto(`${anna.site}/settings/${path}`);
          await expect(gone(page)).toHaveCount(count);
          await looksRight(page);
        }
      });
    });
  }
}

/** axe finds nothing, and nothing is wider than the window. */
async function looksRight(page: Page) {
  await expectAccessible(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
}

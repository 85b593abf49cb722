// Tags are renamed, colored, merged and deleted; teams are made, filled and deleted.
import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("a tag is renamed, colored, merged and deleted", async ({ anna, library, page }) => {
  const beach = await library.given("coffee.jpg", { tags: ["Sea", "Sand"] });
  await anna.opens("/");
  await page.getByRole("link", { name: /anna/i }).click();
  await page.getByRole("link", { name: "Tags" }).click();
  const row = (name: string) => page.locator("li:has(details)").filter({ has: page.getByText(name, { exact: true }) });
  const edit = async (name: string) => row(name).getByText("Edit").click();

  await edit("Sea");
  await row("Sea").getByLabel("Name").fill("Ocean");
  await row("Sea").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Done.")).toBeVisible();
  await edit("Ocean");
  await row("Ocean").getByLabel("Color").selectOption("teal");
  await row("Ocean").getByRole("button", { name: "Save color" }).click();
  await expect(row("Ocean").locator(".dot")).toBeVisible();
  await edit("Sand");
  await row("Sand").getByLabel("Merge into").fill("ocean");
  await row("Sand").getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByText("It goes from 1 file")).toBeVisible();
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(row("Sand")).toHaveCount(0);
  expect((await library.asset(beach.id)).tags).toEqual(["Ocean"]);

  await row("Ocean").getByRole("link", { name: "Show files" }).click();
  await expect(anna.tiles).toHaveCount(1);
  await page.goto(`${anna.site}/settings/tags`);
  await edit("Ocean");
  await row("Ocean").getByRole("link", { name: "Delete" }).click();
  await page.getByRole("link", { name: "Keep it" }).click();
  await edit("Ocean");
  await row("Ocean").getByRole("link", { name: "Delete" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("There are no tags yet.")).toBeVisible();
  expect((await library.asset(beach.id)).tags).toEqual([]);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("by keyboard, a tag is made, renamed, colored, merged and deleted", async ({ anna, library, page }) => {
    const asset = await library.given("coffee.jpg", { tags: ["Sea"] });
    await page.goto(`${anna.site}/settings/tags`);
    await page.getByLabel("New tag").fill("Ocean");
    await page.getByLabel("New tag").press("Enter");
    const row = (name: string) => page.locator("li:has(details)").filter({ has: page.getByText(name, { exact: true }) });
    await row("Ocean").locator("summary").press("Enter");
    await row("Ocean").getByLabel("Color").selectOption("teal");
    await row("Ocean").getByRole("button", { name: "Save color" }).press("Enter");
    await expect(row("Ocean").locator(".dot")).toBeVisible();
    await row("Sea").locator("summary").press("Enter");
    await row("Sea").getByLabel("Name").fill("Shore");
    await row("Sea").getByLabel("Name").press("Enter");
    await row("Shore").locator("summary").press("Enter");
    await row("Shore").getByLabel("Merge into").fill("Ocean");
    await row("Shore").getByLabel("Merge into").press("Enter");
    await page.getByRole("button", { name: "Merge", exact: true }).press("Enter");
    await expect(row("Shore")).toHaveCount(0);
    expect((await library.asset(asset.id)).tags).toEqual(["Ocean"]);

    await row("Ocean").locator("summary").press("Enter");
    await row("Ocean").getByRole("link", { name: "Delete" }).press("Enter");
    await page.getByRole("button", { name: "Delete" }).press("Enter");
    await expect(page.getByText("There are no tags yet.")).toBeVisible();
  });

  test("by keyboard, a team is made, renamed, filled and deleted", async ({ anna, ben, page }) => {
    await page.goto(`${anna.site}/settings/teams`);
    await page.getByLabel("New team").fill("Press");
    await page.getByLabel("New team").press("Enter");
    const row = (name: string) => page.locator("li:has(details)").filter({ has: page.getByText(name, { exact: true }) });
    await expect(row("Press")).toContainText("Nobody is in it yet");

    await row("Press").locator("summary").press("Enter");
    await row("Press").getByRole("checkbox", { name: /ben/i }).press("Space");
    await row("Press").getByRole("button", { name: "Save members" }).press("Enter");
    await expect(row("Press")).toContainText(/ben/i);
    await row("Press").locator("summary").press("Enter");
    await row("Press").getByLabel("Name").fill("Media");
    await row("Press").getByLabel("Name").press("Enter");
    await expect(row("Media")).toContainText(/ben/i);

    await ben.page.goto(`${ben.site}/settings/tags`);
    await expect(ben.page.getByRole("link", { name: "Teams" })).toHaveCount(0);
    await row("Media").locator("summary").press("Enter");
    await row("Media").getByRole("link", { name: "Delete" }).press("Enter");
    await page.getByRole("button", { name: "Delete" }).press("Enter");
    await expect(page.getByText("There are no teams yet.")).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("tags and teams are for everyone", async ({ anna, library, page }) => {
        await library.given("coffee.jpg", { tags: ["Sea"] });
        await library.givenTeam("Press");
        for (const path of ["tags", "teams"]) {
          await page.goto(`${anna.site}/settings/${path}`);
          await page.locator("summary").first().click();
          await expectAccessible(page);
        }
      });
    });
  }
}

// Filters narrow what is shown; they stand in the address and work before the page lives.
import { expectAccessible } from "../support/a11y.ts";
import { noise } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test("filters narrow, stand in the address and are taken off again", async ({ anna, library, page }) => {
  await library.given("coffee.jpg", { tags: ["Sea", "Sun"], altText: "A cup" });
  await library.given("rocket.jpg", { tags: ["Sea"] });
  await library.given("chelsea.jpg");
  await anna.opens("/");
  await page.getByRole("link", { name: /^Filters/ }).click();
  const panel = page.getByRole("region", { name: "Filters" });
  await panel.getByLabel("Add a tag").fill("sea");
  await panel.getByLabel("Add a tag").press("Enter");
  await expect(anna.tiles).toHaveCount(2);
  await expect(page).toHaveURL(/tag=sea/);
  await panel.getByLabel("Without alt text").check();
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("rocket.jpg")).toBeVisible();

  await anna.reloads();
  await expect(anna.tiles).toHaveCount(1);
  await panel.getByRole("link", { name: "Close filters" }).click();
  await expect(panel).toBeHidden();
  await page.getByRole("link", { name: "Remove Without alt text" }).click();
  await expect(anna.tiles).toHaveCount(2);
  await page.goBack();
  await expect(anna.tiles).toHaveCount(1);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(anna.tiles).toHaveCount(3);
});

test("by keyboard, somebody's own teams and people narrow", async ({ anna, ben, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await library.givenTeam("Press", [anna]);
  await anna.opens(`/?asset=${asset.id}`);
  await anna.details.getByLabel("Teams").selectOption({ label: "Press" });
  await expect(page.getByText("Teams saved")).toBeVisible();
  expect((await library.asset(asset.id)).teams).toEqual(["Press"]);

  await anna.opens("/");
  await page.getByRole("link", { name: /^Filters/ }).press("Enter");
  const panel = page.getByRole("region", { name: "Filters" });
  await expect(panel.getByLabel("Add a tag")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(panel.getByLabel("Team")).toBeFocused();
  await expect(panel.getByLabel("Team").getByRole("option", { name: "My teams" })).toBeAttached();
  await page.keyboard.type("My");
  await expect(anna.tiles).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page.getByRole("link", { name: /^Filters/ })).toBeFocused();

  await ben.opens("/?team=mine");
  await expect(ben.page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
});

test("shape, source, person, figures and use narrow, by mouse and by keyboard", async ({ anna, files, library, page }) => {
  await library.given("coffee.jpg");
  await library.givenFile("dot.png", noise(8, 8));
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("rocket.jpg"));
  await expect(anna.tray).toContainText("1 file uploaded");
  const all = ["coffee.jpg", "dot.png", "rocket.jpg"];
  const shows = async (names: string[]) => {
    await expect(anna.tiles).toHaveCount(names.length);
    for (const name of names) await expect(anna.tile(name)).toBeVisible();
  };
  const remove = (filter: string) => page.getByRole("link", { name: new RegExp(`^Remove ${filter}`) });
  await shows(all);
  await page.getByRole("link", { name: /^Filters/ }).click();
  const panel = page.getByRole("region", { name: "Filters" });

  for (const [filter, option, names, said] of [
    ["Orientation", "Square", ["dot.png"], "Square"],
    ["Added by", "Me", ["rocket.jpg"], "Anna"],
    ["Source", "Upload", all, "Upload"],
  ] as const) {
    await panel.getByLabel(filter).selectOption({ label: option });
    await expect(remove(filter)).toContainText(said);
    await shows([...names]);
    await remove(filter).click();
    await expect(remove(filter)).toHaveCount(0);
    await shows(all);
  }

  for (const [filter, figure, names] of [
    ["Width from", "620", ["rocket.jpg"]],
    ["Height from", "400", ["coffee.jpg", "rocket.jpg"]],
    ["At least", "1", []],
    ["At most", "1", all],
  ] as const) {
    const field = panel.getByLabel(new RegExp(`^${filter}`));
    await field.focus();
    await page.keyboard.type(figure);
    await page.keyboard.press("Enter");
    await expect(remove(filter)).toContainText(figure);
    await shows([...names]);
    await remove(filter).press("Enter");
    await expect(field).toHaveValue("");
    await shows(all);
  }
  await panel.getByLabel("Never opened").press("Space");
  await expect(page).toHaveURL(/used=false/);
  await shows(all);
});

// Between them, one has another day than UTC at any hour.
for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Niue"]) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test("a day is the reader's, in the address as in the panel", async ({ anna, library, page }) => {
      await library.given("coffee.jpg");
      await anna.opens("/");
      const day = (later: number) =>
        page.evaluate((later) => new Date(Date.now() + later * 86_400_000).toLocaleDateString("en-CA"), later);
      const [before, today, after] = [await day(-1), await day(0), await day(1)];

      await anna.opens(`/?since=${today}&until=${today}`);
      await expect(anna.tiles).toHaveCount(1);
      await anna.opens(`/?filters=open&until=${before}`);
      await expect(anna.tiles).toHaveCount(0);
      const panel = page.getByRole("region", { name: "Filters" });
      await panel.locator("input[name=until]").fill(today);
      await expect(anna.tiles).toHaveCount(1);
      await panel.locator("input[name=since]").fill(after);
      await expect(anna.tiles).toHaveCount(0);
    });
  });
}

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the panel is a form", async ({ anna, library, page }) => {
    await library.given("coffee.jpg", { tags: ["Sea"] });
    await library.given("rocket.jpg");
    await page.goto(`${anna.site}/`);
    await page.getByRole("link", { name: /^Filters/ }).click();
    const panel = page.getByRole("region", { name: "Filters" });
    await panel.getByLabel("Add a tag").fill("sea");
    await panel.getByLabel("Orientation").selectOption("landscape");
    await panel.getByRole("button", { name: "Show" }).click();
    await expect(anna.tiles).toHaveCount(1);
    await expect(panel.getByLabel("Orientation")).toHaveValue("landscape");
    await page.getByRole("link", { name: /Remove Tag: sea/ }).click();
    await expect(page).not.toHaveURL(/tag=sea/);
    await expect(page).toHaveURL(/shape=landscape/);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("filters, hits and marks are for everyone", async ({ anna, library, page }) => {
        const asset = await library.given("coffee.jpg", { tags: ["Seaside"] });
        await anna.opens("/?filters=open&tag=seaside&shape=landscape");
        await expect(page.getByRole("region", { name: "Filters" })).toBeVisible();
        await expectAccessible(page);
        await anna.opens(`/?q=seasied&asset=${asset.id}`);
        await expect(page.getByText("Showing “seaside” instead.")).toBeVisible();
        await expectAccessible(page);
      });
    });
  }
}

// Tags and teams of one file and of many, by mouse and by keyboard.
import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("a tag is completed, put on and taken off in the details", async ({ anna, library, page }) => {
  await library.given("rocket.jpg", { tags: ["Seaside"] });
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  const field = anna.details.getByLabel("Tags");
  await field.pressSequentially("seas");
  await expect(anna.details.locator("#tag-suggestions option")).toHaveAttribute("value", "Seaside");
  await field.fill("Seaside");
  await field.press("Enter");
  await expect(page.getByText("Tags saved")).toBeVisible();
  await expect(field).toHaveValue("");
  expect((await library.asset(asset.id)).tags).toEqual(["Seaside"]);

  await anna.details.getByRole("button", { name: "Remove Seaside" }).press("Enter");
  await expect(field).toBeFocused();
  await expect.poll(async () => (await library.asset(asset.id)).tags).toEqual([]);
  await expect(anna.details.getByRole("button", { name: "Remove Seaside" })).toHaveCount(0);
});

test("all that match are tagged and assigned, and Undo spares what was so before", async ({ anna, library, page }) => {
  const photos = await library.givenPhotos(3);
  const tagged = await library.given("coffee.jpg", { tags: ["Sea"] });
  await library.givenTeam("Press");
  const chooseAll = async () => {
    await anna.tiles.first().click({ modifiers: ["Control"] });
    await page.getByRole("button", { name: "Select all 4" }).click();
    await page.getByRole("toolbar").getByRole("button", { name: "Tags and teams" }).click();
  };
  const all = async () => Promise.all([tagged, ...photos].map((photo) => library.asset(photo.id)));
  const dialog = page.getByRole("dialog", { name: "Tags and teams" });
  await anna.opens("/");

  await chooseAll();
  await dialog.getByLabel("Tag", { exact: true }).fill("Sea");
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await expect(page.getByText("3 files tagged Sea")).toBeVisible();
  expect((await all()).map((photo) => photo.tags)).toEqual([["Sea"], ["Sea"], ["Sea"], ["Sea"]]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 files are as they were")).toBeVisible();
  expect((await all()).map((photo) => photo.tags)).toEqual([["Sea"], [], [], []]);

  await chooseAll();
  await dialog.getByLabel("Team").selectOption({ label: "Press" });
  await dialog.getByRole("button", { name: "Assign to team" }).click();
  await expect(page.getByText("4 files are for Press now")).toBeVisible();
  expect((await all()).map((photo) => photo.teams)).toEqual([["Press"], ["Press"], ["Press"], ["Press"]]);
});

test("a tag has its color in the details", async ({ account, anna, library, page }) => {
  const asset = await library.given("coffee.jpg", { tags: ["Sea", "Sun"] });
  const tags: { id: string; name: string }[] = (await account.ask("GET", "/tags")).items;
  await account.ask("PATCH", `/tags/${tags.find((tag) => tag.name === "Sea")?.id}`, { color: "teal" });
  await anna.opens(`/?asset=${asset.id}`);

  const chip = (name: string) => anna.details.getByRole("listitem").filter({ hasText: name });
  await expect(chip("Sea")).toHaveAttribute("style", /--folder-teal/);
  await expect(chip("Sun")).not.toHaveAttribute("style", /folder/);
  await expectAccessible(page);
});

test("many files are tagged and assigned at once, with Undo for those that changed", async ({ anna, library, page }) => {
  const tagged = await library.given("coffee.jpg", { tags: ["Sea"] });
  const bare = await library.given("rocket.jpg");
  await library.givenTeam("Press");
  await anna.opens("/");
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "Tags and teams" });
  await expect(dialog.getByLabel("Tag", { exact: true })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("Sea");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 file tagged Sea")).toBeVisible();
  expect((await library.asset(bare.id)).tags).toEqual(["Sea"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await library.asset(bare.id)).tags).toEqual([]);
  expect((await library.asset(tagged.id)).tags).toEqual(["Sea"]);

  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("t");
  await expect(dialog.getByLabel("Tag", { exact: true })).toBeFocused();
  await page.keyboard.type("sea");
  await dialog.getByRole("button", { name: "Remove tag" }).press("Enter");
  await expect.poll(async () => (await library.asset(tagged.id)).tags).toEqual([]);

  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("toolbar").getByRole("button", { name: "Tags and teams" }).click();
  await dialog.getByLabel("Team").selectOption({ label: "Press" });
  await dialog.getByRole("button", { name: "Assign to team" }).click();
  await expect(page.getByText("2 files are for Press now")).toBeVisible();
  expect((await library.asset(tagged.id)).teams).toEqual(["Press"]);
});

test("Undo of several tags leaves the one that was there", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg", { tags: ["Sea"] });
  const rocket = await library.given("rocket.jpg");
  await anna.opens("/");
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("t");
  await expect(page.getByLabel("Tag", { exact: true })).toBeFocused();
  await page.keyboard.type("Sea, Sun");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 files tagged Sea, Sun")).toBeVisible();
  expect((await library.asset(rocket.id)).tags).toEqual(["Sea", "Sun"]);
  await page.getByRole("button", { name: "Undo" }).click();

  await expect.poll(async () => (await library.asset(rocket.id)).tags).toEqual([]);
  expect((await library.asset(coffee.id)).tags).toEqual(["Sea"]);
});

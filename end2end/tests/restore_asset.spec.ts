// Out of the trash, back where it was.
import { expect, test } from "../support/test.ts";

test("the trash shows what lies in it, and gives it back to its folder", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  const asset = await library.given("coffee.jpg", { folder });
  await library.trash(asset);
  await anna.opens("/");
  await expect(page.getByRole("heading", { name: "Your library is empty" })).toBeVisible();

  await anna.tree.getByRole("link", { name: "Trash" }).click();
  await expect(page).toHaveURL(/state=trashed/);
  await anna.tile("coffee.jpg").click();
  await expect(anna.details).toContainText("Deleted for good");
  await anna.details.getByRole("button", { name: "Restore" }).click();

  await expect(page.getByText("coffee.jpg restored")).toBeVisible();
  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  await anna.tree.getByRole("link", { name: /^Summer/ }).click();
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  const restored = await library.asset(asset.id);
  expect(restored.state).toBe("active");
  expect(restored.folder_id).toBe(folder.id);
});

test("many come back together", async ({ anna, library, page }) => {
  for (const asset of await library.givenPhotos(3)) await library.trash(asset);
  await anna.opens("/?state=trashed");
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("toolbar").getByRole("button", { name: "Restore" }).click();

  await expect(page.getByText("3 files restored")).toBeVisible();
  expect(await library.assets()).toHaveLength(3);
});

test("an empty trash says how long it keeps things", async ({ anna, page }) => {
  await anna.opens("/?state=trashed");

  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  await expect(page.getByText("stays here for 30 days")).toBeVisible();
});

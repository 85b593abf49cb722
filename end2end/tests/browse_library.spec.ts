// Folders, filters, order and words: all of it in the address, so that it survives a reload.
import { expect, test } from "../support/test.ts";

test("pictures appear as pictures", async ({ anna, library }) => {
  await library.given("coffee.jpg");
  await library.given("spinner.gif");
  await library.given("sideways.jpg");
  await anna.opens("/");

  await expect(anna.tiles).toHaveCount(3);
  for (const picture of await anna.grid.getByRole("img").all()) {
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0);
  }
});

test("what is no picture has a tile as well", async ({ anna, library }) => {
  for (const name of ["clip.mp4", "tone.mp3", "letter.pdf", "note.txt", "contact.vcf"]) await library.given(name);
  await anna.opens("/");

  await expect(anna.tiles).toHaveCount(5);
  await expect(anna.tile("letter.pdf")).toContainText("PDF");
  await expect(anna.tile("contact.vcf")).toBeVisible();
});

test("folders open, and Back leads out of them", async ({ anna, library, page }) => {
  const summer = await library.givenFolder("Summer");
  const beach = await library.givenFolder("Beach", summer);
  await library.given("coffee.jpg", { folder: summer });
  await library.given("rocket.jpg", { folder: beach });
  await library.given("chelsea.jpg");
  await anna.opens("/");
  await expect(anna.tiles).toHaveCount(3);

  await anna.tree.getByRole("link", { name: /^Summer/ }).click();
  await expect(page).toHaveURL(new RegExp(`/folders/${summer.id}`));
  await expect(page.getByRole("heading", { name: "Summer" })).toBeVisible();
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("coffee.jpg")).toBeVisible();

  await anna.tree.getByRole("link", { name: /^Beach/ }).click();
  await expect(anna.tile("rocket.jpg")).toBeVisible();
  await page.goBack();
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  await page.goBack();
  await expect(anna.tiles).toHaveCount(3);
});

test("a new folder is made and opened", async ({ anna, library, page }) => {
  await anna.opens("/");
  await anna.tree.getByLabel("New folder").click();
  await page.getByLabel("Folder name").fill("Autumn 2026");
  await page.getByRole("button", { name: "Create" }).click();

  await expect(anna.tree.getByRole("link", { name: /^Autumn 2026/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Autumn 2026" })).toBeVisible();
  expect((await library.folders()).map((folder) => folder.name)).toEqual(["Autumn 2026"]);
});

test("a kind, an order and words survive a reload", async ({ anna, library, page }) => {
  for (const name of ["coffee.jpg", "chelsea.jpg", "rocket.jpg", "clip.mp4", "note.txt"]) await library.given(name);
  await anna.opens("/");

  await page.getByLabel("Kind").selectOption("Images");
  await expect(anna.tiles).toHaveCount(3);
  await page.getByLabel("Sort").selectOption("Name");
  await expect(anna.tiles.first()).toContainText("chelsea.jpg");
  // Words are found by how they begin: not "rocket".
  await anna.search.fill("c");
  await expect(anna.tiles).toHaveCount(2);
  await anna.search.fill("co");
  await expect(anna.tiles).toHaveCount(1);
  await expect(page).toHaveURL(/kind=image/);
  await expect(page).toHaveURL(/q=co/);

  await anna.reloads();
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  await expect(anna.search).toHaveValue("co");
  await expect(page.getByLabel("Kind")).toHaveValue("image");
  await expect(page.getByLabel("Sort")).toHaveValue("name");
});

test("three hundred pictures scroll, only those in sight are in the page, and all go at once", async ({ anna, library, page }) => {
  test.slow();
  await library.givenPhotos(300);
  await anna.opens("/");
  await expect(anna.tile("photo-300.jpg")).toBeVisible();
  expect(await anna.tiles.count()).toBeLessThan(200);

  await anna.tile("photo-300.jpg").focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(anna.tile("photo-01.jpg")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(anna.tile("photo-300.jpg")).toHaveCount(0);

  // All of them go, and come to an end while one looks on.
  await page.keyboard.press("Home");
  await expect(anna.tile("photo-300.jpg")).toBeFocused();
  await page.keyboard.press("Control+Space");
  await anna.bar.getByRole("button", { name: "Select all 300" }).press("Enter");
  await anna.bar.getByRole("button", { name: "Move to trash" }).press("Enter");
  await expect(page.getByText("300 files moved to trash")).toBeVisible();
  await anna.tree.getByRole("link", { name: "Trash" }).press("Enter");
  await anna.emptyTrash.press("Enter");
  await expect(anna.ask.getByLabel("Type “delete” to confirm")).toBeFocused();
  await page.keyboard.type("delete");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("progressbar", { name: /\d+ of 300 done/ })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "300 of 300 done, that was all" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  expect(await library.assets("&state=trashed")).toEqual([]);
});

// To the trash, with a way back.
import { expect, test } from "../support/test.ts";

test("a picture goes to the trash at once, and Undo brings it back", async ({ anna, library, page }) => {
  const [first] = await library.givenPhotos(3);
  await anna.opens(`/?asset=${first?.id}`);
  await anna.details.getByRole("button", { name: "Move to trash" }).click();

  await expect(anna.tiles).toHaveCount(2);
  await expect(anna.details).toBeHidden();
  await expect(page.getByText("photo-01.jpg moved to trash")).toBeVisible();
  await expect.poll(async () => (await library.assets("&state=trashed")).map((asset) => asset.name)).toEqual(["photo-01.jpg"]);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(anna.tile("photo-01.jpg")).toBeVisible();
  await expect.poll(() => library.assets("&state=trashed")).toEqual([]);
});

test("Undo spares what a colleague put into the trash before", async ({ anna, library, page, watch }) => {
  watch.expects(/ERR_FAILED/);
  const [theirs] = await library.givenPhotos(3);
  // The page does not hear of it.
  await page.route("**/api/v1/events*", (route) => route.abort());
  await anna.opens("/");
  await expect(anna.tiles).toHaveCount(3);
  await library.trash(theirs!);
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 files moved to trash")).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 files are as they were")).toBeVisible();
  await expect(anna.tiles).toHaveCount(2);
  expect((await library.assets("&state=trashed")).map((asset) => asset.id)).toEqual([theirs!.id]);
});

test("many pictures go to the trash together", async ({ anna, library, page }) => {
  await library.givenPhotos(5);
  await anna.opens("/");
  for (const name of ["photo-02.jpg", "photo-04.jpg"]) {
    await anna.tile(name).click({ modifiers: ["ControlOrMeta"] });
  }
  await page.getByRole("toolbar").getByRole("button", { name: "Move to trash" }).click();

  await expect(page.getByText("2 files moved to trash")).toBeVisible();
  await expect(anna.tiles).toHaveCount(3);
  await expect(page.getByText("3 files", { exact: true })).toBeVisible();
});

test("the same bytes may come again while the first lie in the trash", async ({ anna, files, library, page }) => {
  await library.trash(await library.given("coffee.jpg"));
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"));

  await expect(anna.tile("coffee.jpg")).toBeVisible();
  expect(await library.assets()).toHaveLength(1);
});

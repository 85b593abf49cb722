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

test("a file in the trash says until when and by whom, and where it went when its folder is gone", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Summer", trips);
  const asset = await library.given("coffee.jpg", { folder: summer });
  await anna.opens("/");
  await anna.tile("coffee.jpg").focus();
  await page.keyboard.press("Delete");
  // Hidden at once, and in the trash when the server says so.
  await expect.poll(async () => (await library.asset(asset.id)).state).toBe("trashed");
  await library.trashFolder(summer);
  await anna.tree.getByRole("link", { name: "Trash" }).click();
  await expect(anna.tile("coffee.jpg")).toContainText(/until .+ · Anna/);
  await anna.tile("coffee.jpg").focus();
  await page.keyboard.press("e");

  await expect(page.getByText("Its folder is gone, so it is in Trips now.")).toBeVisible();
  expect((await library.asset(asset.id)).folder_id).toBe(trips.id);
});

test("of many it is told how many came back elsewhere, also when their folder is gone for good", async ({ anna, library, page }) => {
  const summer = await library.givenFolder("Summer");
  for (const photo of await library.givenPhotos(2, summer)) await library.trash(photo);
  await library.trash(await library.given("coffee.jpg"));
  await library.trashFolder(summer);
  await anna.opens("/");
  await anna.tree.getByRole("link", { name: "Trash" }).click();
  await anna.tiles.first().click({ modifiers: ["ControlOrMeta"] });
  await anna.bar.getByRole("button", { name: "Select all 3" }).click();
  await anna.bar.getByRole("button", { name: "Restore" }).click();

  await expect(page.getByText("2 came back to other folders, as their own are gone")).toBeVisible();
});

test("a folder whose place is gone says where it came back to", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Summer", trips);
  await library.trashFolder(summer);
  await library.trashFolder(trips);
  await anna.opens("/?state=trashed");
  const row = page.getByRole("region", { name: "Folders in the trash" }).getByRole("listitem").filter({ hasText: "Summer" });
  await row.getByRole("button", { name: "Restore" }).press("Enter");

  await expect(page.getByText("Where it lay is gone, so it is in")).toBeVisible();
  expect((await library.folder(summer.id)).parent_id).toBeNull();
});

test("the keys stay at the neighbor of a folder that left the trash", async ({ anna, library, page }) => {
  for (const name of ["Autumn", "Summer", "Winter"]) await library.trashFolder(await library.givenFolder(name));
  await anna.opens("/?state=trashed");
  const shelf = page.getByRole("region", { name: "Folders in the trash" });
  const row = (place: number) => shelf.getByRole("listitem").nth(place);
  await expect(shelf.getByRole("listitem")).toHaveCount(3);
  const neighbor = (await row(2).innerText()).match(/Autumn|Summer|Winter/)?.[0] ?? "";
  await row(1).getByRole("button", { name: "Restore" }).press("Enter");

  await expect(shelf.getByRole("listitem")).toHaveCount(2);
  await expect(row(1)).toContainText(neighbor);
  await expect(row(1).getByRole("button", { name: "Restore" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(shelf.getByRole("listitem")).toHaveCount(1);
  await expect(row(0).getByRole("button", { name: "Restore" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(shelf.getByRole("listitem")).toHaveCount(0);
  await expect(shelf).toBeFocused();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the folders in the trash stand above the files", async ({ anna, library, page }) => {
    await library.trashFolder(await library.givenFolder("Summer"));
    await page.goto(`${anna.site}/?state=trashed`);

    await expect(page.getByRole("region", { name: "Folders in the trash" })).toContainText("Summer");
  });
});

test("the files of the trash are seen where they stay, once its folders are there", async ({ anna, library, page }) => {
  await library.trashFolder(await library.givenFolder("Summer"));
  await library.trash(await library.given("coffee.jpg"));
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route("**/rpc/list_trashed_folders*", async (route) => {
    await released;
    await route.continue();
  });
  await anna.opens("/");
  await anna.tree.getByRole("link", { name: "Trash" }).click();
  const pane = page.locator("[data-pane]");
  await expect(anna.tile("coffee.jpg")).toBeAttached();
  await expect(pane).toHaveCSS("opacity", "0");

  release();
  await expect(pane).toHaveCSS("opacity", "1");
  await expect(page.getByRole("region", { name: "Folders in the trash" })).toContainText("Summer");
});

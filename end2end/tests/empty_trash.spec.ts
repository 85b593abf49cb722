// Gone for good, by administrators who mean it.
import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("the trash is emptied once the word is written, by mouse and by keyboard", async ({ anna, library, page }) => {
  for (const asset of await library.givenPhotos(3)) await library.trash(asset);
  await anna.opens("/?state=trashed");
  await page.getByRole("button", { name: "Empty trash…" }).click();
  const empty = anna.ask.getByRole("button", { name: "Delete for good" });
  await expect(empty).toBeDisabled();
  await expectAccessible(page);
  await anna.ask.getByLabel("Type “delete” to confirm").fill("delete");
  await empty.click();

  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  expect(await library.assets("&state=trashed")).toEqual([]);

  await library.trash(await library.given("coffee.jpg"));
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  await anna.emptyTrash.press("Enter");
  await expect(anna.ask.getByLabel("Type “delete” to confirm")).toBeFocused();
  await page.keyboard.type("delete");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  expect(await library.assets("&state=trashed")).toEqual([]);
});

test("a folder lies in the trash as one, and comes back whole", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  const asset = await library.given("coffee.jpg", { folder });
  await anna.opens("/");
  await anna.folder("Summer").click({ button: "right" });
  await anna.chooses("Delete folder…");
  await anna.ask.getByRole("button", { name: "Move to trash" }).click();
  await expect(anna.folder("Summer")).toBeHidden();
  await anna.tree.getByRole("link", { name: "Trash" }).click();
  const row = page.getByRole("region", { name: "Folders in the trash" }).getByRole("listitem");
  await expect(row).toContainText("Summer");
  await expect(row).toContainText("Moved here by Anna");
  await expectAccessible(page);
  await row.getByRole("button", { name: "Restore" }).click();

  await expect(anna.folder("Summer")).toBeVisible();
  await expect.poll(async () => (await library.asset(asset.id)).state).toBe("active");
});

test("one file goes for good from its menu; an agent is not offered that", async ({ anna, ben, library, page }) => {
  for (const asset of await library.givenPhotos(1)) await library.trash(asset);
  await ben.opens("/?state=trashed");
  await ben.tile("photo-01.jpg").click({ button: "right" });
  await expect(ben.menu.getByRole("menuitem", { name: "Restore" })).toBeVisible();
  await expect(ben.menu.getByRole("menuitem", { name: "Delete for good…" })).toBeHidden();

  await anna.opens("/?state=trashed");
  await expect(anna.emptyTrash).toBeVisible();
  await anna.tile("photo-01.jpg").click({ button: "right" });
  await anna.chooses("Delete for good…");
  await anna.ask.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("1 file deleted for good")).toBeVisible();
  expect(await library.assets("&state=trashed")).toEqual([]);
});

test("many go for good only by the word, by keyboard too", async ({ anna, library, page }) => {
  for (const asset of await library.givenPhotos(3)) await library.trash(asset);
  await anna.opens("/?state=trashed");
  await expect(anna.emptyTrash).toBeVisible();
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(anna.ask).toContainText("3 files are gone then");
  await page.keyboard.type("no");
  await page.keyboard.press("Enter");
  await expect(anna.ask).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("delete");
  await page.keyboard.press("Enter");

  await expect(page.getByText("3 files deleted for good")).toBeVisible();
  expect(await library.assets("&state=trashed")).toEqual([]);
});

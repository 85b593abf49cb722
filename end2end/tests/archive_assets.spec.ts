// Out of sight and back, one and very many.
import { readFileSync } from "node:fs";

import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("files are archived and come back, with Undo both ways", async ({ anna, library, page }) => {
  await library.givenPhotos(3);
  await anna.opens("/");
  await anna.tile("photo-01.jpg").focus();
  await page.keyboard.press("e");
  await expect(page.getByText("1 file archived")).toBeVisible();
  await expect(anna.tiles).toHaveCount(2);

  await anna.tree.getByRole("link", { name: "Archive" }).click();
  await expect(anna.tile("photo-01.jpg")).toBeVisible();
  await expectAccessible(page);
  await anna.tile("photo-01.jpg").click({ button: "right" });
  await anna.chooses("Take out of the archive");
  await expect(page.getByRole("heading", { name: "The archive is empty" })).toBeVisible();
  await expect.poll(async () => (await library.assets()).length).toBe(3);
  const back = page.locator(".toast").filter({ hasText: "1 file is back in sight" });
  await back.getByRole("button", { name: "Undo" }).press("Enter");
  await anna.tile("photo-01.jpg").focus();
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { name: "The archive is empty" })).toBeVisible();
  await expect.poll(async () => (await library.assets()).length).toBe(3);
});

test("all that match are chosen, and not only those that are here", async ({ anna, library, page }) => {
  await library.givenPhotos(4);
  await anna.opens("/");
  await anna.tile("photo-01.jpg").click({ modifiers: ["ControlOrMeta"] });
  await anna.bar.getByRole("button", { name: "Select all 4" }).click();
  await expect(anna.bar).toContainText("All 4 selected");
  await anna.bar.getByRole("button", { name: "Archive it" }).click();

  await expect(page.getByText("4 files archived")).toBeVisible();
  await expect.poll(async () => (await library.assets("&state=archived")).length).toBe(4);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await library.assets()).length).toBe(4);
});

test("chosen files are saved as one zip, by mouse and by keyboard", async ({ anna, library, page }) => {
  await library.givenPhotos(2);
  await anna.opens("/");
  await anna.tiles.first().focus();
  await page.keyboard.press("Control+a");
  const saving = page.waitForEvent("download");
  await anna.bar.getByRole("button", { name: "Download as zip" }).click();
  const saved = await saving;
  const again = page.waitForEvent("download");
  await anna.tiles.first().focus();
  await anna.choosesByKeys("Download as zip");
  expect((await again).suggestedFilename()).toBe("Satchel.zip");

  expect(saved.suggestedFilename()).toBe("Satchel.zip");
  const bytes = readFileSync(await saved.path());
  for (const name of ["photo-01.jpg", "photo-02.jpg"]) expect(bytes.includes(name)).toBe(true);
});

test("a folder is saved as one zip, by mouse and by keyboard", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  await library.given("coffee.jpg", { folder });
  await anna.opens("/");
  await anna.folder("Summer").click({ button: "right" });
  const saving = page.waitForEvent("download");
  await anna.chooses("Download as zip");

  expect((await saving).suggestedFilename()).toBe("Summer.zip");
  const again = page.waitForEvent("download");
  await anna.folder("Summer").focus();
  await anna.choosesByKeys("Download as zip");
  expect((await again).suggestedFilename()).toBe("Summer.zip");
});

test("a zip that cannot be had is told in the page, which stays", async ({ anna, library, page, watch }) => {
  watch.expects(/409/);
  await library.givenFolder("Empty");
  await anna.opens("/");
  await anna.folder("Empty").click({ button: "right" });
  await anna.chooses("Download as zip");

  await expect(page.getByText("There are no files to download here.")).toBeVisible();
  await expect(anna.folder("Empty")).toBeVisible();
});

test("sources and people stand in the tree", async ({ anna, library, page }) => {
  await library.givenPhotos(1);
  await anna.opens("/");
  await anna.tree.getByRole("link", { name: "Upload", exact: true }).click();
  await expect(anna.tiles).toHaveCount(1);
  await anna.tree.getByRole("link", { name: "People" }).click();

  await expect(page.getByRole("heading", { name: "Nobody here yet" })).toBeVisible();
  await expectAccessible(page);
});

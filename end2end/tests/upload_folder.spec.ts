// A folder of photos, as it comes from a camera: dropped or chosen, kept as folders on request.
import { photo } from "../support/bytes.mjs";
import { photoName } from "../support/library.ts";
import { expect, test } from "../support/test.ts";

test("a dropped folder of 60 photos brings 50 and names the rest", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.folderOfPhotos("Summer", 60));

  await expect(anna.question).toContainText("Upload “Summer” with 50 files?");
  await expect(anna.question).toContainText("at most 50 images: 10 images will be left out, and named");
  await anna.question.getByRole("button", { name: "Put all files in “All files”" }).click();

  await expect(anna.tray).toContainText("50 files uploaded", { timeout: 90_000 });
  await expect(anna.tray).toContainText("10 images of “Summer” left out: a folder brings at most 50 images.");
  await anna.tray.getByText("Show the 10 names").click();
  const leftOut = anna.tray.getByRole("list").filter({ hasText: "Summer/" }).getByRole("listitem");
  await expect(leftOut).toHaveCount(10);
  const names = await leftOut.allTextContents();

  const assets = await library.assets();
  expect(assets).toHaveLength(50);
  expect(assets.every((asset) => asset.folder_id === null)).toBe(true);
  // What was left out and what came in make the whole.
  const all = [...names.map((name) => name.split("/").pop()), ...assets.map((asset) => asset.name)];
  expect(new Set(all).size).toBe(60);
  expect(await library.folders()).toEqual([]);
  await expect(anna.tiles.first().getByRole("img")).toBeVisible();
});

test("the folders of a dropped folder are kept on request", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.folderOfPhotos("Summer", 9));
  await anna.question.getByRole("button", { name: "Keep “Summer” as a folder" }).click();
  await expect(anna.tray).toContainText("9 files uploaded");

  const folders = await library.folders();
  const summer = folders.find((folder) => folder.name === "Summer");
  const best = folders.find((folder) => folder.name === "Best");
  expect(folders).toHaveLength(2);
  expect(summer?.parent_id).toBeNull();
  expect(best?.parent_id).toBe(summer?.id);
  const assets = await library.assets();
  expect(assets.filter((asset) => asset.folder_id === best?.id).map((asset) => asset.name).sort()).toEqual(
    [3, 6, 9].map(photoName),
  );
  expect(assets.filter((asset) => asset.folder_id === summer?.id)).toHaveLength(6);
  await library.holds(photoName(6), photo(6));

  await anna.tree.getByRole("button", { name: "Show folders in Summer" }).click();
  await anna.folder("Best").click();
  await expect(anna.tiles).toHaveCount(3);
});

test("a folder lands in the folder on show", async ({ anna, files, library, page }) => {
  const trips = await library.givenFolder("Trips");
  await anna.opens(`/folders/${trips.id}`);
  await files.drop(page.getByRole("main"), files.folderOfPhotos("Lisbon", 4));
  await anna.question.getByRole("button", { name: "Keep “Lisbon” as a folder" }).click();
  await expect(anna.tray).toContainText("4 files uploaded");

  const lisbon = (await library.folders()).find((folder) => folder.name === "Lisbon");
  expect(lisbon?.parent_id).toBe(trips.id);
});

test("a folder is chosen with the dialog", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await page.getByRole("main").getByText("Upload", { exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Folder…" }).click();
  await (await choosing).setFiles(files.folderOfPhotos("Winter", 6));
  await anna.question.getByRole("button", { name: "Keep “Winter” as a folder" }).click();

  await expect(anna.tray).toContainText("6 files uploaded");
  expect((await library.folders()).map((folder) => folder.name).sort()).toEqual(["Best", "Winter"]);
});

test("hidden files of a folder are left out and named", async ({ anna, files, library, page }) => {
  const folder = files.folderOfPhotos("Autumn", 2);
  files.write("Autumn/.DS_Store", Buffer.from("nobody means this"));
  files.write("Autumn/Thumbs.db", Buffer.from("nor this"));
  await anna.opens("/");
  await files.drop(page.getByRole("main"), folder);
  await anna.question.getByRole("button", { name: "Put all files in “All files”" }).click();

  await expect(anna.tray).toContainText("2 files uploaded");
  await expect(anna.tray).toContainText("2 hidden files left out.");
  expect(await library.assets()).toHaveLength(2);
});

test("a folder may be withdrawn", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.folderOfPhotos("Spring", 3));
  await anna.question.getByRole("button", { name: "Cancel" }).click();

  await expect(anna.question).toBeHidden();
  await expect(anna.tray).toBeHidden();
  expect(await library.assets()).toEqual([]);
});

test("a folder without files says so", async ({ anna, files, page }) => {
  const empty = files.write("Nothing/.keep", Buffer.alloc(0)).replace("/.keep", "");
  const { rmSync } = await import("node:fs");
  rmSync(`${empty}/.keep`);
  await anna.opens("/");
  await files.drop(page.getByRole("main"), empty);

  await expect(anna.tray).toContainText("“Nothing” has no files in it.");
});

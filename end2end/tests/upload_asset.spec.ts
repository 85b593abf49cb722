// Files dropped, chosen and pasted; many, large and refused ones.
import { media, noise, photo } from "../support/bytes.mjs";
import { photoName } from "../support/library.ts";
import { expect, test } from "../support/test.ts";

test("a dropped picture appears", async ({ anna, files, library }) => {
  await anna.opens("/");
  await files.drop(anna.page.getByRole("main"), files.sample("coffee.jpg"));

  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await expect(anna.tile("coffee.jpg").getByRole("img")).toBeVisible();
  await library.holds("coffee.jpg", media("coffee.jpg"));

  await anna.reloads();
  await expect(anna.tile("coffee.jpg")).toBeVisible();
});

test("sixty files dropped at once are all there, byte for byte", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), ...files.photos(60));

  await expect(anna.tray).toContainText("60 files uploaded", { timeout: 90_000 });
  await expect(page.getByText("60 files", { exact: true })).toBeVisible();
  await expect(anna.tile("photo-60.jpg").or(anna.tile("photo-01.jpg")).first()).toBeVisible();
  expect(await library.assets()).toHaveLength(60);
  await library.holds(photoName(37), photo(37));
});

test("while files are held over the page it says where they will land", async ({ anna, files, library, page }) => {
  const folder = await library.givenFolder("Summer");
  await anna.opens(`/folders/${folder.id}`);
  // It is said for as long as the hand is there.
  await expect(async () => {
    await files.drag(page.getByRole("main"), files.sample("coffee.jpg"));
    await expect(page.getByText("Drop to upload to “Summer”")).toBeVisible({ timeout: 200 });
  }).toPass();

  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"));
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  expect((await library.assets())[0]?.folder_id).toBe(folder.id);
});

test("files are chosen with the button, or the key U", async ({ anna, files, page }) => {
  await anna.opens("/");
  await page.getByRole("main").getByText("Upload", { exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Files…" }).click();
  await (await choosing).setFiles([files.sample("coffee.jpg"), files.sample("letter.pdf")]);

  await expect(anna.tray).toContainText("2 files uploaded");
  await expect(anna.tiles).toHaveCount(2);

  await page.getByRole("button", { name: "Close the tray" }).click();
  await expect(anna.tray).toBeHidden();
  await anna.tiles.first().focus();
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("u");
  expect((await asked).isMultiple()).toBe(true);
});

test("a picture is pasted from the clipboard", async ({ anna, files, library }) => {
  await anna.opens("/");
  await files.pastePicture();

  await expect(anna.tray).toContainText("1 file uploaded");
  await expect(anna.tile("Pasted image")).toBeVisible();
  const [pasted] = await library.assets();
  expect(pasted?.name).toMatch(/^Pasted image \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/);
});

test("every kind has its door", async ({ anna, files, library }) => {
  await anna.opens("/");
  const names = ["clip.mp4", "tone.mp3", "letter.pdf", "note.txt", "contact.vcf", "spinner.gif"];
  await files.drop(anna.page.getByRole("main"), ...names.map((name) => files.sample(name)));

  await expect(anna.tray).toContainText("6 files uploaded");
  const kinds = (await library.assets("&sort=name")).map((asset) => `${asset.name} ${asset.kind}`);
  expect(kinds).toEqual([
    "clip.mp4 video",
    "contact.vcf contact",
    "letter.pdf document",
    "note.txt document",
    "spinner.gif image",
    "tone.mp3 audio",
  ]);
});

test("a picture that is too large names rule, figure and way out, and the rest goes on", async ({ anna, files, library }) => {
  await anna.opens("/");
  const large = files.write("beach.png", noise(1500, 1300));
  await files.drop(anna.page.getByRole("main"), files.sample("coffee.jpg"), large, files.sample("rocket.jpg"));

  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await expect(anna.upload("rocket.jpg")).toContainText("Uploaded");
  await expect(anna.upload("beach.png")).toContainText("beach.png is 5.9 MB; images may be 5 MB. Make it smaller?");
  await expect(anna.tray).toContainText("1 of 3 needs you");
  expect(await library.assets()).toHaveLength(2);

  await anna.tray.getByRole("button", { name: "Make it smaller: beach.png" }).click();
  await expect(anna.tray).toContainText("3 files uploaded", { timeout: 90_000 });
  await expect(anna.upload("beach")).toContainText("was 5.9 MB");
  const smaller = (await library.assets()).find((asset) => asset.name.startsWith("beach"));
  expect(smaller?.size).toBeLessThanOrEqual(5_000_000);
  await expect(anna.tile("beach").getByRole("img")).toBeVisible();
});

test("a text that calls itself a picture is refused, and the rest goes on", async ({ anna, files, library, watch }) => {
  watch.expects(/status of 4(15|22)/);
  await anna.opens("/");
  const lying = files.write("holiday.png", Buffer.from("Dear diary, this is no picture at all.\n"));
  await files.drop(anna.page.getByRole("main"), lying, files.sample("coffee.jpg"));

  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await expect(anna.tray).toContainText("1 of 2 needs you");
  await expect(anna.upload("holiday.png")).toContainText("holiday.png");
  await expect(anna.upload("holiday.png")).not.toContainText("Uploaded");
  expect((await library.assets()).map((asset) => asset.name)).toEqual(["coffee.jpg"]);

  await anna.tray.getByRole("button", { name: "Dismiss: holiday.png" }).click();
  await expect(anna.tray).toContainText("1 file uploaded");
});

test("an empty file is refused before anything is sent", async ({ anna, files, library }) => {
  await anna.opens("/");
  await files.drop(anna.page.getByRole("main"), files.write("nothing.txt", Buffer.alloc(0)));

  await expect(anna.upload("nothing.txt")).toContainText("nothing.txt is empty");
  expect(await library.assets()).toEqual([]);
});

test("names stay as people wrote them", async ({ anna, files, library }) => {
  const names = ["praia é 🦊.jpg", "شاطئ.jpg", "a & b <i>#1%.jpg"];
  await anna.opens("/");
  await files.drop(anna.page.getByRole("main"), ...names.map((name) => files.sample("coffee.jpg", name)));

  await expect(anna.tray).toContainText("3 files uploaded");
  for (const name of names) await expect(anna.tile(name)).toBeVisible();
  expect((await library.assets()).map((asset) => asset.name).sort()).toEqual([...names].sort());
});

test("an agent uploads as well", async ({ ben, library }) => {
  await ben.opens("/");
  const input = ben.page.getByLabel("Files to upload", { exact: true });
  await input.setInputFiles({ name: "cat.jpg", mimeType: "image/jpeg", buffer: media("chelsea.jpg") });

  await expect(ben.tile("cat.jpg")).toBeVisible();
  expect(await library.assets()).toHaveLength(1);
});

test("uploads go on while one walks through the library", async ({ anna, files, library, network, page }) => {
  const folder = await library.givenFolder("Summer");
  await anna.opens("/");
  network.holdAfter(200_000);
  await files.drop(page.getByRole("main"), ...files.photos(12));
  await expect.poll(() => network.happened).toBe(true);
  network.mend();
  await anna.tree.getByRole("link", { name: /^Summer/ }).click();
  await expect(page.getByRole("heading", { name: "Summer" })).toBeVisible();

  await expect(anna.tray).toContainText("12 files uploaded");
  await expect(page).toHaveURL(new RegExp(folder.id));
  await expect(anna.tiles).toHaveCount(0);
  expect((await library.assets()).filter((asset) => asset.folder_id)).toEqual([]);
});

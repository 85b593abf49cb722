// A picture is cropped in the browser before it goes up: only what stays is sent.
import { expectAccessible } from "../support/a11y.ts";
import { noise } from "../support/bytes.mjs";
import { CropEditor, differing, distance } from "../support/crop.ts";
import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** A picture in which no two places look alike. */
const PICTURE = noise(600, 400);

test("“Crop first…” sends the pixels of the region, and nothing before", async ({ account, anna, files, library, page }) => {
  const crop = new CropEditor(page);
  await anna.opens("/");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/files")) sent.push(request.method());
  });
  await choosesToCrop(anna, files.write("noise.png", PICTURE));
  await crop.isThere();
  await crop.has({ x: 0, y: 0, width: 600, height: 400 });
  await expect(crop.button("Crop and upload")).toBeDisabled();
  await expect(crop.button("Focal point")).toBeHidden();
  await expectAccessible(page);

  await crop.number("Width").fill("311");
  await crop.number("Width").press("Tab");
  await crop.number("Height").fill("207");
  await crop.number("Height").press("Tab");
  await crop.region.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowDown");
  const region = { x: 10, y: 1, width: 311, height: 207 };
  await crop.has(region);
  expect(sent, "requests that send something").toEqual([]);

  await crop.button("Crop and upload").click();
  await expect(crop.dialog).toBeHidden();
  await expect(anna.upload("noise.png")).toContainText("Cropped and uploaded");
  const [asset, ...others] = await library.assets();
  if (!asset) throw new Error("nothing is there");
  expect([asset.name, others]).toEqual(["noise.png", []]);
  expect(await differing(page, await account.download(asset.id), PICTURE, region)).toEqual({
    width: region.width,
    height: region.height,
    differing: 0,
  });

  await anna.tray.getByRole("link", { name: "Crop: noise.png" }).click();
  await crop.isThere();
  await crop.has({ x: 0, y: 0, width: 311, height: 207 });
});

test("a picture that lies on its side is turned and cut as it is shown", async ({ account, anna, files, library, page }) => {
  const crop = new CropEditor(page);
  await anna.opens("/");
  await choosesToCrop(anna, files.sample("sideways.jpg"));
  await crop.isThere();
  const whole = await crop.reads();
  await crop.button("Rotate by 90°").click();
  await crop.has({ x: 0, y: 0, width: whole.height, height: whole.width });
  await crop.button("Flip left to right").click();
  // Flat enough to be seen whole in the preview.
  const [width, height] = [whole.height, Math.round(whole.height * 0.75)];
  await crop.number("Height").fill(String(height));
  await crop.number("Height").press("Tab");
  await crop.has({ x: 0, y: 0, width, height });
  const preview = crop.dialog.locator(".crop-kept");
  await preview.locator("img").evaluate((picture: HTMLImageElement) => picture.decode());
  const shown = await preview.screenshot();

  await crop.button("Crop and upload").click();
  await expect(anna.upload("sideways.jpg")).toContainText("Cropped and uploaded");
  const [asset] = await library.assets();
  if (!asset) throw new Error("nothing is there");
  const made = await account.ask("GET", `/assets/${asset.id}`);
  expect([made.mime, made.width, made.height]).toEqual(["image/jpeg", width, height]);
  expect(await distance(page, shown, await account.download(asset.id))).toBeLessThan(8);
});

test("left without a crop it waits, and can go up as it is", async ({ anna, files, library, page }) => {
  const crop = new CropEditor(page);
  const other = noise(300, 200);
  await anna.opens("/");
  await choosesToCrop(anna, files.write("noise.png", PICTURE), files.write("other.png", other));
  await crop.isThere();
  await page.keyboard.press("Escape");
  await expect(crop.dialog).toBeHidden();
  await expect(anna.upload("noise.png")).toContainText("Paused");
  await expect(anna.upload("other.png")).toContainText("Paused");
  await expectAccessible(page);
  expect(await library.assets()).toEqual([]);

  await anna.tray.getByRole("button", { name: "Crop: noise.png" }).click();
  await crop.isThere();
  await crop.button("Upload as it is").click();
  await expect(anna.upload("noise.png")).toContainText("Uploaded");
  await library.holds("noise.png", PICTURE);
  await anna.tray.getByRole("button", { name: "Resume: other.png" }).click();
  await expect(anna.upload("other.png")).toContainText("Uploaded");
  await library.holds("other.png", other);
});

test("a picture that is too large can be cropped until it is not", async ({ account, anna, files, library, page }) => {
  const crop = new CropEditor(page);
  const large = noise(1500, 1300);
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("beach.png", large));
  await expect(anna.tray).toContainText("1 of 1 needs you");
  await anna.tray.getByRole("button", { name: "Crop: beach.png" }).click();
  await crop.isThere();
  await expect(crop.button("Upload as it is")).toBeHidden();
  await crop.number("Width").fill("640");
  await crop.number("Width").press("Tab");
  await crop.button("Crop and upload").click();

  await expect(anna.upload("beach.png")).toContainText("Cropped and uploaded");
  const [asset] = await library.assets();
  if (!asset) throw new Error("nothing is there");
  const region = { x: 0, y: 0, width: 640, height: 1300 };
  expect((await differing(page, await account.download(asset.id), large, region)).differing).toBe(0);
});

test("what moves is not made a still of: it says so", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await choosesToCrop(anna, files.write("moving.png", moving(PICTURE)));
  await expect(anna.tray).toContainText("“moving.png” cannot be cropped before it goes up");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(anna.upload("moving.png")).toContainText("Paused");
  expect(await library.assets()).toEqual([]);
});

/** Chooses files by “Crop first…” in the menu of the upload button. */
async function choosesToCrop(person: Person, ...paths: string[]) {
  const { page } = person;
  await page.getByRole("main").getByText("Upload", { exact: true }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Crop first…" }).click();
  await (await choosing).setFiles(paths);
}

/** A PNG that says it is an animation. */
function moving(png: Buffer): Buffer {
  const HEADER = 33;
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8, 0);
  control.write("acTL", 4, "latin1");
  return Buffer.concat([png.subarray(0, HEADER), control, png.subarray(HEADER)]);
}

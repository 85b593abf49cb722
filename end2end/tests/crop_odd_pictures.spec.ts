// Pictures at the edge of what there is: of one pixel, and three hundred times as long as high.
import type { Locator } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { bars, noise } from "../support/bytes.mjs";
import { box, CropEditor, differing } from "../support/crop.ts";
import type { Library } from "../support/library.ts";
import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a picture of one pixel is shown, turned, and told where it does not fit", async ({ account, anna, files, library, page }) => {
  const dot = noise(1, 1);
  const crop = new CropEditor(page);
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("dot.png", dot));
  await expect(anna.upload("dot.png")).toContainText("Uploaded");
  await isSeen(anna.tile("dot.png").getByRole("img"));
  await anna.tile("dot.png").click();
  await expect(anna.details.locator(".facts")).toContainText("1 × 1");
  await isSeen(anna.details.getByRole("img", { name: "dot.png" }));

  const row = await fitting(anna, "Android, expanded");
  await expect(row).toContainText("Too small by 599 px across and 299 px down.");
  await row.getByRole("button", { name: "Make it fit" }).press("Enter");
  await expect(row).toContainText("This picture cannot be made to fit there.");
  await expectAccessible(page);

  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  await crop.has(whole);
  await crop.handle("Lower right corner").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await crop.number("Width").fill("0");
  await crop.number("Width").press("Tab");
  await crop.has(whole);
  await expect(crop.button("Save as copy")).toBeDisabled();
  await crop.button("Rotate by 90°").click();
  await crop.button("Save as copy").click();
  await expect(crop.dialog).toBeHidden();
  const copy = await other(library, "dot.png");
  expect(await differing(page, await account.download(copy.id), dot, whole)).toEqual({ width: 1, height: 1, differing: 0 });
});

test("a very long picture is shown, and cut to the pixel", async ({ account, anna, files, library, page }) => {
  const long = bars(30_000, 100);
  const crop = new CropEditor(page);
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("long.png", long));
  await expect(anna.upload("long.png")).toContainText("Uploaded");
  await isSeen(anna.tile("long.png").getByRole("img"));
  await anna.tile("long.png").click();
  await expect(anna.details.locator(".facts")).toContainText("30000 × 100");
  await isSeen(anna.details.getByRole("img", { name: "long.png" }));
  await expect(await fitting(anna, "Android, expanded")).toContainText("Too small by 200 px down.");
  await anna.details.getByRole("button", { name: "Full screen" }).click();
  await isSeen(anna.preview.getByRole("img", { name: "long.png" }));
  await page.keyboard.press("Escape");
  await expect(anna.preview).toBeHidden();

  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  // On the stage it is a line, with its handles one over the other: numbers are the way.
  for (const [name, value] of [["Width", 2_500], ["Left", 27_123], ["Height", 70], ["Top", 13]] as const) {
    await crop.number(name).fill(String(value));
    await crop.number(name).press("Tab");
  }
  const region = { x: 27_123, y: 13, width: 2_500, height: 70 };
  await crop.has(region);
  const [stage, canvas] = [await box(crop.dialog.locator(".crop-stage")), await box(crop.dialog.locator(".crop-canvas"))];
  expect(canvas.width).toBeLessThanOrEqual(stage.width);
  await crop.button("Save as copy").click();
  await expect(crop.dialog).toBeHidden();
  const copy = await other(library, "long.png");
  expect(await differing(page, await account.download(copy.id), long, region)).toEqual({ width: 2_500, height: 70, differing: 0 });
});

/** A picture has come, and takes room on the screen. */
async function isSeen(picture: Locator) {
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0);
  const { width, height } = await box(picture);
  expect(Math.min(width, height), "pixels of the screen").toBeGreaterThanOrEqual(1);
}

/** What the details say of a place for push messages. */
async function fitting(person: Person, place: string): Promise<Locator> {
  const push = person.details.getByRole("region", { name: "Where it fits" }).getByRole("group").filter({ hasText: "Push notification" });
  await push.locator("summary").click();
  return push.getByRole("listitem").filter({ hasText: new RegExp(`^${place}`) });
}

/** The one asset beside that of a name. */
async function other(library: Library, name: string) {
  const assets = await library.assets();
  expect(assets).toHaveLength(2);
  const found = assets.find((asset) => asset.name !== name);
  if (!found) throw new Error("there is no copy");
  return found;
}

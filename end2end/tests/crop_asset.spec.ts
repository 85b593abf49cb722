// A picture is cropped on a dark stage: by mouse, by keys, by fingers; what is shown is what is saved.
import type { CDPSession } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import type { Account } from "../support/account.mjs";
import { noise } from "../support/bytes.mjs";
import { box, CropEditor, differing, distance, type Region } from "../support/crop.ts";
import type { Asset, Library } from "../support/library.ts";
import { expect, test } from "../support/test.ts";

/** A picture in which no two places look alike. */
const PICTURE = noise(600, 400);

test("by mouse: the copy has the pixels of the region, the original stays", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", PICTURE);
  const crop = new CropEditor(page);
  await anna.opens(`/?asset=${original.id}`);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await crop.has({ x: 0, y: 0, width: 600, height: 400 });
  await expect(page).toHaveURL(/crop=open/);
  await expect(crop.button("Save as copy")).toBeDisabled();

  const scale = await crop.scale(600);
  await crop.drags(crop.handle("Lower right corner"), -200 * scale, -150 * scale);
  await crop.drags(crop.region, 61 * scale, 47 * scale);
  const region = await crop.isAbout({ x: 61, y: 47, width: 400, height: 250 });
  await crop.shows(region, 600);

  await crop.button("Save as copy").click();
  await expectCopyOf(crop, region, original, account, library);
});

test("by keys: moved, pulled, undone and written in numbers", async ({ anna, library, page }) => {
  const asset = await library.givenFile("noise.png", PICTURE);
  const crop = new CropEditor(page);
  await anna.opens("/");
  await anna.tile("noise.png").focus();
  await page.keyboard.press("c");
  await crop.isThere();

  await crop.handle("Lower right corner").focus();
  for (let steps = 0; steps < 10; steps++) await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("ArrowUp");
  await crop.has({ x: 0, y: 0, width: 500, height: 399 });
  await crop.region.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowDown");
  await crop.has({ x: 10, y: 1, width: 500, height: 399 });
  await expect(crop.dialog.getByRole("status")).toHaveText("500 × 399 pixels stay");

  await page.keyboard.press("Control+z");
  await crop.has({ x: 0, y: 0, width: 600, height: 400 });
  await page.keyboard.press("Control+Shift+Z");
  await crop.has({ x: 10, y: 1, width: 500, height: 399 });

  await crop.number("Width").fill("120");
  await crop.number("Width").press("Tab");
  await crop.number("Height").fill("9999");
  await crop.number("Height").press("Tab");
  await crop.has({ x: 10, y: 0, width: 120, height: 400 });
  await crop.number("Left").fill("not a number");
  await crop.number("Left").press("Tab");
  await crop.has({ x: 10, y: 0, width: 120, height: 400 });

  await page.keyboard.press("Escape");
  await expect(crop.dialog).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`asset=${asset.id}$`));
  await expect(anna.tile("noise.png")).toBeFocused();
});

test("by keys alone: the copy has the pixels of the region", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", PICTURE);
  const crop = new CropEditor(page);
  await anna.opens("/");
  await anna.tile("noise.png").focus();
  await page.keyboard.press("c");
  await crop.isThere();

  await crop.tabsTo(crop.handle("Lower right corner"));
  for (let steps = 0; steps < 17; steps++) await page.keyboard.press("Shift+ArrowLeft");
  for (let steps = 0; steps < 9; steps++) await page.keyboard.press("Shift+ArrowUp");
  await crop.tabsTo(crop.handle("Left edge"));
  for (let steps = 0; steps < 3; steps++) await page.keyboard.press("ArrowRight");
  await crop.tabsTo(crop.region);
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowRight");
  const region = { x: 4, y: 50, width: 427, height: 310 };
  await crop.has(region);
  await crop.shows(region, 600);

  await crop.tabsTo(crop.button("Save as copy"));
  await page.keyboard.press("Enter");
  await expectCopyOf(crop, region, original, account, library);
});

test("the menu of a picture opens it, and only of a picture", async ({ anna, library, page }) => {
  const picture = await library.givenFile("noise.png", PICTURE);
  await library.given("letter.pdf");
  const crop = new CropEditor(page);
  await anna.opens("/");
  await anna.tile("letter.pdf").click({ button: "right" });
  await expect(anna.menu.getByRole("menuitem", { name: "Open" })).toBeVisible();
  await expect(anna.menu.getByRole("menuitem", { name: "Crop…" })).toBeHidden();
  await page.keyboard.press("Escape");

  await anna.tile("noise.png").click({ button: "right" });
  await anna.chooses("Crop…");
  await crop.isThere();
  await expect(page).toHaveURL(new RegExp(`asset=${picture.id}&crop=open`));
  await page.keyboard.press("Escape");
  await expect(crop.dialog).toBeHidden();

  await expect(anna.tile("noise.png")).toBeFocused();
  await anna.choosesByKeys("Crop…");
  await crop.isThere();
});

test("a place gives its shape, and its message is shown", async ({ anna, library, page }) => {
  const asset = await library.givenFile("noise.png", PICTURE);
  const crop = new CropEditor(page);
  await anna.opens(`/?asset=${asset.id}&crop=open`);
  await crop.isThere();
  await crop.dialog.getByRole("group", { name: "Push notification" }).getByRole("button", { name: /^Android, expanded/ }).click();

  await crop.has({ x: 0, y: 50, width: 600, height: 300 });
  await crop.handle("Right edge").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await crop.has({ x: 0, y: 52, width: 590, height: 295 });
  await expect(crop.dialog).toContainText("Too small: this place asks for at least 600 × 300 pixels.");
  await expect(crop.dialog.getByText("Your app")).toBeVisible();

  await crop.button("Rotate by 90°").click();
  await expect(crop.number("Width")).not.toHaveValue("590");
  const { width, height } = await crop.reads();
  expect(Math.abs(width - 2 * height), "the shape of the place stays").toBeLessThanOrEqual(1);
  await crop.button("Start over").click();
  await crop.has({ x: 0, y: 0, width: 600, height: 400 });
});

test.describe("on a screen that is touched", () => {
  test.use({ hasTouch: true });

  test("by fingers: one pulls, two pinch", async ({ anna, library, page }) => {
    const asset = await library.givenFile("noise.png", PICTURE);
    const crop = new CropEditor(page);
    await anna.opens(`/?asset=${asset.id}&crop=open`);
    await crop.isThere();
    const scale = await crop.scale(600);
    const devtools = await page.context().newCDPSession(page);

    const corner = middle(await box(crop.handle("Upper left corner")));
    await touches(devtools, [[corner], [shifted(corner, 50 * scale, 50 * scale)], [shifted(corner, 100 * scale, 100 * scale)]]);
    const pulled = await crop.isAbout({ x: 100, y: 100, width: 500, height: 300 });

    const center = middle(await box(crop.region));
    const apart = (by: number) => [shifted(center, -by * scale, 0), shifted(center, by * scale, 0)];
    await touches(devtools, [apart(100), apart(75), apart(50)]);
    // Around the place where the fingers are.
    await crop.isAbout({ x: 225, y: 175, width: 250, height: 150 }, 3);

    await crop.button("Undo").click();
    await crop.has(pulled);
  });

  test("by fingers: the copy has the pixels of the region", async ({ account, anna, library, page }) => {
    const original = await library.givenFile("noise.png", PICTURE);
    const crop = new CropEditor(page);
    await anna.opens(`/?asset=${original.id}&crop=open`);
    await crop.isThere();
    const scale = await crop.scale(600);
    const devtools = await page.context().newCDPSession(page);

    const center = middle(await box(crop.region));
    const apart = (by: number) => [shifted(center, -by * scale, -by * scale), shifted(center, by * scale, by * scale)];
    await touches(devtools, [apart(120), apart(100), apart(60)]);
    await crop.isAbout({ x: 150, y: 100, width: 300, height: 200 }, 3);
    const drawn = middle(await box(crop.region));
    await touches(devtools, [[drawn], [shifted(drawn, 40 * scale, 20 * scale)], [shifted(drawn, 83 * scale, 51 * scale)]]);
    const region = await crop.isAbout({ x: 233, y: 151, width: 300, height: 200 }, 4);
    await crop.shows(region, 600);

    await crop.button("Save as copy").click();
    await expectCopyOf(crop, region, original, account, library);
  });
});

test("Apply keeps the file and its address, and the crop can be changed later", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", PICTURE);
  const crop = new CropEditor(page);
  await anna.opens(`/?asset=${original.id}`);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await crop.number("Width").fill("300");
  await crop.number("Width").press("Tab");
  await crop.button("Apply").click();
  await expect(crop.dialog).toBeHidden();

  await expect(anna.details).toContainText("300 × 400");
  const cropped = await account.ask("GET", `/assets/${original.id}`);
  expect([cropped.version, cropped.width, cropped.height]).toEqual([2, 300, 400]);
  expect(await library.assets()).toHaveLength(1);

  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await expect(crop.dialog).toContainText("the whole original is here");
  await crop.has({ x: 0, y: 0, width: 300, height: 400 });
  await crop.number("Width").fill("450");
  await crop.number("Width").press("Tab");
  await crop.button("Apply").click();
  await expect(crop.dialog).toBeHidden();
  await expect(anna.details).toContainText("450 × 400");
  const region = { x: 0, y: 0, width: 450, height: 400 };
  expect(await differing(page, await account.download(original.id), PICTURE, region)).toEqual({
    width: 450,
    height: 400,
    differing: 0,
  });
});

test("turned, mirrored and straightened: what is shown is what is saved", async ({ account, anna, library, page }) => {
  const original = await library.given("astronaut.jpg");
  const crop = new CropEditor(page);
  await anna.opens(`/?asset=${original.id}&crop=open`);
  await crop.isThere();
  await crop.button("Rotate by 90°").click();
  await crop.button("Flip left to right").click();
  await crop.dialog.getByLabel("Straighten").fill("70");
  await expect(crop.dialog.getByText("7.0°")).toBeVisible();
  const before = await crop.number("Height").inputValue();
  await crop.handle("Lower edge").focus();
  for (let steps = 0; steps < 8; steps++) await page.keyboard.press("Shift+ArrowUp");
  await expect(crop.number("Height")).not.toHaveValue(before);
  const region = await crop.reads();
  const preview = crop.dialog.locator(".crop-kept");
  await preview.locator("img").evaluate((picture: HTMLImageElement) => picture.decode());
  const shown = await preview.screenshot();
  await crop.button("Save as copy").click();
  await expect(crop.dialog).toBeHidden();

  const copy = (await library.assets()).find(({ id }) => id !== original.id);
  if (!copy) throw new Error("there is no copy");
  const { width, height } = await account.ask("GET", `/assets/${copy.id}`);
  expect({ width, height }).toEqual({ width: region.width, height: region.height });
  expect(await distance(page, shown, await account.download(copy.id))).toBeLessThan(8);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    test.describe(`${colorScheme}, ${viewport.width} pixels wide`, () => {
      test.use({ colorScheme, viewport });

      test("the editor is for everyone, and gives the focus back", async ({ anna, library, page }) => {
        const asset = await library.given("coffee.jpg");
        const crop = new CropEditor(page);
        await anna.opens(`/?asset=${asset.id}`);
        await anna.details.getByRole("button", { name: "Crop" }).click();
        await crop.isThere();
        await crop.button("Focal point").click();
        await expectAccessible(page);
        for (const channel of ["Push notification", "Email", "WhatsApp", "In-app message"]) {
          await crop.dialog.getByRole("group", { name: channel }).getByRole("button").first().click();
          await expectAccessible(page);
        }
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider).toBeLessThanOrEqual(0);
        await page.keyboard.press("Escape");
        await expect(crop.dialog).toBeHidden();
        await expect(anna.details.getByRole("button", { name: "Crop" })).toBeFocused();
      });
    });
  }
}

/** The editor is left for a copy beside the original, which has the pixels of the region and no others. */
async function expectCopyOf(crop: CropEditor, region: Region, original: Asset, account: Account, library: Library) {
  const { page } = crop;
  await expect(crop.dialog).toBeHidden();
  await expect(page.getByText(/^Saved as /)).toBeVisible();
  const assets = await library.assets();
  expect(assets).toHaveLength(2);
  const copy = assets.find(({ id }) => id !== original.id);
  if (!copy) throw new Error("there is no copy");
  await expect(page).toHaveURL(new RegExp(`asset=${copy.id}$`));
  const { differing: wrong, ...size } = await differing(page, await account.download(copy.id), PICTURE, region);
  expect(size).toEqual({ width: region.width, height: region.height });
  expect(wrong, "pixels that are not those of the region").toBe(0);
  expect((await library.asset(original.id)).sha256).toBe(original.sha256);
}

type Point = { x: number; y: number };

function middle({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function shifted({ x, y }: Point, across: number, down: number): Point {
  return { x: x + across, y: y + down };
}

/** Fingers come down at the first points, go to each of the next, and are lifted at the last. */
async function touches(devtools: CDPSession, steps: Point[][]) {
  for (const [at, points] of steps.entries()) {
    const touchPoints = points.map((point, id) => ({ ...point, id }));
    await devtools.send("Input.dispatchTouchEvent", { type: at === 0 ? "touchStart" : "touchMove", touchPoints });
  }
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

// Pictures as fine as their place and the screen show them, and no larger than they are.
import type { Locator } from "@playwright/test";
import { halfClear } from "../support/bytes.mjs";
import { distance } from "../support/crop.ts";
import { expect, test } from "../support/test.ts";

/** The preset that a browser chose for a picture. */
async function chosen(picture: Locator) {
  await picture.evaluate((img: HTMLImageElement) => img.decode());
  return picture.evaluate((img: HTMLImageElement) => img.currentSrc.match(/renditions\/(\w+)/)?.[1]);
}

const width = (picture: Locator) => picture.evaluate((img) => Math.round(img.getBoundingClientRect().width));

for (const [density, presets] of [
  [1, { tile: "thumb", details: "tile", preview: "preview" }],
  [2, { tile: "tile", details: "preview", preview: "screen" }],
] as const) {
  test.describe(`on a screen of density ${density}`, () => {
    test.use({ deviceScaleFactor: density, viewport: { width: 1440, height: 900 } });

    test("the grid, the details and the full screen ask for what they show", async ({ anna, library, page }) => {
      await library.givenFile("poster.png", halfClear(3000, 2000));
      await anna.opens("/");
      const tile = anna.tile("poster.png");
      expect(await chosen(tile.getByRole("img"))).toBe(presets.tile);
      await tile.click();
      expect(await chosen(anna.details.getByRole("img", { name: "poster.png" }))).toBe(presets.details);
      await page.keyboard.press("Space");
      expect(await chosen(anna.preview.getByRole("img", { name: "poster.png" }))).toBe(presets.preview);
    });

    test("a small picture is not blown up", async ({ anna, library, page }) => {
      await library.given("located.jpg");
      await anna.opens("/");
      await anna.tile("located.jpg").click();
      const shown = anna.details.getByRole("img", { name: "located.jpg" });
      await chosen(shown);
      expect(await width(shown)).toBe(120);
      await page.keyboard.press("Space");
      const whole = anna.preview.getByRole("img", { name: "located.jpg" });
      await chosen(whole);
      expect(await width(whole)).toBe(120);
    });
  });
}

test("a picture that is a hundred times as tall as wide is seen", async ({ anna, library, page }) => {
  await library.givenFile("strip.png", halfClear(40, 5000));
  await anna.opens("/");
  await anna.tile("strip.png").click();
  const shown = anna.details.getByRole("img", { name: "strip.png" });
  await chosen(shown);
  expect(await width(shown)).toBeGreaterThan(0);
  await page.keyboard.press("Space");
  const whole = anna.preview.getByRole("img", { name: "strip.png" });
  await chosen(whole);
  expect(await width(whole)).toBeGreaterThan(0);
});

test("AVIF is decoded by the browser, in the colors of the original", async ({ account, library, page, anna }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens("/");
  const address = new URL(`/api/v1/assets/${asset.id}/renditions/preview`, page.url()).href;
  const ask = () => page.request.get(address, { headers: { accept: "image/avif,image/webp" } });
  await expect.poll(async () => (await ask()).headers()["content-type"], { timeout: 20_000 }).toBe("image/avif");
  const avif = await (await ask()).body();
  expect(await distance(page, avif, await account.download(asset.id))).toBeLessThan(4);
});

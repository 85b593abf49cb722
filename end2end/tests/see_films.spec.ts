// What films look like before they play, where the operator has ffmpeg.
import { existsSync } from "node:fs";
import path from "node:path";

import { expectAccessible } from "../support/a11y.ts";
import { media } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

const folders = (process.env.PATH ?? "").split(path.delimiter);
const ffmpeg = folders.map((folder) => path.join(folder, "ffmpeg")).find((file) => existsSync(file));

test.use({ settings: { SATCHEL_FFMPEG: ffmpeg ?? "ffmpeg is missing: scripts/setup test" } });

test("a film that is dropped shows its picture in the grid and in the details", async ({ anna, files, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("clip.mp4"));
  // It comes by itself, once it is made.
  const thumb = anna.tile("clip.mp4").getByRole("img");
  await expect(thumb).toHaveAttribute("src", /renditions\/thumb/);
  await expect.poll(() => thumb.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);

  await anna.tile("clip.mp4").click();
  const film = anna.details.locator("video");
  await expect(film).toHaveAttribute("poster", /renditions\/preview/);
  const poster = await page.request.get(await film.evaluate((video: HTMLVideoElement) => video.poster));
  expect(poster.headers()["content-type"]).toMatch(/^image\//);
  await expectAccessible(page);
});

test("a film that was taken upright tells its pixels as it is played", async ({ anna, files, page }) => {
  const film = Buffer.from(media("clip.mp4"));
  // A quarter turned by the matrix of its track, as telephones write it: 320 × 240 are stored.
  [0, 0x10000, 0, 0xffff0000, 0, 0, 240 * 0x10000, 0, 0x40000000].forEach((figure, index) => {
    film.writeUInt32BE(figure, film.indexOf("tkhd") + 44 + 4 * index);
  });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("upright.mp4", film));
  await anna.tile("upright.mp4").click();

  await expect(anna.details).toContainText("240 × 320");
});

test("a film that this browser cannot play shows its picture behind the word", async ({ anna, files, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("clip.mp4"));
  await expect(anna.tile("clip.mp4").getByRole("img")).toHaveAttribute("src", /renditions\/thumb/);
  await page.route("**/content*", (route) => route.fulfill({ contentType: "video/mp4", body: "no film" }));
  await anna.tile("clip.mp4").click();

  await expect(anna.details.getByText("This browser cannot play this file.")).toBeVisible();
  const still = anna.details.locator(".film img");
  await expect.poll(() => still.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await expectAccessible(page);
});

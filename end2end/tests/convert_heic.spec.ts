// HEIC: a JPEG where the browser can make one, else kept as it is and said so.
import { media } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test("a browser that reads HEIC sends it as JPEG, and says so", async ({ account, anna, files, library, page }) => {
  // Chromium on Linux has no decoder for it: only that is put in its place.
  await page.addInitScript(() => {
    const decode = window.createImageBitmap.bind(window);
    const drawn = async () => {
      const canvas = new OffscreenCanvas(80, 60);
      const brush = canvas.getContext("2d");
      if (!brush) throw new Error("no canvas");
      brush.fillStyle = "teal";
      brush.fillRect(0, 0, 80, 60);
      return decode(canvas);
    };
    window.createImageBitmap = ((source: ImageBitmapSource) =>
      source instanceof File && source.name.endsWith(".heic") ? drawn() : decode(source)) as typeof decode;
  });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("halves.heic", "Beach.heic"));

  await expect(anna.upload("Beach.jpg")).toContainText("Uploaded as JPEG, made of HEIC");
  await expect(anna.tile("Beach.jpg").getByRole("img")).toBeVisible();
  const [asset, ...others] = await library.assets();
  if (!asset) throw new Error("nothing is there");
  expect([asset.name, others]).toEqual(["Beach.jpg", []]);
  const made = await account.ask("GET", `/assets/${asset.id}`);
  expect([made.mime, made.width, made.height]).toEqual(["image/jpeg", 80, 60]);
});

test("elsewhere HEIC is kept byte for byte, and it says that it cannot be shown", async ({ anna, files, library, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("halves.heic", "Beach.heic"));

  await expect(anna.upload("Beach.heic")).toContainText("Uploaded");
  await expect(anna.upload("Beach.heic")).toContainText("HEIC is kept as it is, but cannot be shown");
  await library.holds("Beach.heic", media("halves.heic"));
});

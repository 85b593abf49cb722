// A public link: a stranger sees the picture, without its secrets, until sharing ends.
import { media } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test("a stranger sees a shared picture until sharing ends", async ({ anna, browser, library, page }) => {
  const asset = await library.given("located.jpg");
  await anna.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await anna.opens(`/?asset=${asset.id}`);
  await anna.details.getByRole("button", { name: "Create public link" }).click();
  await expect(anna.details.getByRole("textbox", { name: "Public link" })).toHaveValue(/\/m\/.+\/located\.jpg$/);
  await anna.details.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied").first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const stranger = await browser.newContext();
  const shown = await stranger.request.get(link);
  expect(shown.status()).toBe(200);
  expect(shown.headers()["content-type"]).toBe("image/jpeg");
  expect(shown.headers()["x-content-type-options"]).toBe("nosniff");
  const bytes = await shown.body();
  expect(bytes.length).toBeGreaterThan(500);
  expect(media("located.jpg").includes("Exif")).toBe(true);
  expect(bytes.includes("Exif"), "where it was taken stays private").toBe(false);
  const inside = await stranger.request.get(new URL(`/api/v1/assets/${asset.id}/content`, link).href);
  expect(inside.status()).toBe(401);

  await anna.details.getByRole("button", { name: "Stop sharing" }).click();
  await expect(page.getByText("The link no longer works")).toBeVisible();
  expect((await stranger.request.get(link)).status()).toBe(404);
  expect((await library.asset(asset.id)).url).toBeNull();
  await stranger.close();
});

test("a link made elsewhere is shown", async ({ anna, account, library }) => {
  const asset = await library.given("coffee.jpg");
  const shared = await account.ask("POST", `/assets/${asset.id}/share`);
  await anna.opens(`/?asset=${asset.id}`);

  await expect(anna.details.getByRole("textbox", { name: "Public link" })).toHaveValue(shared.url);
});

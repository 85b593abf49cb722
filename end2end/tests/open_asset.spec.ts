// What is known of an asset, beside the pictures and on the whole screen.
import { sha256, media } from "../support/bytes.mjs";
import { readFileSync } from "node:fs";
import { tinyName } from "../support/library.ts";
import { expect, test } from "../support/test.ts";

test("a click opens the details, the address remembers them", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await anna.opens("/");
  await anna.tile("coffee.jpg").click();

  await expect(page).toHaveURL(new RegExp(`asset=${coffee.id}`));
  await expect(anna.details.getByLabel("Name")).toHaveValue("coffee.jpg");
  for (const fact of ["image/jpeg", "47.3 KB", "600 × 400", "Upload"]) {
    await expect(anna.details).toContainText(fact);
  }
  await expect(anna.details.getByRole("img", { name: "coffee.jpg" })).toBeVisible();

  await anna.reloads();
  await expect(anna.details.getByLabel("Name")).toHaveValue("coffee.jpg");
  await anna.tile("rocket.jpg").click();
  await expect(anna.details.getByLabel("Name")).toHaveValue("rocket.jpg");
  await anna.details.getByRole("link", { name: "Close" }).click();
  await expect(anna.details).toBeHidden();
  await expect(page).toHaveURL(/\/$/);
});

test("the details tell who added it, and in which folder it lies", async ({ anna, files, library, page }) => {
  const folder = await library.givenFolder("Summer");
  await anna.opens(`/folders/${folder.id}`);
  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"));
  await anna.tile("coffee.jpg").click();

  await expect(anna.details).toContainText("by Anna");
  await expect(anna.details.getByLabel("Folder")).toHaveValue(folder.id);
});

test("a picture that was lying on its side stands upright", async ({ anna, library }) => {
  await library.given("sideways.jpg");
  await anna.opens("/");
  const picture = anna.tile("sideways.jpg").getByRole("img");
  const [width, height] = await picture.evaluate(async (img: HTMLImageElement) => {
    await img.decode();
    return [img.naturalWidth, img.naturalHeight];
  });
  await anna.tile("sideways.jpg").click();

  await expect(anna.details).toContainText(`${width} × ${height}`);
});

test("sound and film play", async ({ anna, library }) => {
  await library.given("clip.mp4");
  await library.given("tone.mp3");
  await anna.opens("/");
  for (const [name, element] of [["clip.mp4", "video"], ["tone.mp3", "audio"]] as const) {
    await anna.tile(name).click();
    await expect(anna.details.getByLabel("Name")).toHaveValue(name);
    const player = anna.details.locator(element);
    await expect
      .poll(() => player.evaluate((media: HTMLMediaElement) => media.error?.message ?? media.readyState))
      .toBeGreaterThan(0);
  }
});

test("a download is the original, under its name", async ({ anna, library, page }) => {
  await library.given("coffee.jpg", { as: "café com leite.jpg" });
  await anna.opens("/");
  await anna.tile("café com leite.jpg").click();
  const downloading = page.waitForEvent("download");
  await anna.details.getByRole("link", { name: "Download" }).click();
  const download = await downloading;

  expect(download.suggestedFilename()).toBe("café com leite.jpg");
  expect(sha256(readFileSync(await download.path()))).toBe(sha256(media("coffee.jpg")));
});

test("full screen opens from the details and goes through all pictures", async ({ anna, library, page }) => {
  await library.givenPhotos(3);
  await anna.opens("/");
  await anna.tile("photo-03.jpg").click();
  await anna.details.getByRole("button", { name: "Full screen" }).click();

  await expect(anna.preview).toContainText("1 of 3");
  await anna.preview.getByRole("button", { name: "Next" }).click();
  await expect(anna.preview).toContainText("2 of 3");
  await expect(anna.preview.getByRole("img", { name: "photo-02.jpg" })).toBeVisible();
  await anna.preview.getByRole("button", { name: "Previous" }).click();
  await expect(anna.preview).toContainText("1 of 3");
  await anna.preview.getByRole("button", { name: "Close" }).click();
  await expect(anna.preview).toBeHidden();
  await expect(page.getByRole("main")).toBeVisible();
});

test("a picture far down stays where it is on the screen while its details open and close", async ({ anna, library, page }) => {
  test.slow();
  await library.givenMany(300);
  await anna.opens("/?sort=name");
  const pane = page.locator("[data-pane]");
  const picture = anna.tile(tinyName(150));
  // Half a screen at a time, and from the top again: pages come while it is looked for.
  await expect(async () => {
    await pane.evaluate((pane) => {
      const isEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1;
      pane.scrollTop = isEnd ? 0 : pane.scrollTop + pane.clientHeight / 2;
    });
    await expect(picture).toBeInViewport({ timeout: 500 });
  }).toPass();
  await picture.evaluate((tile) => tile.scrollIntoView({ block: "center" }));
  const top = () => picture.evaluate((tile) => tile.getBoundingClientRect().top);
  const columns = () => picture.evaluate((tile) => getComputedStyle(tile.parentElement!).gridTemplateColumns.split(" ").length);
  const [before, wide] = [await top(), await columns()];
  const moved = async () => Math.abs((await top()) - before);

  await picture.click();
  await expect(anna.details.getByLabel("Name")).toHaveValue(tinyName(150));
  await expect.poll(columns, "the rows fall anew").toBeLessThan(wide);
  await expect.poll(moved, "pixels of the screen").toBeLessThanOrEqual(2);
  await expect(picture).toBeInViewport({ ratio: 0.99 });

  await page.keyboard.press("Escape");
  await expect(anna.details).toBeHidden();
  await expect.poll(columns).toBe(wide);
  await expect.poll(moved, "pixels of the screen").toBeLessThanOrEqual(3);
  await expect(picture).toBeInViewport({ ratio: 0.99 });
  await expect(picture).toBeFocused();
});

test("an asset of another account is not there", async ({ anna, server, watch }) => {
  watch.expects(/status of 404/);
  const { Account } = await import("../support/account.mjs");
  const { Library } = await import("../support/library.ts");
  const theirs = await new Library(await Account.create(server)).given("coffee.jpg");
  await anna.opens(`/?asset=${theirs.id}`);

  await expect(anna.details).toBeHidden();
  await expect(anna.page.getByText("coffee.jpg")).toHaveCount(0);
});

// Another file takes the place of one: the address stays, and each version can come back.
import { expectAccessible } from "../support/a11y.ts";
import { media } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test("a photo is replaced under its link, compared, and brought back by a key", async ({
  account,
  anna,
  files,
  library,
  page,
}) => {
  const asset = await library.givenFile("cat.jpg", media("chelsea.jpg"));
  await account.ask("POST", `/assets/${asset.id}/share`);
  const { url } = await library.asset(asset.id);
  await anna.opens(`/?asset=${asset.id}`);
  const versions = anna.details.getByRole("region", { name: "Versions" });
  await expect(versions.getByRole("listitem")).toHaveCount(0);

  const choosing = page.waitForEvent("filechooser");
  await versions.getByRole("button", { name: "Replace file…" }).click();
  await (await choosing).setFiles(files.sample("coffee.jpg"));
  await expect(page.getByText("Replaced. The public link shows the new file.")).toBeVisible();
  await expect(versions.getByRole("listitem")).toHaveText([/Version 2.*by Anna/, /Version 1/]);
  const replaced = await library.asset(asset.id);
  expect(replaced).toMatchObject({ version: 2, url, name: "cat.jpg" });
  expect(replaced.sha256).not.toBe(asset.sha256);

  await versions.getByRole("button", { name: "Compare" }).click();
  const pictures = versions.locator("figure img");
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveJSProperty("complete", true);
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
  await expectAccessible(page);

  await versions.getByRole("button", { name: "Bring back" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("That version is back. The public link shows it.")).toBeVisible();
  await expect(versions.getByRole("button", { name: "Replace file…" })).toBeFocused();
  await expect(versions.getByRole("listitem")).toHaveCount(3);
  expect(await library.asset(asset.id)).toMatchObject({ version: 3, sha256: asset.sha256, url });
});

test("a file of another kind is refused and told, and nothing changes", async ({ anna, files, library, page, watch }) => {
  watch.expects(/415/);
  const asset = await library.givenFile("cat.jpg", media("chelsea.jpg"));
  await anna.opens(`/?asset=${asset.id}`);
  const versions = anna.details.getByRole("region", { name: "Versions" });

  const choosing = page.waitForEvent("filechooser");
  await versions.getByRole("button", { name: "Replace file…" }).click();
  await (await choosing).setFiles(files.sample("note.txt"));

  await expect(page.getByText("This is a file of another kind. Choose one of the same kind.")).toBeVisible();
  await expect(versions.getByRole("button", { name: "Replace file…" })).toBeVisible();
  expect((await library.asset(asset.id)).version).toBe(1);
});

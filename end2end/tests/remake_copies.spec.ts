// A copy knows what it was made of, and is made again once that was replaced.
import { expectAccessible } from "../support/a11y.ts";
import type { Account } from "../support/account.mjs";
import { noise } from "../support/bytes.mjs";
import { CropEditor } from "../support/crop.ts";
import { expect, test } from "../support/test.ts";

/** A copy made for a place, over REST. */
async function fitted(account: Account, id: string, place = "push-android-expanded") {
  return (await account.ask("POST", `/assets/${id}/placements/${place}`, {})).asset;
}

test("an outdated copy is made again by a key, and keeps its address", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", noise(1400, 900));
  const copy = await fitted(account, original.id);
  await account.ask("POST", `/assets/${copy.id}/share`);
  const { url } = await library.asset(copy.id);

  await anna.opens(`/?asset=${copy.id}`);
  const origin = anna.details.getByRole("region", { name: "Made of" });
  await expect(origin).toContainText("Made for Push notification, Android, expanded,");
  await expect(origin.getByRole("button")).toHaveCount(0);
  await expect(anna.details.getByRole("region", { name: "Copies made of it" })).toHaveCount(0);

  // The original is replaced by a part of it.
  await origin.getByRole("link", { name: "noise.png" }).click();
  await expect(page).toHaveURL(new RegExp(`asset=${original.id}`));
  const copies = anna.details.getByRole("region", { name: "Copies made of it" });
  await expect(copies.getByRole("listitem")).toHaveCount(1);
  await expect(copies).not.toContainText("Outdated");
  await anna.details.getByRole("button", { name: "Crop" }).click();
  const crop = new CropEditor(page);
  await crop.isThere();
  await crop.number("Width").fill("700");
  await crop.number("Width").press("Tab");
  await crop.button("Apply").click();
  await expect(crop.dialog).toBeHidden();
  await expect(copies).toContainText("Outdated: this file was replaced since.");
  await expectAccessible(page);

  await copies.getByRole("link", { name: copy.name }).click();
  await expect(origin).toContainText("The original was replaced since.");
  await expectAccessible(page);
  await origin.getByRole("button", { name: "Make again" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Made again", { exact: true })).toBeVisible();
  await expect(origin.getByRole("link", { name: "noise.png" })).toBeFocused();
  await expect(origin.getByRole("button")).toHaveCount(0);
  await expect(origin).not.toContainText("replaced");

  const made = await account.ask("GET", `/assets/${copy.id}`);
  expect(made).toMatchObject({ version: 2, url, name: copy.name });
  expect(made.derived_from).toMatchObject({ asset_id: original.id, version: 2, is_outdated: false });
  expect(made.sha256).not.toBe(copy.sha256);
});

test("a copy that cannot be made again says why, and stays", async ({ account, anna, library, page, watch }) => {
  watch.expects(/422/);
  const original = await library.givenFile("noise.png", noise(1400, 900));
  const copy = await fitted(account, original.id);
  const edit = { region: { x: 0, y: 0, width: 40, height: 40 } };
  await account.ask("POST", `/assets/${original.id}/crop`, { edit, as: "version" });

  await anna.opens(`/?asset=${copy.id}`);
  const origin = anna.details.getByRole("region", { name: "Made of" });
  await origin.getByRole("button", { name: "Make again" }).click();
  await expect(page.getByText("This picture cannot be made to fit there.")).toBeVisible();
  await expect(origin.getByRole("button", { name: "Make again" })).toBeVisible();
  expect((await library.asset(copy.id)).sha256).toBe(copy.sha256);
});

test("where a copy is used is said before it is made again", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", noise(1400, 900));
  const copy = await fitted(account, original.id);
  await library.givenUsage(copy, "Welcome mail");
  const edit = { region: { x: 0, y: 0, width: 700, height: 900 } };
  await account.ask("POST", `/assets/${original.id}/crop`, { edit, as: "version" });

  await anna.opens(`/?asset=${copy.id}`);
  const origin = anna.details.getByRole("region", { name: "Made of" });
  const again = origin.getByRole("button", { name: "Make again" });
  await again.press("Enter");
  await expect(anna.ask).toContainText("Used in 1 place: “Welcome mail”. It changes there, too.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(anna.ask).toHaveCount(0);
  await expect(again).toBeFocused();
  expect((await library.asset(copy.id)).sha256).toBe(copy.sha256);

  await again.press("Enter");
  await anna.ask.getByRole("button", { name: "Make again" }).press("Enter");
  await expect(page.getByText("Made again", { exact: true })).toBeVisible();
  await expect(origin.getByRole("link", { name: "noise.png" })).toBeFocused();
  expect((await library.asset(copy.id)).sha256).not.toBe(copy.sha256);
});

test("copies show up as they are made, and a crop is called one", async ({ account, anna, library }) => {
  const original = await library.givenFile("noise.png", noise(1400, 900));
  const edit = { region: { x: 0, y: 0, width: 40, height: 40 } };
  await account.ask("POST", `/assets/${original.id}/crop`, { edit, as: "copy" });
  await anna.opens(`/?asset=${original.id}`);
  const copies = anna.details.getByRole("region", { name: "Copies made of it" });
  await expect(copies.getByRole("listitem")).toHaveText(/noise 40x40.*Cropped, /);

  const push = anna.details.getByRole("group").filter({ hasText: "Push notification" });
  await push.locator("summary").click();
  await push.getByRole("button", { name: "Make it fit: Android, expanded" }).click();
  await expect(copies.getByRole("listitem")).toHaveCount(2);
  await expect(copies.getByRole("listitem").first()).toContainText("Made for Push notification, Android, expanded");
});

test.describe("in Portuguese", () => {
  test.use({ locale: "pt-BR" });

  test("what a copy was made of is told in the reader's language", async ({ account, anna, library, page }) => {
    const original = await library.givenFile("noise.png", noise(1400, 900));
    const copy = await fitted(account, original.id);
    const edit = { region: { x: 0, y: 0, width: 700, height: 900 } };
    await account.ask("POST", `/assets/${original.id}/crop`, { edit, as: "version" });
    await anna.opens(`/?asset=${copy.id}`);
    const origin = page.getByRole("region", { name: "Feita de" });
    await expect(origin).toContainText("Feita para Notificação push, ");
    await expect(origin.getByRole("button", { name: "Fazer de novo" })).toBeVisible();
  });
});

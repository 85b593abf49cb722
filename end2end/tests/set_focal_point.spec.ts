// What must stay in sight is marked by hand, remembered, and kept in sight where a picture is cut.
import { bars } from "../support/bytes.mjs";
import { box, CropEditor } from "../support/crop.ts";
import { expect, test } from "../support/test.ts";

const PICTURE = { width: 1200, height: 400 };

test("a focal point stays where a hand put it, and what is made to fit is cut around it", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", bars(PICTURE.width, PICTURE.height));
  const crop = new CropEditor(page);
  const point = crop.handle("Focal point");
  await anna.opens(`/?asset=${original.id}`);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await crop.button("Focal point").click();
  const scale = await crop.scale(PICTURE.width);
  await crop.drags(point, 120 * scale, -100 * scale);
  // By keys it goes on a two-hundredth at a time.
  await point.focus();
  for (let steps = 0; steps < 4; steps++) await page.keyboard.press("ArrowRight");
  const put = await box(point);
  await crop.button("Apply").click();
  await expect(crop.dialog).toBeHidden();

  // 600 + 120 + 4 × 6 pixels of 1200, and 200 - 100 of 400.
  const { focal_point: kept, version } = await account.ask("GET", `/assets/${original.id}`);
  expect(Math.abs(kept.x - 620)).toBeLessThanOrEqual(2);
  expect(Math.abs(kept.y - 250)).toBeLessThanOrEqual(4);
  expect(version, "the picture itself is as it was").toBe(1);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await expect(crop.button("Remove focal point")).toHaveAttribute("aria-pressed", "true");
  const found = await box(point);
  expect(Math.hypot(found.x - put.x, found.y - put.y), "pixels of the screen it moved").toBeLessThan(1.5);
  await page.keyboard.press("Escape");
  await expect(crop.dialog).toBeHidden();

  // Told at once, without another look at the page.
  const push = anna.details.getByRole("region", { name: "Where it fits" }).getByRole("group").filter({ hasText: "Push notification" });
  await push.locator("summary").click();
  const row = push.getByRole("listitem").filter({ hasText: /^Android, expanded/ });
  await expect(row).toContainText("A copy made to fit is cut around the focal point.");
  await row.getByRole("button", { name: "Make it fit" }).click();
  await expect(row).toContainText(/Cut to 800 × 400 px around the focal point\./);
  const [copy] = (await account.ask("GET", `/assets/${original.id}/copies`)).items;
  const { region } = copy.derived_from.edit;
  expect(region).toMatchObject({ y: 0, width: 800, height: 400 });
  expect(Math.abs(region.x + 400 - 744), "how far the middle of what stays is from the point").toBeLessThanOrEqual(3);
});

test("a focal point is taken away again, by keys", async ({ account, anna, library, page }) => {
  const original = await library.givenFile("noise.png", bars(PICTURE.width, PICTURE.height));
  await account.ask("PATCH", `/assets/${original.id}`, { focal_point: { x: 900, y: 100 } });
  const crop = new CropEditor(page);
  await anna.opens("/");
  await anna.tile("noise.png").focus();
  await page.keyboard.press("c");
  await crop.isThere();
  await crop.tabsTo(crop.button("Remove focal point"));
  await page.keyboard.press("Enter");
  await expect(crop.handle("Focal point")).toHaveAttribute("aria-pressed", "false");
  await crop.tabsTo(crop.button("Apply"));
  await page.keyboard.press("Enter");

  await expect(crop.dialog).toBeHidden();
  await expect.poll(async () => (await account.ask("GET", `/assets/${original.id}`)).focal_point ?? null).toBeNull();
});

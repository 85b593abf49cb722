// Panels that are drawn wider, narrower and shut, by mouse and by keyboard, and stay so.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("the tree is drawn wider by mouse, and a reload opens with it, without a jump", async ({ anna, library, page }) => {
  await library.givenPhotos(1);
  await anna.opens("/");
  await anna.takesTheMouse();
  const before = (await anna.tree.boundingBox())!.width;
  const edge = (await page.getByRole("separator", { name: "Width of the folders" }).boundingBox())!;
  await page.mouse.move(edge.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(edge.x + 84, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await anna.tree.boundingBox())!.width).toBe(before + 80);

  await countJumps(page);
  await anna.reloads();
  expect((await anna.tree.boundingBox())!.width).toBe(before + 80);
  expect(await page.evaluate("jumps")).toBeLessThan(0.01);
});

test("the tree is drawn, shut and opened by keyboard", async ({ anna, page }) => {
  await anna.opens("/");
  await page.keyboard.press("Tab");
  const edge = page.getByRole("separator", { name: "Width of the folders" });
  await edge.focus();
  const before = (await anna.tree.boundingBox())!.width;
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await anna.tree.boundingBox())!.width).toBe(before + 32);
  await page.keyboard.press("Enter");
  await expect(anna.tree).toBeHidden();
  await expectAccessible(page);

  await anna.reloads();
  await expect(anna.tree).toBeHidden();
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Show the folders" }).click();
  await expect.poll(async () => (await anna.tree.boundingBox())?.width).toBe(before + 32);
});

test("while the tree is shut its button brings it over the grid", async ({ anna, library, page }) => {
  await library.givenFolder("Summer");
  await anna.opens("/");
  await anna.takesTheMouse();
  await page.getByRole("button", { name: "Hide the folders" }).click();
  await expect(anna.tree).toBeHidden();
  await page.getByRole("button", { name: "Folders and storage" }).click();
  await anna.folder("Summer").click();

  await expect(page.getByRole("heading", { name: "Summer" })).toBeVisible();
  await expect(anna.tree).toBeHidden();
});

test("the details are drawn wider by mouse and by keyboard", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  await anna.takesTheMouse();
  const edge = page.getByRole("separator", { name: "Width of the details" });
  const before = (await anna.details.boundingBox())!.width;
  const at = (await edge.boundingBox())!;
  await page.mouse.move(at.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(at.x - 36, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await anna.details.boundingBox())!.width).toBe(before + 40);
  await edge.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await anna.details.boundingBox())!.width).toBe(before + 56);
  await expectAccessible(page);
});

/** Counts from the next load on what moved without a hand. */
async function countJumps(page: Page) {
  await page.addInitScript(() => {
    const counted = globalThis as unknown as { jumps: number };
    counted.jumps = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) counted.jumps += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

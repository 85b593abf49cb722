// What a colleague does appears without a reload, and nothing jumps.
import { expect, test } from "../support/test.ts";

test("what a colleague adds and takes away appears by itself", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  await anna.opens("/");
  await expect(anna.tiles).toHaveCount(1);
  const meter = page.getByRole("link", { name: /used/ });
  const before = await meter.textContent();
  const live = page.waitForResponse((response) => response.url().endsWith("/api/v1/events"));
  await anna.reloads();
  await live;

  const rocket = await library.given("rocket.jpg");
  await expect(anna.tile("rocket")).toBeVisible();
  await expect(meter).not.toHaveText(before ?? "");

  await library.trash(rocket);
  await expect(anna.tile("rocket")).toHaveCount(0);
});

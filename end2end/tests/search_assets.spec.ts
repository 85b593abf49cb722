// Words find pictures, as they are typed.
import { expect, test } from "../support/test.ts";

test.beforeEach(async ({ library }) => {
  await library.given("coffee.jpg", { altText: "A cup on a wooden table" });
  await library.given("chelsea.jpg", { as: "Gato é rei.jpg" });
  await library.given("rocket.jpg");
});

test("names and alt text are searched as one types", async ({ anna, page }) => {
  await anna.opens("/");
  const search = anna.search;
  await search.fill("wooden");
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("coffee.jpg")).toBeVisible();

  await search.fill("ROCK");
  await expect(anna.tile("rocket.jpg")).toBeVisible();
  await expect(anna.tiles).toHaveCount(1);

  await search.fill("gato");
  await expect(anna.tile("Gato é rei.jpg")).toBeVisible();
  await search.fill("");
  await expect(anna.tiles).toHaveCount(3);
});

test("words that find nothing say so, and lead back to all files", async ({ anna, page }) => {
  await anna.opens("/");
  await anna.search.fill("zebra");
  await expect(page.getByRole("heading", { name: "Nothing found for “zebra”" })).toBeVisible();

  await page.getByRole("link", { name: "Show all files" }).click();
  await expect(anna.tiles).toHaveCount(3);
  await expect(anna.search).toHaveValue("");
});

test("typing leaves one step to go back", async ({ anna, page }) => {
  await anna.opens("/?kind=image");
  await anna.search.pressSequentially("rocket");
  await expect(anna.tiles).toHaveCount(1);
  await anna.tile("rocket.jpg").click();
  await expect(anna.details).toBeVisible();
  await page.goBack();
  await expect(anna.details).toBeHidden();
  await expect(anna.search).toHaveValue("rocket");
});

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

test("all files asked for while typing still settles are shown", async ({ anna, page }) => {
  await anna.opens("/");
  // Both within one turn of the page: sooner than the next search would be asked for.
  await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>("#search")!;
    field.value = "zebra";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((resolve) => {
      const seen = () => (location.search.includes("q=zebra") ? resolve(undefined) : requestAnimationFrame(seen));
      seen();
    });
    document.querySelector<HTMLAnchorElement>(".tree a[href='/']")!.click();
  });
  await expect(anna.tiles).toHaveCount(3);
  await expect(anna.search).toHaveValue("");
  // Nothing that was typed before comes back later.
  await anna.search.fill("rocket");
  await expect(anna.tiles).toHaveCount(1);
  await expect(page).toHaveURL(/q=rocket/);
});

test("typing leaves one step to go back", async ({ anna, page }) => {
  await anna.opens("/?kind=image");
  await anna.search.pressSequentially("rocket");
  await expect(page).toHaveURL(/q=rocket/);
  await expect(anna.tiles).toHaveCount(1);
  await anna.tile("rocket.jpg").click();
  await expect(anna.details).toBeVisible();
  await page.goBack();
  await expect(anna.details).toBeHidden();
  await expect(anna.search).toHaveValue("rocket");
});

test("the place where a word was found is shown", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Lighthouses");
  await library.given("astronaut.jpg", { tags: ["Seaside"] });
  await library.given("hubble.jpg", { folder });
  await anna.opens("/?q=seasi");
  await expect(anna.tile("astronaut.jpg")).toContainText("Tag Seaside");
  await expect(anna.tile("astronaut.jpg").locator("mark")).toHaveText("Seaside");
  await anna.search.fill("lighthouse");
  await expect(anna.tile("hubble.jpg")).toContainText("Folder Lighthouses");

  await anna.tile("hubble.jpg").click();
  await expect(anna.details.getByRole("heading", { name: "Found in" })).toBeVisible();
  await expect(anna.details.locator(".found-in mark")).toHaveText("Lighthouses");
});

test("a slip of the pen still finds, and says what was looked for", async ({ anna, page }) => {
  await anna.opens("/");
  await anna.search.fill("rokcet");
  await expect(page.getByText("Nothing has “rokcet”. Showing “rocket” instead.")).toBeVisible();
  await expect(anna.tile("rocket.jpg")).toBeVisible();

  await anna.search.fill("rocket");
  await expect(page.getByText("Showing “rocket” instead.")).toBeHidden();
  await expect(anna.tiles).toHaveCount(1);
});

test("all that a forgiven slip found are chosen, and changed", async ({ anna, library, page }) => {
  await library.given("coffee.jpg", { as: "second rocket.jpg" });
  await anna.opens("/");
  await anna.search.fill("rokcet");
  await expect(page.getByText("Showing “rocket” instead.")).toBeVisible();
  await expect(anna.tiles).toHaveCount(2);
  await anna.tiles.first().click({ modifiers: ["ControlOrMeta"] });
  await anna.bar.getByRole("button", { name: "Select all 2" }).click();
  await anna.bar.getByRole("button", { name: "Archive it" }).click();

  await expect(page.getByText("2 files archived")).toBeVisible();
  await expect.poll(async () => (await library.assets("&state=archived")).length).toBe(2);
});

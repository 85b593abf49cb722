// The whole library without a mouse: keys move, choose, look, find and put away.
import { expect, test } from "../support/test.ts";

test.beforeEach(async ({ anna, library }) => {
  // The newest comes first: 5, 4, 3, 2, 1.
  await library.givenPhotos(5);
  await anna.opens("/");
  await anna.tile("photo-05.jpg").focus();
});

test("arrows move, Home and End jump", async ({ anna, page }) => {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(anna.tile("photo-03.jpg")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(anna.tile("photo-04.jpg")).toBeFocused();
  await page.keyboard.press("End");
  await expect(anna.tile("photo-01.jpg")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(anna.tile("photo-05.jpg")).toBeFocused();
});

test("Space fills the screen, arrows go on, Escape comes back to the same picture", async ({ anna, page }) => {
  await page.keyboard.press("Space");
  await expect(anna.preview.getByRole("img", { name: "photo-05.jpg" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(anna.preview.getByRole("img", { name: "photo-04.jpg" })).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(anna.preview.getByRole("img", { name: "photo-03.jpg" })).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(anna.preview).toBeHidden();
  await expect(anna.tile("photo-03.jpg")).toBeFocused();
});

test("Enter opens the details, Escape closes them", async ({ anna, page }) => {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(anna.details.getByLabel("Name")).toHaveValue("photo-04.jpg");
  await expect(page).toHaveURL(/asset=ast_/);

  await page.keyboard.press("Escape");
  await expect(anna.details).toBeHidden();
  await expect(page).not.toHaveURL(/asset=/);
  await expect(anna.tile("photo-04.jpg")).toBeFocused();
});

test("a slash goes to the search, Escape leaves it", async ({ anna, page }) => {
  await page.keyboard.press("/");
  await expect(anna.search).toBeFocused();
  await page.keyboard.type("03");

  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("photo-03.jpg")).toBeVisible();
});

test("Control and Shift choose, Delete puts away, Undo brings back", async ({ anna, page, library }) => {
  await page.keyboard.press("Control+Space");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(anna.grid.getByRole("option", { selected: true })).toHaveCount(3);
  await expect(page.getByText("3 selected")).toBeVisible();

  await page.keyboard.press("Delete");
  await expect(anna.tiles).toHaveCount(2);
  await expect(page.getByText("3 files moved to trash")).toBeVisible();
  await expect.poll(async () => (await library.assets()).length).toBe(2);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(anna.tiles).toHaveCount(5);
  await expect.poll(async () => (await library.assets()).length).toBe(5);
});

test("Control and click choose one by one, Escape lets go", async ({ anna, page }) => {
  await anna.tile("photo-05.jpg").click({ modifiers: ["ControlOrMeta"] });
  await anna.tile("photo-02.jpg").click({ modifiers: ["ControlOrMeta"] });
  await expect(anna.grid.getByRole("option", { selected: true })).toHaveCount(2);

  await page.keyboard.press("Control+a");
  await expect(anna.grid.getByRole("option", { selected: true })).toHaveCount(5);
  await page.keyboard.press("Escape");
  await expect(anna.grid.getByRole("option", { selected: true })).toHaveCount(0);
});

test("the Tab key meets the grid once, however many pictures it has", async ({ anna, page }) => {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await expect(anna.grid.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(anna.tile("photo-04.jpg")).toBeFocused();
});

// Files go into folders by drag, by menu and by keyboard.
import { expect, test } from "../support/test.ts";

test("a picture is dragged onto a folder, and Undo brings it back", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  const [asset] = await library.givenPhotos(1);
  await anna.opens("/");
  await anna.takesTheMouse();
  await anna.tile("photo-01.jpg").dragTo(anna.folder("Summer"));

  await expect(page.getByText("1 file moved to Summer")).toBeVisible();
  await expect.poll(async () => (await library.asset(asset!.id)).folder_id).toBe(folder.id);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await library.asset(asset!.id)).folder_id).toBeNull();
});

test("the chosen pictures go along when one of them is dragged", async ({ anna, library }) => {
  const folder = await library.givenFolder("Summer");
  await library.givenPhotos(3);
  await anna.opens("/");
  await anna.takesTheMouse();
  for (const name of ["photo-01.jpg", "photo-03.jpg"]) {
    await anna.tile(name).click({ modifiers: ["ControlOrMeta"] });
  }
  await anna.tile("photo-03.jpg").dragTo(anna.folder("Summer"));

  await expect.poll(async () => (await library.folder(folder.id)).total_count).toBe(2);
});

test("M asks where to, and Enter takes the first; so does the menu", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  const [asset] = await library.givenPhotos(1);
  await anna.opens("/");
  await anna.tile("photo-01.jpg").focus();
  await page.keyboard.press("m");
  await anna.ask.getByRole("searchbox").fill("summer");
  await expect(anna.ask.getByRole("button", { name: "Summer" })).toBeVisible();
  await page.keyboard.press("Enter");

  await expect.poll(async () => (await library.asset(asset!.id)).folder_id).toBe(folder.id);
  await anna.tile("photo-01.jpg").click({ button: "right" });
  await anna.chooses("Move…");
  await anna.ask.getByRole("button", { name: "Out of all folders" }).click();
  await expect.poll(async () => (await library.asset(asset!.id)).folder_id).toBeNull();
});

test("the menu of a picture opens by mouse and by keyboard", async ({ anna, library, page }) => {
  await library.givenPhotos(2);
  await anna.opens("/");
  await anna.tile("photo-02.jpg").click({ button: "right" });
  await expect(anna.menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(anna.menu).toBeHidden();

  await anna.tile("photo-01.jpg").focus();
  await page.keyboard.press("Shift+F10");
  await expect(anna.menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(anna.menu.getByRole("menuitem").nth(1)).toBeFocused();
  await anna.chooses("Move to trash");
  await expect(anna.tile("photo-01.jpg")).toBeHidden();
});

test("a box drawn with the mouse chooses what it touches", async ({ anna, library, page }) => {
  await library.givenPhotos(3);
  await anna.opens("/");
  await anna.takesTheMouse();
  const first = (await anna.tiles.first().boundingBox())!;
  const last = (await anna.tiles.last().boundingBox())!;
  await page.mouse.move(last.x + last.width + 4, last.y + last.height + 40);
  await page.mouse.down();
  await page.mouse.move(first.x + 20, first.y + 20, { steps: 4 });
  await page.mouse.up();

  await expect(anna.bar).toContainText("3 selected");
});

test("a range is chosen by mouse, and goes along", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  await library.givenPhotos(5);
  await anna.opens("/");
  await anna.tile("photo-05.jpg").click({ modifiers: ["ControlOrMeta"] });
  await anna.tile("photo-03.jpg").click({ modifiers: ["Shift"] });
  await expect(anna.bar).toContainText("3 selected");
  await anna.bar.getByRole("button", { name: "Move to folder" }).click();
  await anna.ask.getByRole("button", { name: "Summer" }).click();

  await expect(page.getByText("3 files moved to Summer")).toBeVisible();
  expect((await library.folder(folder.id)).total_count).toBe(3);
});

test("all that match are moved, and Undo puts each back where it lay", async ({ anna, library, page }) => {
  const summer = await library.givenFolder("Summer");
  const [photo] = await library.givenPhotos(1, summer);
  const coffee = await library.given("coffee.jpg");
  const winter = await library.givenFolder("Winter");
  await anna.opens("/");
  await anna.tile("photo-01.jpg").click({ modifiers: ["ControlOrMeta"] });
  await anna.bar.getByRole("button", { name: "Select all 2" }).press("Enter");
  await expect(anna.bar).toContainText("All 2 selected");
  await anna.tile("coffee.jpg").focus();
  await page.keyboard.press("m");
  await anna.ask.getByRole("button", { name: "Winter" }).click();
  await expect(page.getByText("2 files moved to Winter")).toBeVisible();
  expect((await library.folder(winter.id)).total_count).toBe(2);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await library.asset(photo!.id)).folder_id).toBe(summer.id);
  await expect.poll(async () => (await library.asset(coffee.id)).folder_id).toBeNull();
});

test("details lead to any other folder", async ({ anna, library }) => {
  const trips = await library.givenFolder("Trips");
  const deep = await library.givenFolder("Deep inside", trips);
  const asset = await library.given("coffee.jpg", { folder: deep });
  await anna.opens(`/?asset=${asset.id}`);
  const field = anna.details.getByLabel("Folder", { exact: true });
  await expect(field).toHaveValue(deep.id);
  await field.selectOption("Another folder…");
  await anna.ask.getByRole("button", { name: "Trips" }).click();

  await expect.poll(async () => (await library.asset(asset.id)).folder_id).toBe(trips.id);
});

test("a question that comes right after another one stays", async ({ anna, library, page }) => {
  await library.givenFolder("Summer");
  await library.givenPhotos(1);
  await anna.opens("/");
  await anna.tile("photo-01.jpg").focus();
  await page.keyboard.press("t");
  await expect(anna.ask).toBeVisible();
  // The next key comes before the browser tells that the question was closed.
  await page.evaluate(async () => {
    const ask = document.querySelector<HTMLDialogElement>("dialog.ask[open]");
    const closed = new Promise((resolve) => ask?.addEventListener("close", () => setTimeout(resolve), { once: true }));
    ask?.close();
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "m", bubbles: true }));
    await closed;
  });
  await expect(anna.ask.getByRole("searchbox")).toBeVisible();
});

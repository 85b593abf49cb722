// Name, alt text and tags: written where they are read, saved by themselves.
import { expect, test } from "../support/test.ts";

test("a new name is saved with Enter", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  const saves: string[] = [];
  page.on("request", (request) => request.url().includes("/rpc/rename_asset") && saves.push(request.url()));
  await anna.details.getByLabel("Name").fill("Morning cup.jpg");
  await page.keyboard.press("Enter");

  await expect(anna.tile("Morning cup.jpg")).toBeVisible();
  // Enter, and leaving the field that follows it, are one change.
  expect(saves).toHaveLength(1);
  await expect(page.getByText("Renamed")).toBeVisible();
  await expect.poll(async () => (await library.asset(asset.id)).name).toBe("Morning cup.jpg");
  await anna.reloads();
  await expect(anna.details.getByLabel("Name")).toHaveValue("Morning cup.jpg");
});

test("what is written while a change is on its way is saved after it", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  const alt = anna.details.getByLabel("Alt text");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/rpc/describe_asset*", async (route) => {
    await held;
    await route.continue();
  });
  const first = page.waitForRequest("**/rpc/describe_asset*");
  await alt.fill("A cup");
  await anna.details.getByLabel("Tags").focus();
  await first;
  await alt.fill("A cup of coffee");
  await anna.details.getByLabel("Tags").focus();
  release();

  await expect.poll(async () => (await library.asset(asset.id)).alt_text).toBe("A cup of coffee");
  await expect(alt).toHaveValue("A cup of coffee");
});

test("the second of two people who rename a file is told", async ({ anna, library, page, watch }) => {
  watch.expects(/status of 409/);
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  const name = anna.details.getByLabel("Name");
  await name.fill("Morning cup.jpg");
  await library.renames(asset.id, "Tea.jpg");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Somebody else changed this just now")).toBeVisible();
  await expect(anna.tile("Tea.jpg")).toBeVisible();
  await expect(name).toHaveValue("Tea.jpg");
  await name.fill("Cup of tea.jpg");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await library.asset(asset.id)).name).toBe("Cup of tea.jpg");
});

test("F2 renames, and Escape leaves the name as it was", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens("/");
  await anna.tile("coffee.jpg").focus();
  await page.keyboard.press("F2");
  await expect(anna.details.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("tea");
  await expect(anna.details.getByLabel("Name")).toHaveValue("tea.jpg");
  await page.keyboard.press("Escape");

  await expect(anna.details.getByLabel("Name")).toHaveValue("coffee.jpg");
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  expect((await library.asset(asset.id)).name).toBe("coffee.jpg");
});

test("alt text is saved and read by screen readers", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  await anna.details.getByLabel("Alt text").fill("A cup of coffee on a wooden table");
  await anna.details.getByLabel("Tags").focus();

  await expect(page.getByText("Alt text saved")).toBeVisible();
  expect((await library.asset(asset.id)).alt_text).toBe("A cup of coffee on a wooden table");
  await expect(anna.grid.getByRole("option", { name: "A cup of coffee on a wooden table" })).toBeVisible();
  await anna.reloads();
  await expect(anna.details.getByLabel("Alt text")).toHaveValue("A cup of coffee on a wooden table");
});

test("tags are saved and found", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await anna.opens(`/?asset=${asset.id}`);
  await anna.details.getByLabel("Tags").fill("breakfast, wood");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Tags saved")).toBeVisible();

  await anna.search.fill("breakfast");
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("coffee.jpg")).toBeVisible();
});

test("an asset moves to another folder", async ({ anna, library, page }) => {
  const asset = await library.given("coffee.jpg");
  const folder = await library.givenFolder("Summer");
  await anna.opens(`/?asset=${asset.id}`);
  await anna.details.getByLabel("Folder").selectOption(folder.id);

  await expect(page.getByText("1 file moved to Summer")).toBeVisible();
  expect((await library.asset(asset.id)).folder_id).toBe(folder.id);
});

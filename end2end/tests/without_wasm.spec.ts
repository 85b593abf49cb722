// Before the client is there, and without it: pages render, links lead on, forms work.
import { expect, test } from "../support/test.ts";

test.use({ javaScriptEnabled: false });

test("pictures render, and their details open", async ({ anna, library, page, site }) => {
  await library.given("coffee.jpg", { altText: "A cup of coffee" });
  await library.given("letter.pdf");
  await page.goto(site);

  await expect(anna.tiles).toHaveCount(2);
  const picture = anna.grid.getByRole("img", { name: "A cup of coffee" });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAttribute("src", /^\/api\/v1\/assets\/.+\/renditions\/thumb/);

  await anna.tile("coffee.jpg").click();
  await expect(anna.details.getByLabel("Name")).toHaveValue("coffee.jpg");
  await expect(anna.details).toContainText("600 × 400");
  await anna.details.getByRole("link", { name: "Close" }).click();
  await expect(anna.details).toBeHidden();
});

test("the search form searches", async ({ anna, library, page, site }) => {
  await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await page.goto(site);
  await anna.search.fill("rock");
  await page.getByRole("button", { name: "Search" }).click();

  await expect(page).toHaveURL(/q=rock/);
  await expect(anna.tiles).toHaveCount(1);
  await expect(anna.tile("rocket.jpg")).toBeVisible();

  await page.getByLabel("Kind").selectOption("Videos");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { name: "Nothing found for “rock”" })).toBeVisible();
});

test("a single file is uploaded with a form, into the folder on show", async ({ anna, files, library, page, site }) => {
  const folder = await library.givenFolder("Summer");
  await page.goto(`${site}/folders/${folder.id}`);
  await page.getByRole("main").getByText("Upload", { exact: true }).first().click();
  await page.locator("input[type=file]").first().setInputFiles(files.sample("coffee.jpg"));
  await page.getByRole("button", { name: "Upload" }).click();

  await expect(page).toHaveURL(new RegExp(`/folders/${folder.id}`));
  await expect(anna.tile("coffee.jpg")).toBeVisible();
  expect((await library.assets())[0]?.folder_id).toBe(folder.id);
});

test("a refused file says why", async ({ anna: _, files, library, page, site }) => {
  await page.goto(site);
  await page.getByRole("main").getByText("Upload", { exact: true }).first().click();
  const lying = files.write("holiday.png", Buffer.from("Dear diary, this is no picture at all.\n"));
  await page.locator("input[type=file]").first().setInputFiles(lying);
  await page.getByRole("button", { name: "Upload" }).click();

  await expect(page.getByRole("alert")).toBeVisible();
  expect(await library.assets()).toEqual([]);
});

test("folders lead on, and so do pages of many files", async ({ anna, library, page, site }) => {
  test.slow();
  await library.givenFolder("Summer");
  await library.givenPhotos(60);
  await page.goto(site);
  await page.getByRole("link", { name: "Next page" }).click();

  await expect(anna.tile("photo-01.jpg")).toBeVisible();
  await anna.tree.getByRole("link", { name: /^Summer/ }).click();
  await expect(page.getByRole("heading", { name: "Nothing in this folder yet" })).toBeVisible();
});

test("a name, alt text and the trash are forms as well", async ({ anna, library, page, site }) => {
  const asset = await library.given("coffee.jpg");
  await page.goto(`${site}/?asset=${asset.id}`);
  await anna.details.getByLabel("Name").fill("tea.jpg");
  await anna.details.getByRole("button", { name: "Save" }).first().click();
  await expect.poll(async () => (await library.asset(asset.id)).name).toBe("tea.jpg");

  await page.goto(`${site}/?asset=${asset.id}`);
  await anna.details.getByRole("button", { name: "Move to trash" }).click();
  await expect.poll(async () => (await library.asset(asset.id)).state).toBe("trashed");
});

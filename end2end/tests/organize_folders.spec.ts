// A tree that nests, by mouse and by keyboard.
import type { Route } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("folders open and close, and say what lies in them and below", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Summer", trips);
  await library.given("coffee.jpg", { folder: summer });
  await anna.opens("/");

  await expect(anna.folder("Trips")).toContainText("1");
  await expect(anna.folder("Summer")).toBeHidden();
  await anna.tree.getByRole("button", { name: "Show folders in Trips" }).click();
  await expect(anna.folder("Summer")).toBeVisible();
  await anna.tree.getByRole("button", { name: "Hide folders in Trips" }).click();
  await expect(anna.folder("Summer")).toBeHidden();

  await anna.folder("Trips").focus();
  await page.keyboard.press("ArrowRight");
  await expect(anna.folder("Summer")).toBeVisible();
});

test("a folder opened while the tree is brought up to date stays open", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  await library.givenFolder("Summer", trips);
  await anna.opens("/");
  const held: Route[] = [];
  await page.route("**/rpc/list_levels", (route) => void held.push(route), { times: 1 });
  await library.given("coffee.jpg");
  await expect.poll(() => held.length).toBe(1);

  await anna.tree.getByRole("button", { name: "Show folders in Trips" }).click();
  await expect(anna.tree.getByRole("button", { name: "Hide folders in Trips" })).toBeVisible();
  for (const route of held) await route.continue();
  await expect(anna.folder("Summer")).toBeVisible();
});

test("a folder is renamed in its place, by menu and by key", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Sumer");
  await anna.opens("/");
  await anna.folder("Sumer").click({ button: "right" });
  await expectAccessible(page);
  await anna.chooses("Rename");
  await anna.tree.getByLabel("Folder name", { exact: true }).last().fill("Summer");
  await page.keyboard.press("Enter");
  await expect(anna.folder("Summer")).toBeVisible();

  await anna.folder("Summer").focus();
  await page.keyboard.press("F2");
  await anna.tree.locator(".rename input").fill("Winter");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Folder renamed to Winter")).toBeVisible();
  expect((await library.folder(folder.id)).name).toBe("Winter");
});

test("the second of two people who rename a folder is told", async ({ anna, library, page, watch }) => {
  watch.expects(/status of 409/);
  const folder = await library.givenFolder("Sumer");
  await anna.opens("/");
  await anna.folder("Sumer").focus();
  await page.keyboard.press("F2");
  await expect(anna.tree.locator(".rename input")).toBeFocused();
  await library.renameFolder(folder, "Autumn");
  await anna.tree.locator(".rename input").fill("Summer");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Somebody else changed this just now")).toBeVisible();
  await expect(anna.folder("Autumn")).toBeVisible();
});

test("a folder is dragged into another, and Undo brings it back", async ({ anna, library, page }) => {
  const summer = await library.givenFolder("Summer");
  const trips = await library.givenFolder("Trips");
  await anna.opens("/");
  await anna.takesTheMouse();
  await anna.folder("Summer").dragTo(anna.folder("Trips"));

  await expect(page.getByText("Summer moved to Trips")).toBeVisible();
  await expect.poll(async () => (await library.folder(summer.id)).parent_id).toBe(trips.id);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await library.folder(summer.id)).parent_id).toBeNull();
});

test("a folder is moved by keyboard and by menu, with a search for where to", async ({ anna, library, page }) => {
  const summer = await library.givenFolder("Summer");
  const trips = await library.givenFolder("Trips");
  const deep = await library.givenFolder("Deep inside", trips);
  const winter = await library.givenFolder("Winter");
  await anna.opens("/");
  await anna.folder("Summer").focus();
  await page.keyboard.press("m");
  await expect(anna.ask).toBeVisible();
  await expectAccessible(page);
  await anna.ask.getByRole("searchbox", { name: "Find a folder" }).fill("deep");
  await anna.ask.getByRole("button", { name: /^Deep inside/ }).press("Enter");
  await expect.poll(async () => (await library.folder(summer.id)).parent_id).toBe(deep.id);

  await anna.folder("Trips").click({ button: "right" });
  await anna.chooses("Move…");
  await anna.ask.getByRole("searchbox", { name: "Find a folder" }).fill("winter");
  await anna.ask.getByRole("button", { name: "Winter" }).click();
  await expect.poll(async () => (await library.folder(trips.id)).parent_id).toBe(winter.id);
});

test("a folder gets a color", async ({ anna, library }) => {
  const folder = await library.givenFolder("Summer");
  await anna.opens("/");
  await anna.folder("Summer").click({ button: "right" });
  await anna.menu.getByRole("menuitemradio", { name: "Teal" }).click();

  await expect(anna.folder("Summer").locator(".tint")).toHaveClass(/teal/);
  await expect.poll(async () => (await library.folder(folder.id)).color).toBe("teal");
});

test("words find a folder wherever it lies", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Verão", trips);
  await anna.opens("/");
  const words = anna.tree.getByRole("searchbox", { name: "Find a folder" });
  await words.fill("verao");
  await anna.folder("Verão").click();
  await expect(page).toHaveURL(new RegExp(`/folders/${summer.id}`));

  await words.fill("trip");
  await expect(anna.folder("Verão")).toBeHidden();
  await words.press("Tab");
  await expect(anna.folder("Trips")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/folders/${trips.id}`));
});

test("deleting a folder says what goes with it, and Undo brings all back", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Summer", trips);
  const asset = await library.given("coffee.jpg", { folder: summer });
  await anna.opens(`/folders/${trips.id}`);
  await anna.folder("Trips").focus();
  await page.keyboard.press("Delete");
  await expect(anna.ask).toContainText("1 file goes to the trash with it");
  await expect(anna.ask).toContainText("1 folder inside goes too");
  await expectAccessible(page);
  await anna.ask.getByRole("button", { name: "Move to trash" }).click();

  await expect(anna.folder("Trips")).toBeHidden();
  await expect.poll(async () => (await library.asset(asset.id)).state).toBe("trashed");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(anna.folder("Trips")).toBeVisible();
  await expect.poll(async () => (await library.asset(asset.id)).state).toBe("active");
});

test("an agent is not offered what agents may not do", async ({ ben, library }) => {
  await library.givenFolder("Summer");
  await ben.opens("/");
  await ben.folder("Summer").click({ button: "right" });

  await expect(ben.menu.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await expect(ben.menu.getByRole("menuitem", { name: "Delete folder…" })).toBeHidden();
});

test("a folder is made in another, by mouse and by keyboard", async ({ anna, library, page }) => {
  await library.givenFolder("Trips");
  await anna.opens("/");
  await anna.folder("Trips").click({ button: "right" });
  await anna.chooses("New folder inside");
  await anna.ask.getByLabel("Folder name").fill("Summer");
  await anna.ask.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "Summer" })).toBeVisible();

  await anna.folder("Trips").focus();
  await anna.choosesByKeys("New folder inside");
  await page.keyboard.press("Escape");
  await expect(anna.folder("Trips")).toBeFocused();
  await anna.choosesByKeys("New folder inside");
  await anna.ask.getByLabel("Folder name").fill("Winter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Winter" })).toBeVisible();
  await expect(anna.folder("Summer")).toBeVisible();
});

test("a folder gets a color by keyboard", async ({ anna, library }) => {
  const folder = await library.givenFolder("Summer");
  await anna.opens("/");
  await anna.folder("Summer").focus();
  await anna.choosesByKeys("Red");

  await expect.poll(async () => (await library.folder(folder.id)).color).toBe("red");
  await expect(anna.folder("Summer")).toBeFocused();
});

test("a folder that is dragged into its own child stays, and it is said why", async ({ anna, library, page, watch }) => {
  watch.expects(/status of 4/);
  const trips = await library.givenFolder("Trips");
  await library.givenFolder("Summer", trips);
  await anna.opens("/");
  await anna.tree.getByRole("button", { name: "Show folders in Trips" }).click();
  await anna.takesTheMouse();
  await anna.folder("Trips").dragTo(anna.folder("Summer"));

  await expect(page.getByText("A folder cannot lie in itself")).toBeVisible();
  expect((await library.folder(trips.id)).parent_id).toBeNull();
});

test("a folder comes out of all folders by drag onto the heading", async ({ anna, library, page }) => {
  const trips = await library.givenFolder("Trips");
  const summer = await library.givenFolder("Summer", trips);
  await anna.opens(`/folders/${trips.id}`);
  await anna.takesTheMouse();
  await anna.folder("Summer").dragTo(anna.tree.getByRole("heading", { name: "Folders" }));

  await expect.poll(async () => (await library.folder(summer.id)).parent_id).toBeNull();
  await expect(page.getByText("Summer moved to")).toBeVisible();
});

test("a name that a neighbor has is refused in words", async ({ anna, library, page, watch }) => {
  watch.expects(/status of 4/);
  await library.givenFolder("Summer");
  await library.givenFolder("Winter");
  await anna.opens("/");
  await anna.folder("Winter").focus();
  await page.keyboard.press("F2");
  await anna.tree.locator(".rename input").fill("Summer");
  await page.keyboard.press("Enter");

  await expect(page.getByText("There is something of this name here already")).toBeVisible();
  await expect(anna.folder("Winter")).toBeVisible();
});

test("of very many folders all are reached: to move to, and in the trash", async ({ anna, library, page }) => {
  const folders = [];
  for (let index = 1; index <= 60; index++) folders.push(await library.givenFolder(`Client ${index}`));
  await library.given("coffee.jpg");
  await anna.opens("/");
  await anna.tile("coffee.jpg").focus();
  await page.keyboard.press("m");
  const last = anna.ask.getByRole("button", { name: "Client 60" });
  await expect(anna.ask.getByRole("button", { name: "Client 50" })).toBeVisible();
  await expect(last).toHaveCount(0);
  await anna.ask.getByRole("button", { name: "More folders" }).click();
  await last.click();
  await expect(page.getByText("1 file moved to Client 60")).toBeVisible();

  for (const folder of folders) await library.trashFolder(folder);
  await anna.opens("/");
  await anna.tree.getByRole("link", { name: "Trash" }).click();
  const trashed = page.getByRole("region", { name: "Folders in the trash" });
  await expect(trashed.getByRole("listitem")).toHaveCount(50);
  await trashed.getByRole("button", { name: "More folders" }).click();
  await expect(trashed.getByRole("listitem")).toHaveCount(60);
  await expect(trashed.getByRole("button", { name: "More folders" })).toBeHidden();
});

test("a folder is found by words of those it lies in", async ({ anna, library, page }) => {
  for (const client of ["Acme", "Beta"]) await library.givenFolder("Photos", await library.givenFolder(client));
  await anna.opens("/");
  await page.getByRole("searchbox", { name: "Find a folder" }).fill("acme photos");

  const hits = anna.tree.locator(".hits");
  await expect(hits.getByRole("link")).toHaveCount(1);
  await expect(hits).toContainText("Acme");
});

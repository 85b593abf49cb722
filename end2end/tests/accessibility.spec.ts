// Every surface in every state is for everyone: axe finds nothing, light and dark, wide and narrow.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { noise, zip } from "../support/bytes.mjs";
import { CropEditor } from "../support/crop.ts";
import { Server } from "../support/server.mjs";
import { expect, leave, test } from "../support/test.ts";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });

      test("sign-in, and a wrong password", async ({ page, site }) => {
        await page.goto(`${site}/sign-in`);
        await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
        await expectAccessible(page);

        await page.getByLabel("Email").fill("anna@example.com");
        await page.getByLabel("Password").fill("not the password at all");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("alert")).toBeVisible();
        await expectAccessible(page);
      });

      test("an empty library, an empty trash, a search without hits", async ({ anna, page }) => {
        await anna.opens("/");
        await expectAccessible(page);
        await anna.opens("/?state=trashed");
        await expectAccessible(page);
        await anna.opens("/?q=zebra");
        await expectAccessible(page);
      });

      test("pictures, details, chosen files, full screen", async ({ anna, library, page }) => {
        const folder = await library.givenFolder("Summer");
        await library.givenPhotos(5, folder);
        await library.given("clip.mp4");
        await library.given("contact.vcf");
        const asset = await library.given("coffee.jpg", { altText: "A cup of coffee" });
        await anna.opens("/");
        await expectNoOverflow(page);
        await expectAccessible(page);
        await anna.tiles.first().focus();
        await page.keyboard.press("Control+a");
        await expect(page.getByRole("toolbar")).toBeVisible();
        await expectAccessible(page);

        await anna.opens(`/?asset=${asset.id}`);
        await expect(anna.details).toBeVisible();
        await expectNoOverflow(page);
        await expectAccessible(page);
        await anna.details.getByRole("button", { name: "Full screen" }).click();
        await expect(anna.preview).toBeVisible();
        await expectAccessible(page);

        await anna.opens("/?view=list");
        await expectAccessible(page);
        await library.trash(asset);
        await anna.opens(`/?state=trashed&asset=${asset.id}`);
        await expectAccessible(page);
      });

      test("the menu, questions, the tree and the meter", async ({ anna, library, page }) => {
        const folder = await library.givenFolder("Summer");
        await library.givenFolder("A name that goes on and on and never seems to come to its end");
        await library.given("coffee.jpg", { folder, tags: ["Seaside"] });
        await library.givenPhotos(2);
        await library.givenTeam("Press");
        await anna.opens("/");
        await anna.tiles.first().focus();
        await page.keyboard.press("Shift+F10");
        await expect(anna.menu).toBeVisible();
        await looksRight(page);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+a");
        for (const [key, field] of [["t", "Team"], ["m", "Find a folder"]] as const) {
          await page.keyboard.press(key);
          await expect(anna.ask.getByLabel(field)).toBeVisible();
          await looksRight(page);
          await page.keyboard.press("Escape");
          await expect(anna.ask).toBeHidden();
        }

        if (name === "narrow") await page.getByRole("button", { name: "Folders and storage" }).click();
        await anna.tree.getByRole("searchbox").fill("sum");
        await expect(anna.folder("Summer")).toBeVisible();
        await looksRight(page);
        await anna.tree.getByRole("searchbox").fill("");
        await anna.tree.getByLabel("New folder").click();
        await expect(anna.tree.getByLabel("Folder name")).toBeFocused();
        await looksRight(page);
        if (name === "wide") {
          await page.getByRole("link", { name: /used$/ }).click();
          await expect(page.getByRole("dialog", { name: "Storage" })).toContainText("You brought");
          await looksRight(page);
        }
      });

      test("the question of a folder, the tray with a refusal", async ({ anna, files, page }) => {
        await anna.opens("/");
        await files.drop(page.locator("body"), files.folderOfPhotos("Summer", 3));
        await expect(anna.question).toBeVisible();
        await expectAccessible(page);
        await anna.question.getByRole("button", { name: "Keep “Summer” as a folder" }).click();
        await expect(anna.tray).toContainText("3 files uploaded");
        await files.drop(page.locator("body"), files.write("beach.png", noise(1500, 1300)));
        await expect(anna.tray).toContainText("needs you");
        await expectNoOverflow(page);
        await expectAccessible(page);

        // The editor of a picture that is not up yet.
        const crop = new CropEditor(page);
        await anna.tray.getByRole("button", { name: "Crop: beach.png" }).click();
        await crop.isThere();
        await looksRight(page);
        await crop.dialog.getByRole("group", { name: "WhatsApp" }).getByRole("button").first().click();
        await looksRight(page);
      });

      test("the tray with what does not get through, and what waits", async ({ anna, files, page, watch }) => {
        watch.expects(/status of 50[03]/);
        await page.route("**/files/**", (route) => route.fulfill({ status: 500, headers: { "retry-after": "0" }, body: "" }));
        await anna.opens("/");
        await files.drop(page.getByRole("main"), files.sample("coffee.jpg"));
        await expect(anna.tray).toContainText("1 of 1 needs you");
        await looksRight(page);
        await page.unroute("**/files/**");
        await page.route("**/files/**", (route) => route.fulfill({ status: 503, headers: { "retry-after": "300" }, body: "" }));
        await anna.tray.getByRole("button", { name: "Retry: coffee.jpg" }).click();
        await expect(anna.upload("coffee.jpg")).toContainText("No connection");
        await looksRight(page);
        await anna.tray.getByRole("button", { name: "Pause: coffee.jpg" }).click();
        await expect(anna.upload("coffee.jpg")).toContainText("Paused");
        await looksRight(page);
      });

      test("the archive, people, and the trash with its folders", async ({ anna, account, library, page }) => {
        for (const nowhere of ["/?state=archived", "/?people=all"]) {
          await anna.opens(nowhere);
          await looksRight(page);
        }
        const coffee = await library.given("coffee.jpg");
        await account.ask("POST", `/assets/${coffee.id}/archive`);
        await anna.opens(`/?state=archived`);
        await expect(anna.tile("coffee.jpg")).toBeVisible();
        await looksRight(page);
        await anna.opens(`/?state=archived&asset=${coffee.id}`);
        await expect(anna.details).toBeVisible();
        await looksRight(page);

        await library.trashFolder(await library.givenFolder("Summer"));
        await library.trashFolder(await library.givenFolder("A name that goes on and on and never seems to come to its end"));
        await library.trash(await library.given("rocket.jpg"));
        await anna.opens("/?state=trashed");
        await expect(page.getByRole("region", { name: "Folders in the trash" }).getByRole("listitem")).toHaveCount(2);
        await looksRight(page);
        await anna.tile("rocket.jpg").focus();
        await page.keyboard.press("Delete");
        await expect(anna.ask).toBeVisible();
        await looksRight(page);
      });

      test("what is shared, what was made of it, and Undo", async ({ account, anna, library, page }) => {
        const coffee = await library.given("coffee.jpg");
        await account.ask("POST", `/assets/${coffee.id}/share`);
        const edit = { region: { x: 0, y: 0, width: 300, height: 200 } };
        const copy = await account.ask("POST", `/assets/${coffee.id}/crop`, { edit, as: "copy" });
        await anna.opens(`/?asset=${coffee.id}`);
        await expect(anna.details.getByRole("textbox", { name: "Public link" })).toBeVisible();
        await expect(anna.details.getByRole("region", { name: "Copies made of it" }).getByRole("listitem")).toHaveCount(1);
        await looksRight(page);
        await anna.opens(`/?asset=${copy.id}`);
        await expect(anna.details.getByRole("region", { name: "Made of" })).toBeVisible();
        await looksRight(page);
        await anna.details.getByRole("button", { name: "Move to trash" }).click();
        await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
        await looksRight(page);
      });

      test("what is in files, beside the grid and on the whole screen", async ({ anna, library, page }) => {
        await library.givenFile("album.zip", zip({ "Férias/": "", [`Férias/${"a-name-without-an-end-".repeat(6)}.txt`]: "sand" }));
        for (const file of ["note.txt", "contact.vcf", "letter.pdf", "tone.mp3", "clip.mp4"]) await library.given(file);
        const content = ":is(.reading, .pages img, .unplayable, audio, video):visible";
        for (const { id, name } of await library.assets()) {
          await anna.opens(`/?asset=${id}`);
          await expect(anna.details.locator(content).first()).toBeVisible();
          await looksRight(page);
          await anna.opens("/");
          await anna.tile(name).focus();
          await page.keyboard.press("Space");
          await expect(anna.preview.locator(content).first()).toBeVisible();
          await looksRight(page);
        }
      });

      test("the set-up page, and a link that is over", async ({ page }) => {
        const server = await Server.start();
        try {
          await page.goto(server.url + server.setupPath);
          await expect(page.getByRole("button", { name: "Create library" })).toBeVisible();
          await looksRight(page);
          await page.goto(`${server.url}/setup/not-a-token`);
          await expect(page.getByText("This link is no longer good")).toBeVisible();
          await looksRight(page);
        } finally {
          await leave(page, server);
        }
      });

      test("a page that is not there", async ({ anna, page, site, watch }) => {
        watch.expects(/status of 404/);
        await anna.opens("/");
        await page.goto(`${site}/no/such/page`);
        await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
        await looksRight(page);
      });
    });
  }
}

test("at 200 % nothing is cut off", async ({ anna, library, page }) => {
  await library.givenPhotos(3);
  await page.setViewportSize({ width: 720, height: 450 });
  await anna.opens("/");
  await expectNoOverflow(page);
  await page.setViewportSize({ width: 360, height: 640 });
  await expectNoOverflow(page);
  await expect(anna.tiles.first()).toBeVisible();
});

/** axe finds nothing, and nothing is wider than the window. */
async function looksRight(page: Page) {
  await expectNoOverflow(page);
  await expectAccessible(page);
}

/** The page is never wider than the window. */
async function expectNoOverflow(page: Page) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
}

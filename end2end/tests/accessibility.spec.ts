// Every surface in every state is for everyone: axe finds nothing, light and dark, wide and narrow.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { noise } from "../support/bytes.mjs";
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
      });
    });
  }
}

test("the set-up page, and a link that is over", async ({ page }) => {
  const server = await Server.start();
  try {
    await page.goto(server.url + server.setupPath);
    await expect(page.getByRole("button", { name: "Create library" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${server.url}/setup/not-a-token`);
    await expect(page.getByText("This link is no longer good")).toBeVisible();
    await expectAccessible(page);
  } finally {
    await leave(page, server);
  }
});

test("a page that is not there", async ({ anna, page, site, watch }) => {
  watch.expects(/status of 404/);
  await anna.opens("/");
  await page.goto(`${site}/no/such/page`);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await expectAccessible(page);
});

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

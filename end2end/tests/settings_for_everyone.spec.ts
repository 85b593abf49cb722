// Settings, the operator's pages and what one-use links lead to: for everyone, in every look.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });

      test("the settings", async ({ anna, ben, library, page }) => {
        await library.given("coffee.jpg", { as: `${"a-name-without-an-end-".repeat(8)}.jpg` });
        // Another session, which can be ended.
        await anna.signIn();
        for (const name of ["profile", "storage", "people", "audit", "audit?kind=asset_purged", "storage?trashed=2", "webhooks", "embed"]) {
          await looksRight(page, `${anna.site}/settings/${name}`);
        }
        await page.goto(`${anna.site}/settings/people`);
        await page.getByRole("link", { name: "Ben" }).click();
        await looksRight(page, page.url());
        await looksRight(page, `${page.url()}?problem=invalid&reason=above_allowance&limit=1000000`);
        await looksRight(ben.page, `${ben.site}/settings/people`);
        await page.goto(`${anna.site}/settings/people`);
        await page.getByLabel("Email").fill(`yara-${colorScheme}-${name}@example.com`);
        await page.getByRole("button", { name: "Make invitation link" }).click();
        await expect(page.getByLabel("One-use link")).toBeVisible();
        await expectAccessible(page);
      });

      test("a webhook", async ({ anna, page }) => {
        await page.goto(`${anna.site}/settings/webhooks`);
        await page.getByLabel("Name", { exact: true }).fill("Shop");
        await page.getByLabel("Address", { exact: true }).fill("https://hooks.example.invalid/satchel");
        await page.getByLabel("storage.critical").check();
        await page.getByRole("button", { name: "Make webhook" }).click();
        await expect(page.getByLabel("Secret")).toBeVisible();
        await expectAccessible(page);
        await page.getByRole("button", { name: "Send a test" }).click();
        await expect(page.getByText("webhook.test")).toBeVisible();
        await page.getByText("Delete…").click();
        await looksRight(page, page.url());
        await page.getByText("Change…").click();
        await expect(page.getByLabel("storage.critical")).toBeChecked();
        await page.getByLabel("storage.critical").uncheck();
        await page.getByLabel("asset.purged").check();
        await expectAccessible(page);
        await page.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("Told of: asset.purged")).toBeVisible();
      });

      test("the operator's pages", async ({ operator }) => {
        await looksRight(operator.page, `${operator.site}/operator/accounts`);
        await operator.page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
        await looksRight(operator.page, operator.page.url());
      });

      test("what one-use links lead to", async ({ account, anna, page }) => {
        const invitation = { email: `zoe-${colorScheme}-${name}@example.com`, role: "agent" };
        const { url } = await account.ask("POST", "/invitations", invitation);
        await looksRight(page, url);
        await looksRight(page, `${url}?problem=invalid&reason=password_common`);
        const { items } = await account.ask("GET", "/users");
        const reset = await account.ask("POST", `/users/${items[0].id}/reset-password`);
        await looksRight(page, reset.url);
        await looksRight(page, `${anna.site}/invite/no-such-token`);
      });
    });
  }
}

/** axe finds nothing, and nothing is wider than the window. */
async function looksRight(page: Page, address: string) {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, address).toBeLessThanOrEqual(0);
}

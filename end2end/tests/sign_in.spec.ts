// In and out, and the wrong password; the same with and without a script.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

for (const script of [true, false]) {
  test.describe(script ? "with a script" : "without a script", () => {
    test.use({ javaScriptEnabled: script });

    test("the right password opens the library, signing out closes it", async ({ page, account, site }) => {
      const { email, password } = await account.addPerson("anna", "administrator");
      await page.goto(site);
      await expect(page).toHaveURL(/\/sign-in/);
      await signIn(page, email, password);
      await expect(page.getByRole("heading", { name: "Your library is empty" })).toBeVisible();

      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
      await page.goto(site);
      await expect(page).toHaveURL(/\/sign-in/);
    });

    test("a wrong password is refused without saying which of the two is wrong", async ({ page, account, site }) => {
      const { email } = await account.addPerson("anna", "administrator");
      await page.goto(`${site}/sign-in`);
      await signIn(page, email, "not the password at all");
      await expect(page.getByRole("alert")).toHaveText("Email and password do not match.");

      await signIn(page, "nobody@example.com", "not the password at all");
      await expect(page.getByRole("alert")).toHaveText("Email and password do not match.");
    });

    test("a page asked for before signing in is there after it", async ({ page, account, library, site }) => {
      const { email, password } = await account.addPerson("anna", "administrator");
      const folder = await library.givenFolder("Summer");
      await page.goto(`${site}/folders/${folder.id}`);
      await signIn(page, email, password);

      await expect(page).toHaveURL(`${site}/folders/${folder.id}`);
      await expect(page.getByRole("heading", { name: "Summer" })).toBeVisible();
    });
  });
}

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

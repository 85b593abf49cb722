// The operator says what a place takes from an account, and adds a place: by mouse and by keyboard.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import type { Account } from "../support/account.mjs";
import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.use({ javaScriptEnabled: false });

/** The page of an account, with the form's fields about who says so filled in. */
async function opens(operator: Person, account: Account) {
  const { id } = (await account.ask("GET", "/me")).account;
  const desk = operator.page;
  await desk.goto(`${operator.site}/operator/accounts/${id}`);
  await desk.getByLabel("Page that says so").fill("https://mail.example.com/limits");
  await desk.getByLabel("Read on").fill("2026-11-21");
  return desk;
}

/** The choice of a place. */
function place(desk: Page) {
  return desk.getByRole("combobox", { name: "Place", exact: true });
}

test("a place takes less from one account, until that is removed", async ({ account, anna, library, operator, page }) => {
  const note = await library.given("note.txt");
  const desk = await opens(operator, account);
  await place(desk).selectOption("email-attachment");
  await desk.getByLabel("Largest file", { exact: true }).fill("38");
  await desk.getByLabel("Largest file", { exact: true }).press("Enter");
  await expect(desk.getByText("Done.")).toBeVisible();
  const own = desk.getByRole("listitem").filter({ hasText: "Attachment" }).first();
  await expect(own).toContainText("at most 38 bytes");

  await page.goto(`${anna.site}/settings/placements?asset=${note.id}`);
  await expect(page.getByRole("main")).toContainText("Not taken: 39 bytes; at most 38 bytes.");

  await desk.getByRole("button", { name: "Remove: Attachment" }).click();
  await expect(desk.getByText("Done.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main")).not.toContainText("at most 38 bytes");
});

test("a place is added to a channel", async ({ account, anna, operator, page }) => {
  const desk = await opens(operator, account);
  await place(desk).selectOption("new:email");
  await desk.getByLabel("Name of a new place").fill("Footer stripe");
  await desk.getByLabel("File types").fill("image/png");
  await desk.getByLabel("Pixels across, at least").fill("600");
  await desk.getByLabel("How sure it is").selectOption("secondary");
  await desk.locator("form").filter({ has: desk.getByLabel("Read on") }).getByRole("button", { name: "Save" }).click();
  await expect(desk.getByText("Done.")).toBeVisible();

  await page.goto(`${anna.site}/settings/placements`);
  const stripe = page.locator("#email-footer-stripe");
  await expect(stripe).toContainText("Footer stripe set by your operator");
  await expect(stripe).toContainText("only PNG");
  await expect(stripe).toContainText("at least 600 px wide");
});

test("a form without a figure, or without a name, says that it is not right", async ({ account, operator }) => {
  const desk = await opens(operator, account);
  await place(desk).selectOption("new:email");
  await desk.getByLabel("Largest file", { exact: true }).fill("a lot");
  await desk.getByLabel("Largest file", { exact: true }).press("Enter");
  await expect(desk.getByRole("alert")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    test.describe(`${colorScheme}, ${viewport.width}`, () => {
      test.use({ colorScheme, viewport, javaScriptEnabled: true });

      test("the form is for everyone", async ({ account, operator }) => {
        const desk = await opens(operator, account);
        await desk.emulateMedia({ colorScheme });
        await desk.setViewportSize(viewport);
        await expectAccessible(desk);
        const wider = await desk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider).toBeLessThanOrEqual(0);
      });
    });
  }
}

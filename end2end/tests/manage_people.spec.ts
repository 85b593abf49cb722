// Invite by a link, roles, a new password, switching off: by mouse, by keyboard and without a script.
import { expectAccessible } from "../support/a11y.ts";
import { expect, newPage, test } from "../support/test.ts";

test("somebody invited opens the link, chooses a password and is in", async ({ anna, browser, page, watch }) => {
  await anna.opens("/");
  await page.getByRole("link", { name: /anna/i }).click();
  await page.getByRole("link", { name: "People" }).click();
  await page.getByLabel("Email").fill(`zoe-${Date.now()}@example.com`);
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = await page.getByLabel("One-use link").inputValue();

  const zoe = await newPage(browser, watch);
  await zoe.goto(link);
  await zoe.getByLabel("Your name").fill("Zoë");
  await zoe.getByLabel("Password").fill("otters hold hands asleep");
  await zoe.getByLabel("Password").press("Enter");
  await expect(zoe.getByRole("heading", { name: "Your library is empty" })).toBeVisible();
  await zoe.goto(link);
  await expect(zoe.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await zoe.context().close();

  await page.goto(`${anna.site}/settings/people`);
  await expect(page.getByRole("listitem").filter({ hasText: "Zoë" })).toContainText("Agent");
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("an administrator gives a role, takes access away and gives it back", async ({ anna, ben, page }) => {
    await page.goto(`${anna.site}/settings/people`);
    const row = page.getByRole("listitem").filter({ hasText: ben.email });
    await row.getByLabel("Role").selectOption("administrator");
    await row.getByRole("button", { name: "Save role" }).press("Enter");
    await expect(page.getByText("Done.")).toBeVisible();
    await expect(row).toContainText("Administrator");

    await row.getByRole("button", { name: "Switch off" }).click();
    await expect(row).toContainText("Switched off");
    await ben.page.goto(`${ben.site}/settings/profile`);
    await expect(ben.page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await row.getByRole("button", { name: "Switch on" }).click();
    await expect(row.getByRole("button", { name: "Switch off" })).toBeVisible();
  });
});

test("an agent finds a profile and storage, and nothing of people", async ({ ben }) => {
  await ben.page.goto(`${ben.site}/settings/profile`);
  const nav = ben.page.getByRole("navigation", { name: "Settings" });
  await expect(nav.getByRole("link", { name: "Storage" })).toBeVisible();
  await expect(nav.getByRole("link", { name: "People" })).toHaveCount(0);
  await ben.page.goto(`${ben.site}/settings/people`);
  await expect(ben.page.getByRole("alert")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    test.describe(`${colorScheme}, ${viewport.width}`, () => {
      test.use({ colorScheme, viewport });

      test("the settings are for everyone", async ({ anna, library, page }) => {
        await library.given("coffee.jpg");
        for (const name of ["profile", "storage", "people", "audit"]) {
          await page.goto(`${anna.site}/settings/${name}`);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectAccessible(page);
          const wider = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(wider, name).toBeLessThanOrEqual(0);
        }
      });
    });
  }
}

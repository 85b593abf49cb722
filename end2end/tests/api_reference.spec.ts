// The interface for programs, read as a page: for everyone, on a phone and on a desk.
import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport, javaScriptEnabled: true });

      test("the page is for everyone", async ({ page, site }) => {
        // axe looks at thousands of lines.
        test.slow();
        await page.goto(`${site}/docs/api`);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/interface for programs/);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
        await expectAccessible(page);
      });
    });
  }
}

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("an operation is found by its theme, and leads to what it answers", async ({ page, site }) => {
    await page.goto(`${site}/docs/api`);
    const contents = page.getByRole("navigation", { name: "Contents" });
    await contents.getByText("Folders", { exact: true }).click();
    await contents.getByRole("link", { name: "POST /api/v1/folders", exact: true }).click();

    await expect(page).toHaveURL(/#create_folder$/);
    const operation = page.getByRole("article").filter({ has: page.locator("#create_folder") });
    await expect(operation).toContainText("Makes a folder");
    await expect(operation).toContainText(`'${site}/api/v1/folders'`);
    await operation.getByRole("link", { name: "Folder", exact: true }).click();
    await expect(page).toHaveURL(/#schema-Folder$/);
  });
});

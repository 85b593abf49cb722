// The picker is tried where it is set up, and what makes it work in a page is copied there.
import { expectAccessible } from "../support/a11y.ts";
import { closes } from "../support/picker.ts";
import { expect, test } from "../support/test.ts";

test("the picker is tried in a dialog, and shows what comes back", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg", { altText: "A cup of coffee." });
  await library.given("letter.pdf");
  await page.goto(`${anna.site}/settings/embed`);
  await expect(page.getByText(`fetch("${anna.site}/api/v1/embed/sessions"`)).toBeVisible();
  await page.getByLabel("Placement").selectOption("content-card-classic");
  await page.getByRole("checkbox", { name: "Images" }).check();
  await page.getByLabel("Several files").check();
  const element = '<satchel-picker session-url="/satchel-session" placement="content-card-classic" kinds="image" multiple>';
  await expect(page.getByText(element)).toBeVisible();

  const opener = page.getByRole("button", { name: "Try the picker" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const frame = page.frameLocator("iframe[title='Media library']");
  await expect(frame.getByRole("listbox", { name: "Files" }).getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await frame.getByRole("option", { name: "coffee.jpg" }).click();
  const dialog = page.getByRole("dialog", { name: "Media library" });
  await closes(dialog, frame.getByRole("button", { name: "Use", exact: true }).click());

  await expect(opener).toBeFocused();
  await expect(page.locator("#picker-selection")).toContainText(`"id": "${coffee.id}"`);
  await expect(page.locator("#picker-html")).toContainText(`data-satchel-asset="${coffee.id}"`);
  await expectAccessible(page);
  expect((await library.asset(coffee.id)).url, "trying makes nothing public").toBeNull();
});

test("who leaves the picker is told so, and an open one is ended", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  await page.goto(`${anna.site}/settings/embed`);
  await page.getByRole("button", { name: "Try the picker" }).click();
  const frame = page.frameLocator("iframe[title='Media library']");
  await expect(frame.getByRole("option", { name: "coffee.jpg" })).toBeVisible();
  await closes(page.getByRole("dialog", { name: "Media library" }), page.keyboard.press("Escape"));
  await expect(page.getByRole("status").filter({ hasText: "Nothing was chosen." })).toBeVisible();

  await page.reload();
  const open = page.getByRole("main").getByRole("listitem").filter({ hasText: new URL(anna.site).origin });
  await open.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("Done.")).toBeVisible();
  await expect(page.getByText("The picker is open nowhere.")).toBeVisible();
});

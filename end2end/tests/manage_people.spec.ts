// Invite by a link, roles, a new password, switching off: by mouse, by keyboard and without a script.
import { Person } from "../support/people.ts";
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
    await page.getByRole("link", { name: "Ben" }).press("Enter");
    await expect(page.getByText(ben.email)).toBeVisible();
    await page.getByLabel("Role").selectOption("administrator");
    await page.getByRole("button", { name: "Save role" }).press("Enter");
    await expect(page.getByText("Done.")).toBeVisible();
    await expect(page.getByText(`${ben.email}, Administrator`)).toBeVisible();

    await page.getByRole("button", { name: "Switch off" }).click();
    await expect(page.getByText("This person cannot sign in.")).toBeVisible();
    await ben.page.goto(`${ben.site}/settings/profile`);
    await expect(ben.page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await page.getByRole("button", { name: "Switch on" }).press("Enter");
    await expect(page.getByRole("button", { name: "Switch off" })).toBeVisible();
  });

  test("by keyboard, somebody is invited and the invitation withdrawn, and a person gets a link for a password", async ({ anna, ben, browser, page, watch }) => {
    const email = `yan-${Date.now()}@example.com`;
    await page.goto(`${anna.site}/settings/people`);
    await page.getByLabel("Email").focus();
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await expect(page.getByLabel("Role")).toBeFocused();
    await page.keyboard.type("Adm");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Make invitation link" })).toBeFocused();
    await page.keyboard.press("Enter");
    const link = await page.getByLabel("One-use link").inputValue();
    const invited = page.getByRole("listitem").filter({ hasText: email });
    await expect(invited).toContainText("Administrator");

    await invited.getByRole("button", { name: "Withdraw" }).press("Enter");
    await expect(invited).toHaveCount(0);
    const yan = await newPage(browser, watch);
    await yan.goto(link);
    await expect(yan.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    await yan.context().close();

    await page.getByRole("link", { name: "Ben" }).press("Enter");
    await expect(page.getByText(ben.email)).toBeVisible();
    await page.getByRole("button", { name: "New password link" }).press("Enter");
    await expect(page.getByLabel("One-use link")).toHaveValue(/\/reset\//);
  });

  test("an administrator makes a link by which a person chooses a new password", async ({ anna, ben, browser, page, watch }) => {
    await page.goto(`${anna.site}/settings/people`);
    await page.getByRole("link", { name: "Ben" }).click();
    await page.getByRole("button", { name: "New password link" }).click();
    const link = await page.getByLabel("One-use link").inputValue();
    await page.reload();

    const other = await newPage(browser, watch);
    await other.goto(link);
    await expect(other.getByText(ben.email)).toBeVisible();
    await other.getByLabel("Password").fill("otters hold hands asleep");
    await other.getByLabel("Password").press("Enter");
    await expect(other.getByRole("heading", { name: "Your library is empty" })).toBeVisible();
    await other.context().close();
    await ben.page.goto(`${ben.site}/settings/profile`);
    await expect(ben.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
});

test("a person ends the session of another browser, and then every one", async ({ anna, browser, page, watch }) => {
  const other = new Person(await newPage(browser, watch), anna.site, anna.email, anna.password);
  await other.signIn();
  await page.goto(`${anna.site}/settings/profile`);
  const sessions = page.getByRole("listitem").filter({ hasText: "Last seen" });
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This browser" })).toHaveCount(1);
  await sessions.getByRole("button", { name: "End session" }).press("Enter");
  await expect(sessions).toHaveCount(1);
  await other.page.goto(`${anna.site}/settings/profile`);
  await expect(other.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await other.context.close();

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("an agent finds a profile and storage, and nothing of people", async ({ ben }) => {
  await ben.page.goto(`${ben.site}/settings/profile`);
  const nav = ben.page.getByRole("navigation", { name: "Settings" });
  await expect(nav.getByRole("link", { name: "Storage" })).toBeVisible();
  await expect(nav.getByRole("link", { name: "People" })).toHaveCount(0);
  await ben.page.goto(`${ben.site}/settings/people`);
  await expect(ben.page.getByRole("alert")).toBeVisible();
});

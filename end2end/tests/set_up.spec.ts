// The first start prints a link; whoever opens it first is the administrator.
import { isAlive } from "../support/people.ts";
import { Server } from "../support/server.mjs";
import { expect, leave, test } from "../support/test.ts";

test("the printed link makes the first account, once", async ({ page, context }) => {
  const server = await Server.start();
  try {
    const link = server.url + server.setupPath;
    await page.goto(link);
    await page.getByLabel("Name of your team or company").fill("Harbor Lights");
    await page.getByLabel("Your name").fill("Anna Seaborn");
    await page.getByLabel("Email").fill("anna@example.com");
    await page.getByLabel("Password").fill("anna walks by the river at 7");
    await page.getByRole("button", { name: "Create library" }).click();

    await expect(page.getByRole("heading", { name: "Your library is empty" })).toBeVisible();
    await isAlive(page);
    await expect(page.getByText("Harbor Lights").first()).toBeVisible();

    await context.clearCookies();
    await page.goto(link);
    await expect(page.getByText("This link is no longer good")).toBeVisible();
    await expect(page.getByRole("button", { name: "Create library" })).toHaveCount(0);

    await page.goto(server.url);
    await page.getByLabel("Email").fill("anna@example.com");
    await page.getByLabel("Password").fill("anna walks by the river at 7");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Your library is empty" })).toBeVisible();
  } finally {
    await leave(page, server);
  }
});

test("a password that is too short is refused with the rule", async ({ page }) => {
  const server = await Server.start();
  try {
    await page.goto(server.url + server.setupPath);
    await page.getByLabel("Name of your team or company").fill("Harbor Lights");
    await page.getByLabel("Your name").fill("Anna Seaborn");
    await page.getByLabel("Email").fill("anna@example.com");
    // The browser's own check would be in the way of what the server says.
    await page.locator("form").evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create library" }).click();

    await expect(page.getByRole("alert")).toContainText("A password has 8 to 128 characters");
    await expect(page.getByRole("button", { name: "Create library" })).toBeVisible();
  } finally {
    await leave(page, server);
  }
});

// The operator gives an account its figures and switches its library off: by mouse and by keyboard.
import type { Locator } from "@playwright/test";

import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.use({ javaScriptEnabled: false });

/** An account in the list, which every story makes longer: on whatever page it stands. */
async function listed(operator: Person, name: string): Promise<Locator> {
  const desk = operator.page;
  await desk.goto(`${operator.site}/operator/accounts`);
  const account = desk.getByRole("link", { name, exact: true });
  while ((await account.count()) === 0) {
    const next = await desk.getByRole("link", { name: "Next", exact: true }).getAttribute("href");
    await desk.goto(new URL(next ?? "", desk.url()).href);
  }
  return account;
}

test("an account gets its limits, and shows them", async ({ account, anna, operator, page }) => {
  const desk = operator.page;
  await (await listed(operator, account.name)).press("Enter");
  await desk.getByLabel("Quota", { exact: true }).fill("2GB");
  await desk.getByLabel("Quota for each person").fill("1GB");
  await desk.getByLabel("Largest file: Images").fill("7MB");
  await desk.getByLabel("Days that trash is kept").fill("12");
  await desk.getByLabel("Days that trash is kept").press("Enter");
  await expect(desk.getByText("Done.")).toBeVisible();

  await page.goto(`${anna.site}/`);
  await expect(page.getByRole("link", { name: "0 bytes of 2 GB used" })).toBeVisible();
  await page.goto(`${anna.site}/?state=trashed`);
  await expect(page.getByText("stays here for 12 days")).toBeVisible();
  await page.goto(`${anna.site}/settings/profile`);
  await expect(page.getByText("0 bytes of 1 GB used")).toBeVisible();

  await desk.getByLabel("Quota", { exact: true }).fill("a lot");
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByRole("alert")).toBeVisible();
});

test("a library that is switched off is not there, and comes back as it was", async ({ account, anna, library, operator, page, watch }) => {
  watch.expects(/status of 404/);
  await library.given("coffee.jpg");
  const desk = operator.page;
  await (await listed(operator, account.name)).click();
  await desk.getByLabel("Library is switched on").uncheck();
  await desk.getByRole("button", { name: "Save" }).first().click();
  await expect(desk.getByText("Done.")).toBeVisible();
  await page.goto(`${anna.site}/`);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.goto(`${anna.site}/settings/profile`);
  await expect(page.getByRole("link", { name: "Storage" })).toHaveCount(0);

  await desk.getByLabel("Library is switched on").press("Space");
  await desk.getByRole("button", { name: "Save" }).first().press("Enter");
  await expect(desk.getByText("Done.")).toBeVisible();
  await page.goto(`${anna.site}/`);
  await expect(anna.tile("coffee.jpg")).toBeVisible();
});

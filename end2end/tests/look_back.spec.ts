// The audit trail and the moments of the library, in the reader's words, zone and way.
import { expect, test } from "../support/test.ts";

test("an administrator looks for what somebody did, and takes it away as a table", async ({ anna, ben, page }) => {
  await ben.opens("/");
  await page.goto(`${anna.site}/settings/audit`);
  await expect(page.getByText("The trail is kept for 365 days")).toBeVisible();

  await page.getByLabel("Event").selectOption("Signed in");
  await page.getByLabel("Who").fill(ben.email);
  await page.getByLabel("Who").press("Enter");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Ben");
  await expect(rows.nth(1).locator("time")).toHaveText(/ago|just now/);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  expect((await download).suggestedFilename()).toBe("audit.csv");
  await page.getByLabel("Event").selectOption("Account made");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Nothing happened that fits this search.")).toBeVisible();
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(rows.first()).toBeVisible();
});

test.describe("a reader in São Paulo", () => {
  test.use({ locale: "pt-BR", timezoneId: "America/Sao_Paulo" });

  test("moments are written in the reader's zone and way", async ({ anna, library, page }) => {
    const asset = await library.given("coffee.jpg");
    const { created_at: added } = (await library.asset(asset.id)) as unknown as { created_at: string };
    const told = (style: Intl.DateTimeFormatOptions) => page.evaluate(
      ([moment, style]) => new Date(moment).toLocaleString("pt-BR", style),
      [added, style] as const,
    );

    await anna.opens(`/?view=list&asset=${asset.id}`);
    await expect(page.getByRole("listbox").getByRole("option").first().locator("time")).toHaveText(await told({ dateStyle: "medium" }));
    const moment = await told({ dateStyle: "medium", timeStyle: "short" });
    await expect(page.getByRole("complementary", { name: "Detalhes" }).locator("time").first()).toHaveText(moment);

    await page.goto(`${anna.site}/settings/storage`);
    const exact = page.locator(`time[datetime="${added}"]`).first();
    await expect(exact).toHaveAttribute("title", moment);
    await page.goto(`${anna.site}/settings/audit`);
    await expect(page.getByRole("cell", { name: "Arquivo adicionado" })).toBeVisible();

    // A day begins three hours after that of UTC.
    await page.getByLabel("Desde o dia").fill("2026-01-15");
    await page.getByRole("button", { name: "Buscar" }).click();
    await expect(page).toHaveURL(/after_at=2026-01-15T03%3A00%3A00\.000Z/);
    await expect(page.getByLabel("Desde o dia")).toHaveValue("2026-01-15");
  });
});

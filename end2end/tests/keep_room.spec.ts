// The storage meter, what could go, quota of a person: by mouse and by keyboard.
import { noise } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test("the meter opens what holds the room, by mouse and by keyboard", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  await library.given("note.txt");
  await library.trash(await library.given("letter.pdf"));
  await anna.opens("/");
  const meter = page.getByRole("link", { name: /used$/ });
  const breakdown = page.getByRole("dialog", { name: "Storage" });

  await meter.click();
  await expect(breakdown).toContainText("Images");
  await expect(breakdown).toContainText("Of it, only in the trash");
  await expect(breakdown).toContainText("You brought: 0 bytes used");
  await page.mouse.click(900, 500);
  await expect(breakdown).toBeHidden();

  await meter.press("Enter");
  await expect(breakdown).toContainText("Documents");
  await page.keyboard.press("Escape");
  await expect(breakdown).toBeHidden();
  await meter.press("Enter");
  await breakdown.getByRole("link", { name: "What could go" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Storage", level: 1 })).toBeVisible();
});

test("what holds the room stays open, and true, when more comes", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  await anna.opens("/");
  await page.getByRole("link", { name: /used$/ }).click();
  const breakdown = page.getByRole("dialog", { name: "Storage" });
  await expect(breakdown).toContainText("Images");

  await library.given("letter.pdf");
  await expect(breakdown).toContainText("Documents");
  await expect(anna.tile("letter.pdf")).toBeVisible();
  await expect(breakdown).toBeVisible();
});

test("the page says once that a mark is passed, and the meter changes its color", async ({ account, anna, files, server }) => {
  await server.run(["account", "set", account.name, "--quota", "1MB"]);
  await anna.opens("/");
  const words = (name: string, size: number) => files.write(name, Buffer.alloc(size, `${name} `));

  await files.drop(anna.page.locator("body"), words("a.txt", 820_000));
  await expect(anna.page.getByText("80 % of the storage is used.")).toBeVisible();
  await expect(anna.page.getByRole("meter")).toHaveClass(/amber/);
  await files.drop(anna.page.locator("body"), words("b.txt", 140_000));
  await expect(anna.page.getByText("95 % of the storage is used.")).toBeVisible();
  await expect(anna.page.getByRole("meter")).toHaveClass(/red/);

  await anna.page.goto(`${anna.site}/settings/storage`);
  await expect(anna.page.getByRole("alert")).toContainText("more than 95 % full");

  // It stands there until she says that she has seen it.
  await anna.opens("/");
  const warning = anna.page.getByRole("link", { name: "Room runs out: more than 95 % is used." });
  await warning.click();
  await anna.page.getByRole("button", { name: "I have seen it" }).click();
  await expect(anna.page.getByRole("status")).toBeVisible();
  await anna.opens("/");
  await expect(anna.page.getByRole("meter")).toBeVisible();
  await expect(warning).toHaveCount(0);
  await anna.page.goto(`${anna.site}/settings/audit?kind=storage_high`);
  await expect(anna.page.getByRole("row", { name: /Storage passed 80 %/ })).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("what nobody opened is looked over and goes to the trash", async ({ anna, library, page }) => {
    await library.given("coffee.jpg");
    const opened = await library.given("rocket.jpg");
    const answer = await page.request.get(`${anna.site}/api/v1/assets/${opened.id}/content`);
    expect(answer.status(), await answer.text()).toBe(200);
    await page.goto(`${anna.site}/settings/storage`);
    const unused = page.getByRole("form", { name: "Never opened" });
    await expect(unused.getByRole("listitem")).toHaveCount(1);

    await unused.getByLabel("Choose coffee.jpg").check();
    await unused.getByRole("button", { name: "Move to trash" }).press("Enter");

    await expect(page.getByRole("status")).toContainText("1 file is in the trash now");
    await expect(page.getByRole("form", { name: "Never opened" })).toHaveCount(0);
    expect((await library.assets("&state=trashed")).map(({ name }) => name)).toEqual(["coffee.jpg"]);
  });
});

test("a person brings no more than an administrator allows", async ({ anna, ben, page }) => {
  await page.goto(`${anna.site}/settings/people`);
  await page.getByRole("link", { name: "Ben" }).click();
  await page.getByLabel("May bring").fill("10KB");
  await page.getByLabel("May bring").press("Enter");
  await expect(page.getByText("0 bytes of 10 KB used")).toBeVisible();

  await ben.page.goto(`${ben.site}/settings/profile`);
  await expect(ben.page.getByText("0 bytes of 10 KB used")).toBeVisible();
  const note = { name: "note.txt", mimeType: "text/plain", buffer: noise(100, 100) };
  const refused = await ben.page.request.post(`${ben.site}/api/v1/assets`, {
    headers: { origin: ben.site },
    multipart: { file: note },
  });
  expect(refused.status()).toBe(507);
});

// Where a file fits: counted by channel, told place by place with the figures, for everyone.
import type { Locator, Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import type { Account } from "../support/account.mjs";
import { halfClear } from "../support/bytes.mjs";
import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** What the details say of where a file fits. */
function verdicts(person: Person): Locator {
  return person.details.getByRole("region", { name: "Where it fits" });
}

/** One channel there. */
function channel(person: Person, name: string): Locator {
  return verdicts(person).getByRole("group").filter({ hasText: name });
}

test("a channel is one line until it is opened, and then a row a place", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${coffee.id}`);
  const cards = channel(anna, "Content card");
  await expect(cards.locator("summary")).toHaveText("Content card1 of 3 fits, 2 cut");
  await expect(cards.getByRole("listitem")).toHaveCount(0);

  await cards.locator("summary").click();
  const row = cards.getByRole("listitem").filter({ hasText: "Classic" });
  await expect(row).toContainText("Left and right are cut: 400 × 400 px stay.");
  await expect(row.locator("img")).toHaveJSProperty("complete", true);
  // What stays is drawn where it is: in the middle, two thirds as wide as the picture.
  const [whole, part] = [await box(row.locator(".stays")), await box(row.locator(".stays > span"))];
  expect(part.width / whole.width).toBeCloseTo(2 / 3, 1);
  expect((part.x - whole.x) / whole.width).toBeCloseTo(1 / 6, 1);
  await expect(cards.getByRole("listitem").filter({ hasText: "Banner" })).toContainText("Fits.");

  await channel(anna, "WhatsApp").locator("summary").click();
  const sticker = channel(anna, "WhatsApp").getByRole("listitem").filter({ hasText: /^Sticker/ });
  await expect(sticker).toContainText("Not taken: JPEG; only WEBP.");
  await expect(sticker.locator(".stays")).toHaveCount(0);
  await channel(anna, "In-app message").locator("summary").click();
  await expect(channel(anna, "In-app message")).toContainText(/Too small by \d+ px/);

  await verdicts(anna).getByRole("link", { name: "Show the whole list" }).click();
  await expect(page.getByRole("main")).toContainText("How coffee.jpg would do in each placement.");
  await page.getByRole("link", { name: "What every placement takes" }).click();
  await expect(page.locator("#whatsapp-sticker")).toContainText("exactly 512 × 512 px");
});

test("channels are opened and closed by keys", async ({ anna, library, page }) => {
  const coffee = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${coffee.id}`);
  const [cards, email] = [channel(anna, "Content card"), channel(anna, "Email")];
  await cards.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(cards.getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("Tab");
  await expect(cards.getByRole("button", { name: /^Make it fit/ }).first()).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(cards.getByRole("listitem")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(email.locator("summary")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(email.getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Space");
  await expect(email.getByRole("listitem")).toHaveCount(0);
});

test("each file has verdicts of its own, of any kind", async ({ anna, library }) => {
  const coffee = await library.given("coffee.jpg");
  const letter = await library.given("letter.pdf");
  await anna.opens(`/?asset=${letter.id}`);
  await expect(channel(anna, "Content card").locator("summary")).toContainText("0 of 3 fit");
  await anna.tile("coffee.jpg").click();
  await expect(channel(anna, "Content card").locator("summary")).toContainText("1 of 3 fits, 2 cut");
  expect(coffee.id).not.toBe(letter.id);
});

test("where the server cannot be asked, it is asked again", async ({ anna, library, page, watch }) => {
  watch.expects(/Failed to load resource|ERR_FAILED|Failed to fetch/);
  const coffee = await library.given("coffee.jpg");
  await page.route("**/rpc/list_fits*", (route) => route.abort());
  await anna.opens(`/?asset=${coffee.id}`);
  const again = verdicts(anna).getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute("**/rpc/list_fits*");
  await again.click();
  await expect(channel(anna, "Content card")).toBeVisible();
});

test("a copy that fits is made by a key, and says what was done", async ({ account, anna, library, page }) => {
  const coffee = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${coffee.id}`);
  const push = channel(anna, "Push notification");
  await push.locator("summary").click();
  const row = push.getByRole("listitem").filter({ hasText: /^Android, expanded/ });
  await row.getByRole("button", { name: "Make it fit" }).focus();
  await page.keyboard.press("Enter");

  await expect(row).toContainText(/Cut to 600 × 300 px around (what stands out|the middle)\./);
  const link = row.getByRole("link");
  await expect(link).toBeFocused();
  await expect(row.getByRole("button")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(anna.details).toContainText("600 × 300");
  const copy = (await library.assets()).find(({ id }) => id !== coffee.id);
  if (!copy) throw new Error("there is no copy");
  await expect(page).toHaveURL(new RegExp(`asset=${copy.id}`));
  expect((await account.ask("GET", `/assets/${copy.id}`)).derived_from.asset_id).toBe(coffee.id);
  expect(await fitting(account, copy.id)).toContain("push-android-expanded");
});

test("the whole set of a channel is made at once, and what cannot be is told", async ({ account, anna, library }) => {
  const coffee = await library.given("coffee.jpg");
  await anna.opens(`/?asset=${coffee.id}`);
  const push = channel(anna, "Push notification");
  await push.locator("summary").click();
  const open = push.getByRole("button", { name: /^Make it fit/ });
  const wanted = await open.count();
  expect(wanted).toBeGreaterThan(1);
  await push.getByRole("button", { name: /^Make the whole set/ }).click();

  await expect(push.getByRole("link").first()).toBeFocused();
  const made = await push.getByRole("link").count();
  expect(made + (await open.count())).toBe(wanted);
  const copies = (await library.assets()).filter(({ id }) => id !== coffee.id);
  expect(copies).toHaveLength(made);
  for (const copy of copies) {
    const { placement } = (await account.ask("GET", `/assets/${copy.id}`)).derived_from;
    expect(await fitting(account, copy.id)).toContain(placement);
  }
  await expectAccessible(anna.page);
});

test("where transparency is lost, it is laid on a color of one's choice", async ({ account, anna, library, operator, page }) => {
  await takesOnlyJpeg(operator, account, "Footer stripe");
  const solid = await library.given("coffee.jpg");
  const [clear, other] = [await library.givenFile("clear.png", halfClear(800, 800)), await library.givenFile("other.png", halfClear(900, 900))];
  const choice = verdicts(anna).getByRole("group", { name: "Color under transparency" });
  const email = channel(anna, "Email");
  const row = email.getByRole("listitem").filter({ hasText: "Footer stripe" });
  await anna.opens(`/?asset=${solid.id}`);
  await expect(email).toBeVisible();
  await expect(choice).toHaveCount(0);

  await anna.tile("clear.png").click();
  await choice.getByRole("radio", { name: "White" }).focus();
  await expect(choice.getByRole("radio", { name: "White" })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(choice.getByRole("radio", { name: "Black" })).toBeChecked();
  await expectAccessible(page);
  await email.locator("summary").click();
  await row.getByRole("button", { name: /^Make it fit/ }).click();
  await expect(row).toContainText("#000000");
  await expect(choice).toHaveCount(0);
  expect(await colors(account, clear.id)).toEqual(["#000000"]);

  // The page remembers, and a color of one's own is taken too.
  await anna.tile("other.png").click();
  await expect(choice.getByRole("radio", { name: "Black" })).toBeChecked();
  await choice.getByRole("radio", { name: "Own color" }).check();
  await choice.locator("[type=color]").fill("#1a7f5a");
  await expectAccessible(page);
  await email.locator("summary").click();
  await row.getByRole("button", { name: /^Make it fit/ }).click();
  await expect(row).toContainText("#1a7f5a");
  // Where transparency may stay, it stays.
  await channel(anna, "WhatsApp").locator("summary").click();
  const sticker = channel(anna, "WhatsApp").getByRole("listitem").filter({ hasText: /^Sticker/ }).first();
  await sticker.getByRole("button", { name: /^Make it fit/ }).click();
  await expect(sticker.getByRole("link")).toBeVisible();
  expect(await colors(account, other.id)).toEqual([undefined, "#1a7f5a"]);
});

test("a copy is cut around what stands out, and the verdict says so", async ({ account, anna, library }) => {
  const clear = await library.givenFile("clear.png", halfClear(1200, 600));
  await anna.opens(`/?asset=${clear.id}`);
  const cards = channel(anna, "Content card");
  await cards.locator("summary").click();
  const row = cards.getByRole("listitem").filter({ hasText: "Classic" });
  await expect(row).toContainText("A copy made to fit is cut around what stands out.");
  await row.getByRole("button", { name: /^Make it fit/ }).click();
  await expect(row.getByRole("link")).toBeVisible();
  await expect(row).toContainText(/Cut to \d+ × \d+ px around what stands out\./);
  const [copy] = (await account.ask("GET", `/assets/${clear.id}/copies`)).items;
  const { x, width } = copy.derived_from.edit.region;
  expect(x + width / 2).toBeGreaterThan(600);
});

test.describe("in Portuguese", () => {
  test.use({ locale: "pt-BR" });

  test("verdicts are told in the reader's language", async ({ anna, library, page }) => {
    const coffee = await library.given("coffee.jpg");
    await anna.opens(`/?asset=${coffee.id}`);
    const cards = page.getByRole("region", { name: "Onde serve" }).getByRole("group").filter({ hasText: "Cartão de conteúdo" });
    await expect(cards.locator("summary")).toContainText("1 de 3 serve, 2 com corte");
    await cards.locator("summary").click();
    await expect(cards).toContainText("Corta à esquerda e à direita: ficam 400 × 400 px.");

    await page.goto(`${anna.site}/settings/placements`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Destinos");
  });
});

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });

      test("list and pages are for everyone", async ({ anna, library, page }) => {
        const coffee = await library.given("coffee.jpg");
        await anna.opens(`/?asset=${coffee.id}`);
        await openAll(anna);
        await looksRight(page);
        for (const query of ["", `?asset=${coffee.id}`]) {
          await page.goto(`${anna.site}/settings/placements${query}`);
          await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
          await looksRight(page);
        }
      });
    });
  }
}

/** The placements that a file fits. */
async function fitting(account: Account, id: string): Promise<string[]> {
  const { items } = await account.ask("GET", `/assets/${id}/placements?limit=200`);
  return items.filter(({ verdict }: { verdict: string }) => verdict === "fits").map(({ placement }: { placement: string }) => placement);
}

/** Adds a place below email that takes nothing transparent. */
async function takesOnlyJpeg(operator: Person, account: Account, name: string) {
  const { id } = (await account.ask("GET", "/me")).account;
  const desk = operator.page;
  await desk.goto(`${operator.site}/operator/accounts/${id}`);
  await desk.getByRole("combobox", { name: "Place", exact: true }).selectOption("new:email");
  await desk.getByLabel("Name of a new place").fill(name);
  await desk.getByLabel("File types").fill("image/jpeg");
  await desk.getByLabel("Page that says so").fill("https://mail.example.com/limits");
  await desk.getByLabel("Read on").fill("2026-11-21");
  await desk.locator("form").filter({ has: desk.getByLabel("Read on") }).getByRole("button", { name: "Save" }).click();
  await expect(desk.getByText("Done.")).toBeVisible();
}

/** What transparency was laid on in the copies of a file, the newest first. */
async function colors(account: Account, id: string): Promise<(string | undefined)[]> {
  const { items } = await account.ask("GET", `/assets/${id}/copies`);
  return items.map((copy: { derived_from: { background?: string } }) => copy.derived_from.background);
}

async function openAll(person: Person) {
  const lines = verdicts(person).locator("summary");
  await expect(lines.first()).toBeVisible();
  for (const line of await lines.all()) await line.click();
  await expect(verdicts(person).getByRole("listitem").last()).toBeVisible();
}

/** axe finds nothing, and nothing is wider than the window. */
async function looksRight(page: Page) {
  await expectAccessible(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error("nothing is drawn");
  return found;
}

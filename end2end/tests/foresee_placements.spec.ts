// A file that no message takes says so while it goes up, and goes up all the same.
import { expectAccessible } from "../support/a11y.ts";
import type { Account } from "../support/account.mjs";
import type { Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** The operator says of every placement that this is all it takes from the account. */
async function everywhere(account: Account, operator: Person, ...limits: object[]) {
  const { id } = (await account.ask("GET", "/me")).account;
  const rule = { source: "https://mail.example.com/limits", checked_on: "2026-11-21", confidence: "provider" };
  const rules = limits.map((limit) => ({ ...rule, ...limit }));
  for (const placement of (await account.ask("GET", "/placements?limit=200")).items) {
    const answer = await operator.context.request.post(`${operator.site}/api/v1/accounts/${id}/placements`, {
      data: { ...placement, rules, note: undefined },
      headers: { origin: operator.site },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }
}

test("what is too large for every message says so with its figures, and is kept", async ({ account, anna, files, operator, page }) => {
  await everywhere(account, operator, { limit: { of: "bytes", max: 30 }, unit: "bytes" });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("note.txt"));

  const hint = "It can stay here, but it is too large for any message: 39 bytes; at most 30 bytes.";
  await expect(anna.upload("note.txt")).toContainText(hint);
  await expect(anna.upload("note.txt")).toContainText("Uploaded");
  await expect(anna.tile("note.txt")).toBeVisible();
  await expectAccessible(page);
});

test("a picture with too few pixels for every message says so once it is decoded", async ({ account, anna, files, operator, page }) => {
  await everywhere(account, operator, { limit: { of: "pixels", min_width: 500 }, unit: "pixels" });
  await anna.opens("/");
  // The rules come when the files are up and the page has let go of them.
  await page.route("**/rpc/list_placements*", async (route) => {
    await expect(anna.upload("chelsea.jpg")).toContainText("Uploaded");
    await route.continue();
  });
  // 451 pixels across, and 600.
  await files.drop(page.getByRole("main"), files.sample("chelsea.jpg"), files.sample("coffee.jpg"));

  await expect(anna.upload("chelsea.jpg")).toContainText("It can stay here, but it has too few pixels for any message.");
  await expect(anna.upload("coffee.jpg")).toContainText("Uploaded");
  await expect(anna.upload("coffee.jpg")).not.toContainText("any message");
});

test("a type that no message takes says so", async ({ account, anna, files, operator, page }) => {
  await everywhere(account, operator, { limit: { of: "types", any: ["image/png"] }, unit: "media_types" });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.sample("letter.pdf"));
  await expect(anna.upload("letter.pdf")).toContainText("It can stay here, but no message takes it as it is.");
});

test("what some message takes is not talked about", async ({ anna, files, page }) => {
  await anna.opens("/");
  const asked = page.waitForResponse("**/rpc/list_placements*");
  await files.drop(page.getByRole("main"), files.sample("coffee.jpg"), files.sample("letter.pdf"));
  await asked;
  for (const name of ["coffee.jpg", "letter.pdf"]) {
    await expect(anna.upload(name)).toContainText("Uploaded");
    await expect(anna.upload(name)).not.toContainText("message");
  }
});

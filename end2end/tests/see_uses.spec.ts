// Where files are used outside: seen in the details, and said before they go.
import { expect, test } from "../support/test.ts";

test("the details name the places that use a file, and lead there", async ({ anna, library }) => {
  const [used, unused] = await library.givenPhotos(2);
  if (!used || !unused) throw new Error("two photos");
  await library.givenUsage(used, "Welcome mail", "https://crm.example/templates/7");
  await library.givenUsage(used, "Summer sale");
  await anna.opens(`/?asset=${used.id}`);

  const places = anna.details.getByRole("region", { name: "Used in 2 places" });
  await expect(places).toContainText("Summer sale");
  const link = places.getByRole("link", { name: "Welcome mail" });
  await expect(link).toHaveAttribute("href", "https://crm.example/templates/7");
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(link).toHaveAttribute("target", "_blank");

  await anna.opens(`/?asset=${unused.id}`);
  await expect(anna.details.getByRole("heading", { name: "Details" })).toBeVisible();
  await expect(anna.details.getByText(/^Used in/)).toHaveCount(0);
});

test("what is used goes to the trash only once that was said", async ({ anna, library, page }) => {
  const [used] = await library.givenPhotos(3);
  if (!used) throw new Error("a photo");
  await library.givenUsage(used, "Welcome mail");
  await anna.opens(`/?asset=${used.id}`);

  await anna.details.getByRole("button", { name: "Move to trash" }).click();
  await expect(anna.ask).toContainText("Used in 1 place: “Welcome mail”.");
  await anna.ask.getByRole("button", { name: "Cancel" }).click();
  expect(await library.assets("&state=trashed")).toEqual([]);

  await anna.opens("/");
  await anna.tile("photo-02.jpg").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(anna.ask).toContainText("“Welcome mail”");
  await anna.ask.getByRole("button", { name: "Move to trash" }).press("Enter");
  await expect(page.getByText("3 files moved to trash")).toBeVisible();
  await expect.poll(async () => (await library.assets("&state=trashed")).length).toBe(3);
});

test("the question before a folder goes says where its files are used", async ({ anna, library, page }) => {
  const folder = await library.givenFolder("Summer");
  const [used] = await library.givenPhotos(1, folder);
  if (!used) throw new Error("a photo");
  for (const title of ["A", "B", "C", "D"]) await library.givenUsage(used, title);
  await anna.opens("/");

  await anna.folder("Summer").focus();
  await page.keyboard.press("Delete");
  await expect(anna.ask).toContainText("Used in 4 places, such as “");
});

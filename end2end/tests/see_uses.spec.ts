// Where files are used outside: seen in the details, and said before they go.
import { expectAccessible } from "../support/a11y.ts";
import { media } from "../support/bytes.mjs";
import { CropEditor } from "../support/crop.ts";
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

test("what is used shows another file only once that was said", async ({ anna, files, library, page }) => {
  const asset = await library.givenFile("cat.jpg", media("chelsea.jpg"));
  await library.givenUsage(asset, "Welcome mail");
  await anna.opens(`/?asset=${asset.id}`);
  const versions = anna.details.getByRole("region", { name: "Versions" });
  const chooses = async () => {
    const choosing = page.waitForEvent("filechooser");
    await versions.getByRole("button", { name: "Replace file…" }).click();
    await (await choosing).setFiles(files.sample("coffee.jpg"));
    await expect(anna.ask).toContainText("Used in 1 place: “Welcome mail”. It changes there, too.");
  };

  await chooses();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(anna.ask).toHaveCount(0);
  expect(await library.asset(asset.id)).toMatchObject({ version: 1, sha256: asset.sha256 });
  await chooses();
  await anna.ask.getByRole("button", { name: "Replace" }).press("Enter");
  await expect(page.getByText("Replaced. The public link shows the new file.")).toBeVisible();
  expect(await library.asset(asset.id)).toMatchObject({ version: 2 });

  await versions.getByRole("button", { name: "Bring back" }).press("Enter");
  await expect(anna.ask).toContainText("“Welcome mail”");
  await anna.ask.getByRole("button", { name: "Bring back" }).press("Enter");
  await expect(page.getByText("That version is back. The public link shows it.")).toBeVisible();
  expect(await library.asset(asset.id)).toMatchObject({ version: 3, sha256: asset.sha256 });
});

test("where a picture is used is said where it is cropped", async ({ anna, library, page }) => {
  const [used, unused] = await library.givenPhotos(2);
  if (!used || !unused) throw new Error("two photos");
  await library.givenUsage(used, "Welcome mail");
  const crop = new CropEditor(page);

  await anna.opens(`/?asset=${used.id}`);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await expect(crop.dialog).toContainText("Used in 1 place: “Welcome mail”. What you apply is seen there, too.");
  await expectAccessible(page);

  await anna.opens(`/?asset=${unused.id}`);
  await anna.details.getByRole("button", { name: "Crop" }).click();
  await crop.isThere();
  await expect(crop.dialog).not.toContainText("Used in");
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

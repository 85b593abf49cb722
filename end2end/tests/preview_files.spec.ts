// What there is to see of files that are no pictures, beside the grid and on the whole screen.
import { expectAccessible } from "../support/a11y.ts";
import { expect, test } from "../support/test.ts";

test("sound is drawn, and a click in the drawing goes there", async ({ anna, library }) => {
  await library.given("tone.mp3");
  await anna.opens("/");
  await anna.tile("tone.mp3").click();

  await expect(anna.details.locator(".facts")).toContainText("MP3");
  await expect(anna.details.getByText("Codecs")).toBeVisible();
  const wave = anna.details.locator(".wave");
  const player = anna.details.locator("audio");
  await expect(wave).toBeVisible();
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
  await wave.click();

  const share = (audio: HTMLAudioElement) => audio.currentTime / audio.duration;
  await expect.poll(() => player.evaluate(share)).toBeGreaterThan(0.45);
  expect(await player.evaluate(share)).toBeLessThan(0.55);
  await expectAccessible(anna.page);
});

test("a contact card reads as a card, and fetches nothing", async ({ anna, files, library, page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const card = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    "FN:Maria Clara",
    "ORG:Padaria Central",
    "TEL;TYPE=WORK:+55 11 4000-0001",
    "URL:javascript:alert(1)",
    "PHOTO;VALUE=URI:http://127.0.0.1:9/photo.jpg",
    "END:VCARD",
  ];
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("Maria.vcf", Buffer.from(card.join("\r\n"))));
  await expect(anna.tile("Maria.vcf").locator(".initial")).toHaveText("M");
  await anna.tile("Maria.vcf").click();

  const read = anna.details.getByRole("region", { name: "Contents" });
  await expect(read.getByText("Maria Clara")).toBeVisible();
  await expect(read).toContainText("Padaria Central");
  await expect(read).toContainText("which is not loaded");
  await expect(read.getByRole("link")).toHaveText(["+55 11 4000-0001"]);
  await expect(read.getByRole("link")).toHaveAttribute("href", "tel:+551140000001");
  await expectAccessible(page);

  await anna.details.getByRole("button", { name: "Full screen" }).click();
  await expect(anna.preview.locator(".card").getByText("Maria Clara")).toBeVisible();
  await expectAccessible(page);
  expect(asked.filter((address) => address.includes("photo.jpg"))).toEqual([]);
});

test("a text is read in its own letters, a document by its words", async ({ anna, library }) => {
  await library.given("note.txt");
  await library.given("letter.pdf");
  await anna.opens("/");
  const read = anna.details.getByRole("region", { name: "Contents" });
  await anna.tile("note.txt").click();
  await expect(read).toContainText("Preço 価格 цена 🙂");
  await expect(read).toContainText("Read as utf-8");

  await anna.tile("letter.pdf").click();
  await anna.details.getByText("The words of the document").first().click();
  await expect(read).toContainText("without its layout");
  await expectAccessible(anna.page);
});

test("an animated picture moves under the mouse and with the focus, and stands otherwise", async ({ anna, library, page }) => {
  await library.given("coffee.jpg");
  await library.given("spinner.gif");
  await anna.opens("/");
  await anna.takesTheMouse();
  const picture = anna.tile("spinner.gif").getByRole("img");
  await expect(picture).toHaveAttribute("src", /renditions\/thumb/);

  await anna.tile("spinner.gif").hover();
  await expect(picture).toHaveAttribute("src", /\/content\?/);
  await anna.tile("coffee.jpg").hover();
  await expect(picture).toHaveAttribute("src", /renditions\/thumb/);
  await anna.tile("spinner.gif").focus();
  await expect(picture).toHaveAttribute("src", /\/content\?/);

  await anna.tile("coffee.jpg").focus();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await anna.tile("spinner.gif").hover();
  await anna.tile("spinner.gif").focus();
  await expect(picture).toHaveAttribute("src", /renditions\/thumb/);
});

/** A PDF of so many pages, each with a square that grows from page to page. */
function document(pages: number): Buffer {
  const numbers = Array.from({ length: pages }, (_, index) => index);
  const lines = [
    "%PDF-1.7",
    "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    `2 0 obj<</Type/Pages/Count ${pages}/MediaBox[0 0 210 297]/Kids[${numbers.map((n) => `${n * 2 + 3} 0 R`).join(" ")}]>>endobj`,
    ...numbers.flatMap((n) => {
      const drawing = `0.2 0.3 0.8 rg 20 20 ${40 + n * 20} ${40 + n * 20} re f`;
      return [
        `${n * 2 + 3} 0 obj<</Type/Page/Parent 2 0 R/Contents ${n * 2 + 4} 0 R>>endobj`,
        `${n * 2 + 4} 0 obj<</Length ${drawing.length}>>stream\n${drawing}\nendstream endobj`,
      ];
    }),
    "trailer<</Root 1 0 R>>",
    "%%EOF",
  ];
  return Buffer.from(lines.join("\n"));
}

test("a PDF is seen in the grid, and turned page by page by mouse and keys", async ({ anna, files, page }) => {
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("Report.pdf", document(5)));
  // It comes by itself, once it is made.
  const thumb = anna.tile("Report.pdf").getByRole("img");
  await expect(thumb).toHaveAttribute("src", /renditions\/thumb/);
  await expect.poll(() => thumb.evaluate((img: HTMLImageElement) => img.naturalHeight)).toBe(320);

  await anna.tile("Report.pdf").click();
  const strip = anna.details.getByRole("group", { name: "Pages" });
  await expect(strip.getByRole("button")).toHaveCount(5);
  const sheet = anna.details.locator("figure img");
  await expect(sheet).toHaveAttribute("alt", "Page 1 of 5");
  await expect.poll(() => sheet.evaluate((img: HTMLImageElement) => img.naturalHeight)).toBe(1600);
  await strip.getByRole("button", { name: "Page 3 of 5" }).click();
  await expect(sheet).toHaveAttribute("alt", "Page 3 of 5");
  await page.keyboard.press("ArrowRight");
  await expect(strip.getByRole("button", { name: "Page 4 of 5" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(sheet).toHaveAttribute("alt", "Page 5 of 5");
  await expect(sheet).toHaveAttribute("src", /pages\/5\/renditions\/preview/);
  await expectAccessible(page);

  await anna.details.getByRole("button", { name: "Full screen" }).click();
  await anna.preview.getByRole("button", { name: "Page 2 of 5" }).click();
  await expect(anna.preview.locator("figure img")).toHaveAttribute("src", /pages\/2\/renditions\/preview/);
  await expectAccessible(page);
});

test("a PDF that cannot be drawn keeps its icon and says so", async ({ anna, files, page }) => {
  await anna.opens("/");
  const broken = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>");
  await files.drop(page.getByRole("main"), files.write("Broken.pdf", broken));
  await anna.tile("Broken.pdf").click();

  await expect(anna.details.getByText("There is no preview of this file.")).toBeVisible();
  await expect(anna.tile("Broken.pdf").locator(".glyph")).toBeVisible();
});

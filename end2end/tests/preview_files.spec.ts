// What there is to see of files that are no pictures, beside the grid and on the whole screen.
import type { Locator } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { zip } from "../support/bytes.mjs";
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

test("the names in a zip are listed, and nothing is unpacked", async ({ anna, files, page }) => {
  await anna.opens("/");
  const album = zip({ "Férias/": "", "Férias/praia.txt": "sand and salt", "readme.txt": "hello" });
  await files.drop(page.getByRole("main"), files.write("Album.zip", album));
  await expect(anna.tile("Album.zip")).toContainText("ZIP");
  await anna.tile("Album.zip").click();

  const listed = (place: Locator) => place.getByRole("region", { name: "Contents" });
  await expect(listed(anna.details)).toContainText("2 files, 18 bytes unpacked");
  await expect(listed(anna.details).getByRole("listitem")).toHaveText([/^Férias\/$/, /^Férias\/praia\.txt13 bytes$/, /^readme\.txt5 bytes$/]);
  await expect(listed(anna.details)).not.toContainText("sand");
  await expectAccessible(page);

  await anna.details.getByRole("button", { name: "Full screen" }).press("Enter");
  await expect(listed(anna.preview).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
});

for (const [name, parts, words] of [
  ["Offer.docx", letter("Twelve lanterns for the harbor"), "Twelve lanterns for the harbor"],
  ["Stock.xlsx", table("Lanterns"), "Lanterns"],
  ["Poem.odt", openDocument("The river keeps its own time"), "The river keeps its own time"],
] as const) {
  test(`what ${name} says is read, found and shown`, async ({ anna, files, library, page }) => {
    await anna.opens("/");
    await files.drop(page.getByRole("main"), files.write(name, zip(parts)));
    await anna.tile(name).click();
    const read = (place: Locator) => place.getByRole("region", { name: "Contents" });
    await expect(read(anna.details)).toContainText(words);
    await expect(read(anna.details)).toContainText("without its layout");
    await anna.details.getByRole("button", { name: "Full screen" }).press("Enter");
    await expect(read(anna.preview)).toContainText(words);
    await expectAccessible(page);

    await page.keyboard.press("Escape");
    await expect(anna.preview).toBeHidden();
    // Words are learned in a job behind the upload.
    const last = words.split(" ").at(-1) ?? words;
    await expect.poll(async () => (await library.assets(`&q=${last}`)).length).toBe(1);
    await anna.search.fill(last);
    await expect(anna.tile(name)).toContainText(`Says ${words}`);
  });
}

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

test("a long PDF is gone to its end and to any page, and only what is looked at is drawn", async ({ anna, files, page }) => {
  const drawn = new Set<number>();
  page.on("request", (request) => {
    const leaf = /pages\/(\d+)\/renditions/.exec(request.url());
    if (leaf) drawn.add(Number(leaf[1]));
  });
  await anna.opens("/");
  await files.drop(page.getByRole("main"), files.write("Book.pdf", document(300)));
  await anna.tile("Book.pdf").click();
  const strip = anna.details.getByRole("group", { name: "Pages" });
  const sheet = anna.details.locator("figure img");
  await strip.getByRole("button", { name: "Page 1 of 300", exact: true }).click();
  await page.keyboard.press("End");
  await expect(sheet).toHaveAttribute("alt", "Page 300 of 300");
  await expect(strip.getByRole("button", { name: "Page 300 of 300" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(strip.getByRole("button", { name: "Page 299 of 300" })).toBeFocused();
  await strip.getByRole("button", { name: "Earlier pages" }).click();
  await expect(strip.getByRole("button", { name: "Page 221 of 300" })).toHaveCount(1);

  const field = anna.details.getByLabel("Go to page");
  await field.fill("150");
  await field.press("Enter");
  await expect(sheet).toHaveAttribute("src", /pages\/150\/renditions\/preview/);
  await expect(strip.getByRole("button", { name: "Page 150 of 300" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);
  expect(drawn.size, "pages that were drawn").toBeLessThan(120);
  expect(drawn.has(80)).toBe(false);
});

test("a PDF that cannot be drawn keeps its icon and says so", async ({ anna, files, page }) => {
  await anna.opens("/");
  const broken = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>");
  await files.drop(page.getByRole("main"), files.write("Broken.pdf", broken));
  await anna.tile("Broken.pdf").click();

  await expect(anna.details.getByText("There is no preview of this file.")).toBeVisible();
  await expect(anna.tile("Broken.pdf").locator(".glyph")).toBeVisible();
});

/** The parts of a letter as Word writes it. */
function letter(words: string): Record<string, string> {
  return {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<w:document><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
  };
}

/** The parts of a table as Excel writes it. */
function table(words: string): Record<string, string> {
  return {
    "[Content_Types].xml": "<Types/>",
    "xl/sharedStrings.xml": `<sst><si><t>${words}</t></si></sst>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
  };
}

/** The parts of a letter as OpenDocument has them. */
function openDocument(words: string): Record<string, string> {
  return {
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": `<office:document-content><office:body><office:text><text:p>${words}</text:p></office:text></office:body></office:document-content>`,
  };
}

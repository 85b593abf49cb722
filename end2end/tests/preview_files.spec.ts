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

// Takes pictures of every surface: for looking at, and one for the README.
//
//   npm run screens               everything, in target/screens
//   npm run screens -- settings   some surfaces, by name
//   npm run screens -- --readme   docs/images/library.png (then: pngquant, to save its readers bytes)
//
// With SATCHEL_PHOTOS=folder the grid shows the photos of that folder; without it, those of media/.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

import { Account } from "./support/account.mjs";
import { chromium as launchOptions } from "./support/browser.mjs";
import { media, noise } from "./support/bytes.mjs";
import { Server, TARGET } from "./support/server.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** Cuts of the photos in media/: name, source, and a region in fractions. */
const CUTS = /** @type {[string, string, number, number, number, number][]} */ ([
  ["Launch day.jpg", "rocket.jpg", 0, 0, 1, 1],
  ["Chelsea.jpg", "chelsea.jpg", 0, 0, 1, 1],
  ["Deep field.jpg", "hubble.jpg", 0, 0, 1, 1],
  ["Espresso.jpg", "coffee.jpg", 0, 0, 1, 1],
  ["Commander.jpg", "astronaut.jpg", 0, 0, 1, 1],
  ["Galaxies I.jpg", "hubble.jpg", 0.05, 0.1, 0.45, 0.4],
  ["Green eyes.jpg", "chelsea.jpg", 0.25, 0.1, 0.5, 0.6],
  ["Crema.jpg", "coffee.jpg", 0.3, 0.2, 0.45, 0.5],
  ["Helmet.jpg", "astronaut.jpg", 0.45, 0.35, 0.5, 0.6],
  ["Night tower.jpg", "rocket.jpg", 0.3, 0.1, 0.35, 0.9],
  ["Galaxies II.jpg", "hubble.jpg", 0.5, 0.45, 0.45, 0.5],
  ["Portrait, close.jpg", "astronaut.jpg", 0.25, 0, 0.45, 0.5],
  ["Table.jpg", "coffee.jpg", 0, 0.45, 1, 0.55],
  ["Whiskers.jpg", "chelsea.jpg", 0.1, 0.35, 0.6, 0.6],
  ["Lift-off.jpg", "rocket.jpg", 0.2, 0.45, 0.6, 0.5],
  ["Spiral.jpg", "hubble.jpg", 0.25, 0.5, 0.3, 0.3],
  ["Patches.jpg", "astronaut.jpg", 0.15, 0.5, 0.4, 0.45],
  ["Spoon.jpg", "coffee.jpg", 0.55, 0.3, 0.45, 0.6],
  ["Far stars.jpg", "hubble.jpg", 0.6, 0.05, 0.35, 0.6],
  ["Nap.jpg", "chelsea.jpg", 0, 0, 0.7, 0.75],
]);

const server = await Server.start();
const browser = await chromium.launch(launchOptions());
try {
  const account = await Account.create(server, "Harbor Lights");
  const person = await account.addPerson("anna", "administrator");
  if (process.argv.includes("--readme")) await takeForReadme(account, person);
  else await takeAll(account, person);
} finally {
  await browser.close();
  await server.stop();
}

/**
 * @param {Account} account
 * @param {{ email: string, password: string }} person
 */
async function takeAll(account, person) {
  mkdirSync(path.join(TARGET, "screens"), { recursive: true });
  const asked = process.argv.slice(2);
  for (const surface of [emptyLibrary, fill, library, details, history, uses, preview, crop, trash, tray, tags, settings]) {
    if (asked.length === 0 || surface === fill || asked.includes(surface.name)) await surface(account, person);
  }
}

/** @typedef {{ email: string, password: string }} Credentials */

/** @param {Account} _ @param {Credentials} person */
async function emptyLibrary(_, person) {
  await everywhere("sign-in", undefined, "/sign-in");
  await everywhere("empty", person, "/");
}

/** @param {Account} account */
async function fill(account) {
  for (const name of ["Campaigns", "Products", "Team"]) await account.ask("POST", "/folders", { name });
  const folder = process.env.SATCHEL_PHOTOS;
  const photos = folder ? photosOf(folder) : await cuts();
  for (const [name, bytes] of photos) await add(account, name, bytes);
  for (const name of ["clip.mp4", "tone.mp3", "letter.pdf", "contact.vcf", "spinner.gif"]) {
    await add(account, name, media(name));
  }
}

/** @param {Account} _ @param {Credentials} person */
async function library(_, person) {
  await everywhere("library", person, "/");
  await everywhere("list", person, "/?view=list");
}

/** @param {Account} account @param {Credentials} person */
async function details(account, person) {
  await everywhere("details", person, `/?asset=${await newestImage(account)}`);
}

/** @param {Account} account @param {Credentials} person */
async function history(account, person) {
  const id = await newestImage(account);
  for (const name of ["coffee.jpg", "chelsea.jpg"]) await add(account, name, media(name), {}, `/assets/${id}/versions`);
  await everywhere("versions", person, `/?asset=${id}`, async (page) => {
    const versions = page.getByRole("region", { name: "Versions" });
    await versions.getByRole("button", { name: "Compare" }).first().click();
    await versions.locator("figure img").last().scrollIntoViewIfNeeded();
  });
}

/** @param {Account} account @param {Credentials} person */
async function uses(account, person) {
  const id = await newestImage(account);
  for (const [reference, title] of [["7", "Welcome mail"], ["8", "Summer sale, second reminder for everybody who has not opened"]]) {
    const url = `https://crm.example/templates/${reference}`;
    await account.ask("POST", `/assets/${id}/usages`, { kind: "template", reference, title, url });
  }
  await everywhere("used-in", person, `/?asset=${id}`, async (page) => {
    await page.getByRole("region", { name: /^Used in/ }).scrollIntoViewIfNeeded();
  });
  await everywhere("used-in-asked", person, `/?asset=${id}`, async (page) => {
    await page.getByRole("button", { name: "Move to trash" }).click();
    await page.getByRole("dialog").getByText("Used in").waitFor();
  });
}

/** @param {Account} account @param {Credentials} person */
async function tags(account, person) {
  const { items } = await account.ask("GET", "/assets?kind=image&limit=6");
  for (const [index, { id }] of items.entries()) {
    await account.ask("PATCH", `/assets/${id}`, { tags: index % 2 ? ["Sea", "Summer"] : ["Sea", "Campaign 2026"] });
  }
  await everywhere("tags", person, "/settings/tags");
  await everywhere("tag-leaves", person, "/settings/tags", async (page) => {
    const row = page.getByRole("listitem").filter({ has: page.getByText("Sea", { exact: true }) });
    await row.getByText("Edit").click();
    await row.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("link", { name: "Keep it" }).waitFor();
  });
}

/** @param {Account} account @param {Credentials} person */
async function preview(account, person) {
  await everywhere("preview", person, `/?asset=${await newestImage(account)}`, async (page) => {
    await page.getByRole("button", { name: "Full screen" }).click();
    await page.getByRole("dialog").getByRole("img").waitFor();
  });
}

/** @param {Account} account @param {Credentials} person */
async function crop(account, person) {
  await everywhere("crop", person, `/?asset=${await newestImage(account)}&crop=open`, async (page) => {
    const group = page.getByRole("dialog").getByRole("group", { name: "Push notification" });
    await group.getByRole("button").first().click();
    await page.getByRole("button", { name: "Focal point" }).click();
  });
}

/** @param {Account} account @param {Credentials} person */
async function trash(account, person) {
  const { items } = await account.ask("GET", "/assets?kind=image&sort=name");
  for (const { id } of items.slice(0, 4)) await account.ask("DELETE", `/assets/${id}`);
  for (let index = 1; index <= 52; index++) {
    const folder = await account.ask("POST", "/folders", { name: `Client ${index}` });
    await account.ask("DELETE", `/folders/${folder.id}`);
  }
  await everywhere("trash", person, "/?state=trashed");
  await everywhere("trash-more", person, "/?state=trashed", async (page) => {
    await page.getByRole("button", { name: "More folders" }).scrollIntoViewIfNeeded();
  });
}

/** @param {Account} _ @param {Credentials} person */
async function tray(_, person) {
  const beach = { name: "beach.png", mimeType: "image/png", buffer: noise(1500, 1300) };
  const note = { name: "note.txt", mimeType: "text/plain", buffer: media("note.txt") };
  await everywhere("tray", person, "/", async (page) => {
    await page.getByLabel("Files to upload", { exact: true }).setInputFiles([beach, note]);
    await page.getByText("needs you").first().waitFor();
  });
}

/** @param {Account} account @param {Credentials} person */
async function settings(account, person) {
  await server.run(["account", "set", account.name, "--quota", "25MB"]);
  await account.addPerson("benedict", "agent");
  await account.addPerson("Maximiliane-Alexandra von Hohenstein-Wolkenburg zu Lichtenau", "agent").catch(() => {});
  const olga = await account.addPerson("olga", "agent", ["--operator"]);
  const invitation = await account.ask("POST", "/invitations", { email: "zoe@example.com", role: "agent" });
  const { items } = await account.ask("GET", "/users");
  const ben = items.find((/** @type {{ name: string }} */ { name }) => name === "Benedict");
  const reset = await account.ask("POST", `/users/${ben.id}/reset-password`);
  for (const page of ["profile", "storage", "people", "audit"]) await everywhere(page, person, `/settings/${page}`);
  await everywhere("storage-moved", person, "/settings/storage?trashed=2");
  await everywhere("person", person, `/settings/people/${ben.id}`);
  await everywhere("person-refused", person, `/settings/people/${ben.id}?problem=invalid&reason=above_allowance&limit=1000000`);
  await everywhere("audit-nothing", person, "/settings/audit?kind=asset_purged");
  await everywhere("accounts", olga, "/operator/accounts");
  await everywhere("account", olga, `/operator/accounts/${ben.account_id}`);
  const path = (/** @type {string} */ url) => new URL(url).pathname;
  await everywhere("invite", undefined, path(invitation.url));
  await everywhere("reset", undefined, path(reset.url));
  await everywhere("link-over", undefined, "/invite/over");
  await everywhere("meter", person, "/", async (page) => {
    const menu = page.locator(".toolbar .menu");
    if (await menu.isVisible()) await menu.click();
    await page.getByRole("link", { name: /used$/ }).click();
    await page.getByRole("dialog", { name: "Storage" }).getByText("Images").waitFor();
  });
}

/**
 * A surface in light and dark, wide and narrow.
 * @param {string} name
 * @param {Credentials | undefined} person
 * @param {string} address
 * @param {(page: import("@playwright/test").Page) => Promise<void>} [act]
 */
async function everywhere(name, person, address, act) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await open({ colorScheme, viewport }, person, address);
      await act?.(page);
      await settled(page);
      const picture = path.join(TARGET, "screens", `${name}-${colorScheme}-${size}.png`);
      await page.screenshot({ path: picture, fullPage: address.startsWith("/settings") || address.startsWith("/operator") });
      await page.context().close();
    }
  }
}

/**
 * @param {Account} account
 * @param {Credentials} person
 */
async function takeForReadme(account, person) {
  const folders = [];
  for (const name of ["Campaigns", "Products", "Summer 2026", "Team"]) {
    folders.push((await account.ask("POST", "/folders", { name })).id);
  }
  for (const [index, [name, bytes]] of (await cuts()).reverse().entries()) {
    const folder_id = folders[(index * index) % 7];
    await add(account, name, bytes, folder_id ? { folder_id } : {});
  }
  const { items } = await account.ask("GET", "/assets?q=Chelsea");
  const alt_text = "A ginger tabby cat looks into the camera";
  await account.ask("PATCH", `/assets/${items[0].id}`, { alt_text, tags: ["cat", "portrait"] });
  const view = { colorScheme: /** @type {const} */ ("light"), viewport: { width: 1280, height: 800 } };
  const page = await open(view, person, `/?asset=${items[0].id}`);
  await settled(page);
  const folder = path.join(ROOT, "docs", "images");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, "library.png") });
}

/**
 * @param {import("@playwright/test").BrowserContextOptions} options
 * @param {Credentials | undefined} person
 * @param {string} address
 */
async function open(options, person, address) {
  const page = await (await browser.newContext({ locale: "en-US", ...options })).newPage();
  if (person) {
    await page.request.post(`${server.url}/sign-in`, { form: person, headers: { origin: server.url } });
  }
  await page.goto(server.url + address);
  const isPlain = /^\/(settings|operator)/.test(address);
  if (person && !isPlain) await page.locator(".library.lives").waitFor();
  return page;
}

/**
 * Every picture in sight is there and nothing moves.
 * @param {import("@playwright/test").Page} page
 */
async function settled(page) {
  await page.waitForFunction(() =>
    [...document.images].every((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return image.complete || bottom < 0 || top > innerHeight;
    }),
  );
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((it) => it.effect?.getTiming().iterations !== Infinity);
    for (const animation of passing) animation.finish();
  });
}

/** @param {Account} account @returns {Promise<string>} */
async function newestImage(account) {
  return (await account.ask("GET", "/assets?kind=image&limit=1")).items[0].id;
}

/**
 * @param {Account} account
 * @param {string} name
 * @param {Buffer} bytes
 * @param {Record<string, string>} [fields]
 * @param {string} [door]
 */
async function add(account, name, bytes, fields = {}, door = "/assets") {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", new Blob([new Uint8Array(bytes)]), name);
  await account.ask("POST", door, form);
}

/** @param {string} folder @returns {[string, Buffer][]} */
function photosOf(folder) {
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
  const photos = names.map((name) => /** @type {[string, Buffer]} */ ([name, readFileSync(path.join(folder, name))]));
  return photos.filter(([, bytes]) => bytes.length <= 5_000_000);
}

/** The photos of media/, and cuts of them. @returns {Promise<[string, Buffer][]>} */
async function cuts() {
  const page = await browser.newPage();
  /** @type {[string, Buffer][]} */
  const pictures = [];
  for (const [name, source, x, y, width, height] of CUTS) {
    const data = media(source).toString("base64");
    const cut = await page.evaluate(async ({ data, x, y, width, height }) => {
      const picture = new Image();
      picture.src = `data:image/jpeg;base64,${data}`;
      await picture.decode();
      const [across, down] = [picture.naturalWidth, picture.naturalHeight];
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(across * width);
      canvas.height = Math.round(down * height);
      const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      brush.drawImage(picture, x * across, y * down, width * across, height * down, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1] ?? "";
    }, { data, x, y, width, height });
    pictures.push([name, Buffer.from(cut, "base64")]);
  }
  await page.close();
  return pictures;
}

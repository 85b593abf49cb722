// The library in another program: files are found, brought, made to fit and put into a message there.
import type { Page } from "@playwright/test";

import { expectAccessible } from "../support/a11y.ts";
import { media, sha256 } from "../support/bytes.mjs";
import { test } from "../support/picker.ts";
import { expect } from "../support/test.ts";

/** A place that cuts a picture of 600 × 400 pixels. */
const PLACE = "content-card-classic";

test("a file is chosen, and everybody sees it where it was put", async ({ browser, library, page, picker }) => {
  const coffee = await library.given("coffee.jpg", { altText: "A cup of coffee." });
  await library.given("letter.pdf");
  await picker.visits();
  const opener = page.getByRole("button", { name: "Add a file" });
  await opener.focus();
  await picker.shows();
  await picker.uses("coffee.jpg");
  await expect(opener).toBeFocused();

  const chosen = await picker.chosen();
  expect(chosen).toMatchObject({
    id: coffee.id,
    name: "coffee.jpg",
    kind: "image",
    width: 600,
    height: 400,
    bytes: coffee.size,
    mime: "image/jpeg",
    alt: "A cup of coffee.",
    placement: null,
    verdict: null,
    variant: null,
  });
  expect(chosen.url).toBe((await library.asset(coffee.id)).url);
  const stranger = await browser.newContext();
  const shown = await stranger.request.get(chosen.url);
  expect(shown.headers()["content-type"]).toBe("image/jpeg");
  await stranger.close();
});

test("several are chosen in an order, and no more than asked for", async ({ library, picker }) => {
  await library.givenPhotos(4);
  await picker.visits();
  await picker.shows({ multiple: true, max: 3 });
  for (const index of [3, 1, 2]) await picker.file(`photo-0${index}.jpg`).click();
  await expect(picker.file("photo-01.jpg")).toHaveAttribute("aria-selected", "true");
  await picker.file("photo-04.jpg").click();
  await expect(picker.file("photo-04.jpg")).toHaveAttribute("aria-selected", "false");
  await picker.handsOver();
  const { items } = await picker.chosen();
  expect(items.map(({ name }) => name)).toEqual(["photo-03.jpg", "photo-01.jpg", "photo-02.jpg"]);
});

test("what is chosen is known to be used in what people write", async ({ account, host, library, picker }) => {
  const letter = { kind: "message", reference: "ticket-7", title: "About your order", url: `${host.url}/tickets/7` };
  host.wishes = { ...host.wishes, used_in: letter } as never;
  const coffee = await library.given("coffee.jpg");
  const pdf = await library.given("letter.pdf");
  const uses = async (id: string) => (await account.ask("GET", `/assets/${id}/usages`)).items;
  await picker.visits();
  await picker.shows({ multiple: true });
  await picker.uses("letter.pdf");
  await picker.shows({ placement: PLACE });
  await picker.file("coffee.jpg").click();
  await picker.button("Make it fit").click();
  await expect(picker.frame.getByText(/A copy that fits is used/)).toBeVisible();
  await picker.handsOver();

  const { variant } = await picker.chosen();
  expect(await uses(variant?.id ?? "")).toMatchObject([{ ...letter, known_by: "picker" }]);
  expect(await uses(coffee.id), "the copy stands there, not the file it was made of").toEqual([]);
  expect(await uses(pdf.id)).toHaveLength(1);
});

test("a use that cannot be recorded is told, and keeps nobody from what they chose", async ({
  host,
  library,
  page,
  picker,
  watch,
}) => {
  watch.expects(/403/);
  const letter = { kind: "message", reference: "ticket-7" };
  host.wishes = { ...host.wishes, used_in: letter, max_operations: 1 } as never;
  await library.given("coffee.jpg");
  await picker.visits();
  await page.evaluate(() => {
    window.told = [];
    const onProblem = (problem: Satchel.Problem) => window.told.push(problem.code);
    window.answer = Satchel.open({ session: "/satchel-session", onProblem }).then((selection) => ({ selection }));
  });
  await picker.isThere();
  await picker.uses("coffee.jpg");

  expect((await picker.chosen()).name).toBe("coffee.jpg");
  expect(await page.evaluate(() => window.told)).toEqual(["operations_spent"]);
});

test("a file is brought from inside, found by words and chosen by keys alone", async ({
  account,
  library,
  page,
  picker,
}) => {
  await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await picker.visits();
  await page.getByRole("button", { name: "Add a file" }).focus();
  await picker.shows({ kinds: ["image"] });
  const field = picker.frame.getByLabel("Files to upload");
  await field.setInputFiles({ name: "moon.jpg", mimeType: "image/jpeg", buffer: media("hubble.jpg") });
  await expect(picker.file("moon.jpg")).toBeVisible();
  await expect(picker.file("moon.jpg")).toHaveAttribute("aria-selected", "true");
  await picker.handsOver();
  const { id } = await picker.chosen();
  expect(sha256(await account.download(id))).toBe(sha256(media("hubble.jpg")));

  await picker.shows();
  await picker.frame.getByRole("searchbox").focus();
  await page.keyboard.type("rock");
  await expect(picker.file("coffee.jpg")).toHaveCount(0);
  await picker.file("rocket.jpg").focus();
  await page.keyboard.press("Space");
  await expect(picker.file("rocket.jpg")).toHaveAttribute("aria-selected", "true");
  await picker.button("Use").focus();
  expect(await picker.leavesBy(page.keyboard.press("Enter"))).toMatchObject({ selection: { name: "rocket.jpg" } });

  await picker.shows();
  await picker.file("rocket.jpg").focus();
  expect(await picker.leavesBy(page.keyboard.press("Escape"))).toEqual({ selection: null });
  await expect(page.getByRole("button", { name: "Add a file" })).toBeFocused();
});

test("a session shows its folder and kinds, and no more", async ({ host, library, picker }) => {
  const summer = await library.givenFolder("Summer");
  await library.given("coffee.jpg", { folder: summer });
  await library.given("letter.pdf", { folder: summer });
  await library.given("rocket.jpg");
  host.wishes = { scopes: ["browse", "share"], folder_id: summer.id, kinds: ["image"] } as never;
  await picker.visits();
  await picker.shows();
  await expect(picker.files.getByRole("option")).toHaveCount(1);
  await expect(picker.button("Upload")).toHaveCount(0);
  await picker.uses("coffee.jpg");
  expect((await picker.chosen()).name).toBe("coffee.jpg");
});

test("a session ends and another one takes over, while the picker stays open", async ({
  host,
  library,
  picker,
  watch,
}) => {
  // On a slow machine the first may have ended before it was asked to be renewed.
  watch.expects(/401/);
  await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  host.wishes = { ...host.wishes, expires_in: 6 } as never;
  await picker.visits();
  await picker.shows();
  await expect.poll(() => host.sessions.length).toBeGreaterThan(1);
  await picker.frame.getByRole("searchbox").fill("rock");
  await expect(picker.file("coffee.jpg")).toHaveCount(0);
  await picker.uses("rocket.jpg");
  expect((await picker.chosen()).name).toBe("rocket.jpg");
});

test("a session that nobody renews is said to have ended", async ({ host, library, page, picker, watch }) => {
  watch.expects(/401|403/);
  await library.given("coffee.jpg");
  host.wishes = { ...host.wishes, expires_in: 6 } as never;
  await picker.visits();
  await page.getByRole("button", { name: "Add a file" }).focus();
  await picker.shows();
  host.isShut = true;
  await expect(picker.over).toBeVisible();
  await expectAccessible(page);
  const shut = picker.over.getByRole("button", { name: "Close the library" });
  expect(await picker.leavesBy(shut.click())).toEqual({ selection: null });
  await expect(page.getByRole("button", { name: "Add a file" })).toBeFocused();
});

test("an administrator ends a session, and the next look asks for another", async ({
  account,
  host,
  library,
  picker,
  watch,
}) => {
  watch.expects(/401/);
  await library.given("coffee.jpg");
  await library.given("rocket.jpg");
  await picker.visits();
  await picker.shows();
  await account.ask("DELETE", `/embed/sessions/${host.sessions[0]?.id}`);
  await picker.frame.getByRole("searchbox").fill("rock");
  await expect(picker.file("coffee.jpg")).toHaveCount(0);
  await picker.uses("rocket.jpg");
  expect(host.sessions).toHaveLength(2);
});

test("no cookie is needed, kept or sent, also where somebody is signed in", async ({
  anna,
  host,
  library,
  page,
  picker,
}) => {
  await library.given("coffee.jpg");
  await anna.opens("/");
  const before = await page.context().cookies();
  // What a frame of another site writes down is gone at once in this browser.
  const third = `${host.url.replace("desk.localhost", "127.0.0.1")}/cookies`;
  await picker.visits(`<button id=opener>Add a file</button><iframe title="third" src="${third}"></iframe>`);
  const frame = page.frames().find((one) => one.url() === third);
  expect(await frame?.evaluate(() => document.cookie)).toBe("");

  const sent: Promise<string | undefined>[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(host.site)) return;
    sent.push(request.allHeaders().then((headers) => headers.cookie));
  });
  await picker.shows();
  await picker.uses("coffee.jpg");
  expect(sent.length).toBeGreaterThan(3);
  expect((await Promise.all(sent)).filter(Boolean)).toEqual([]);
  expect(await page.context().cookies()).toEqual(before);
});

test("in TinyMCE a picture is made to fit, inserted and saved, and its use is known", async ({
  account,
  browser,
  host,
  library,
  page,
  picker,
}) => {
  const coffee = await library.given("coffee.jpg", { altText: "A cup of coffee." });
  await picker.visits(`<script src="/vendor/tinymce/tinymce.min.js"></script><textarea id=message></textarea>`);
  await page.evaluate(async (placement) => {
    const { tinymce } = window as any;
    const options = { selector: "#message", license_key: "gpl", promotion: false, plugins: "image", toolbar: "image" };
    await tinymce.init({ ...options, ...Satchel.tinymce({ session: "/satchel-session", placement }) });
  }, PLACE);
  await page.getByRole("button", { name: "Insert/edit image" }).click();
  const dialog = page.getByRole("dialog", { name: "Insert/Edit Image" });
  await dialog.getByRole("button", { name: "Browse files" }).click();
  await picker.isThere();
  await picker.file("coffee.jpg").click();
  await picker.button("Make it fit").click();
  await expect(picker.frame.getByText(/A copy that fits is used/)).toBeVisible();
  await picker.handsOver();
  await expect(dialog.getByLabel("Alternative description")).toHaveValue("A cup of coffee.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await save(page, () => (window as any).tinymce.activeEditor.getContent());

  const [copy] = (await account.ask("GET", `/assets/${coffee.id}/copies`)).items;
  const [html] = host.saved;
  const url = (await library.asset(copy.id)).url;
  expect(html).toContain(`src="${url}"`);
  expect(html).toContain(`data-satchel-asset="${copy.id}"`);
  expect((await library.asset(coffee.id)).url, "the original stays private").toBeNull();
  const { items } = await account.ask("GET", `/assets/${copy.id}/placements?limit=200`);
  expect(items.find(({ placement }: { placement: string }) => placement === PLACE).verdict).toBe("fits");
  await isSeenByStrangers(await browser.newPage(), html ?? "");
  const scan = { kind: "template", reference: "welcome", html };
  await account.ask("POST", "/usages/scan", scan);
  expect((await account.ask("GET", `/assets/${copy.id}/usages`)).items).toHaveLength(1);
});

test("in GrapesJS a picture is cropped, inserted and saved", async ({
  account,
  browser,
  host,
  library,
  page,
  picker,
}) => {
  const coffee = await library.given("coffee.jpg");
  await picker.visits(
    `<link rel="stylesheet" href="/vendor/grapesjs/dist/css/grapes.min.css"><script src="/vendor/grapesjs/dist/grapes.min.js"></script>
    <div id=message style="height:600px"></div>`,
  );
  await page.evaluate(async (placement) => {
    const { grapesjs } = window as any;
    const assetManager = Satchel.grapesjs({ session: "/satchel-session", placement });
    const options = { container: "#message", storageManager: false, telemetry: false, cssIcons: "", components: "<p>Hello</p><img>" };
    const editor = grapesjs.init({ ...options, assetManager });
    Object.assign(window, { editor });
    await new Promise((resolve) => editor.onReady(resolve));
  }, PLACE);
  await page.frameLocator("#message iframe.gjs-frame").locator("img").dblclick();
  await picker.isThere();
  await picker.file("coffee.jpg").click();
  await picker.button("Crop").click();
  const crop = picker.frame.getByRole("dialog", { name: "Crop coffee.jpg" });
  await expect(crop.getByRole("button", { name: "Region", exact: true })).toBeFocused();
  await crop.getByRole("button", { name: "Save as copy" }).click();
  await expect(crop).toHaveCount(0);
  await picker.handsOver();
  await save(page, () => (window as any).editor.getHtml());

  const [copy] = (await account.ask("GET", `/assets/${coffee.id}/copies`)).items;
  expect(copy.width).toBe(copy.height);
  expect(host.saved[0]).toContain(`data-satchel-asset="${copy.id}"`);
  await isSeenByStrangers(await browser.newPage(), host.saved[0] ?? "");
});

test.describe("in Portuguese", () => {
  test("the picker speaks as the page asks", async ({ library, page, picker }) => {
    await library.given("coffee.jpg");
    await picker.visits();
    await picker.opens({ locale: "pt-BR" });
    const frame = page.frameLocator("iframe[title='Biblioteca de mídia']");
    await expect(page.getByRole("dialog", { name: "Biblioteca de mídia" })).toBeVisible();
    await expect(frame.locator("html")).toHaveAttribute("lang", "pt-BR");
    await frame.getByRole("option", { name: "coffee.jpg" }).click();
    await frame.getByRole("button", { name: "Usar", exact: true }).click();
    expect((await picker.chosen()).name).toBe("coffee.jpg");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries({
    wide: { width: 1440, height: 900 },
    narrow: { width: 390, height: 844 },
  })) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });

      test("the picker in its dialog is for everyone", async ({ library, page, picker }) => {
        await library.given("coffee.jpg");
        await library.given("letter.pdf");
        await picker.visits();
        await picker.shows({ placement: PLACE, multiple: true });
        await expectAccessible(page);
        await picker.file("coffee.jpg").click();
        await expect(picker.button("Make it fit")).toBeVisible();
        await expectAccessible(page);
        const wider = await picker.frame.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
        expect(wider).toBeLessThanOrEqual(0);
      });
    });
  }
}

/** Saves what the editor holds, as its program does. */
async function save(page: Page, content: () => string) {
  const html = await page.evaluate(content);
  await page.evaluate((body) => fetch("/save", { method: "POST", body }).then(() => undefined), html);
}

/** The message shows its picture to whoever gets it. */
async function isSeenByStrangers(page: Page, html: string) {
  await page.setContent(html);
  const picture = page.locator("img[data-satchel-asset]");
  await expect(picture).toHaveJSProperty("complete", true);
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await page.close();
}

// The picker in the page of another program: found, chosen, mended, brought, handed over.
import { expectAccessible } from "../support/a11y.ts";
import { halfClear, noise } from "../support/bytes.mjs";
import { DESK, Desk } from "../support/desk.ts";
import { expect, test } from "../support/test.ts";

test("a file is chosen, and handed over with its public link", async ({ account, library, page, site }) => {
  const coffee = await library.given("coffee.jpg", { altText: "A cup of coffee" });
  await library.given("rocket.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens();
  await expect(desk.files).toHaveCount(2);
  await expect(desk.file("coffee.jpg").locator("img")).toHaveJSProperty("complete", true);
  await expect(desk.use).toBeDisabled();

  await desk.file("coffee.jpg").click();
  await expect(desk.file("coffee.jpg")).toHaveAttribute("aria-selected", "true");
  await desk.use.click();

  const [item, ...more] = await desk.selection();
  expect(more).toEqual([]);
  expect(item).toMatchObject({ id: coffee.id, name: "coffee.jpg", kind: "image", alt: "A cup of coffee" });
  expect(item).toMatchObject({ width: 600, height: 400, mime: "image/jpeg", version: 1 });
  expect(item).toMatchObject({ placement: null, verdict: null, variant: null });
  const answer = await page.request.get(item.url);
  expect(answer.status()).toBe(200);
});

test("several are chosen by keys, and go in the order they were chosen in", async ({ account, library, page, site }) => {
  await library.givenPhotos(4);
  const desk = await Desk.with(page, account, site);
  await desk.opens({ multiple: true, max: 2 });
  await expect(desk.files).toHaveCount(4);

  await desk.file("photo-04.jpg").focus();
  await page.keyboard.press("End");
  await expect(desk.file("photo-01.jpg")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(desk.file(/photo-03.jpg.*chosen as number 2/)).toBeVisible();
  await expect(desk.picker.getByText("2 of 2 chosen")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(desk.picker.getByText("2 files may be chosen. Take one back first.")).toBeVisible();
  await page.keyboard.press("Control+Enter");

  const names = (await desk.selection()).map(({ name }) => name);
  expect(names).toEqual(["photo-01.jpg", "photo-03.jpg"]);
});

test("words, folder and kind narrow the list", async ({ account, library, page, site }) => {
  const summer = await library.givenFolder("Summer");
  await library.givenPhotos(2, summer);
  await library.given("rocket.jpg");
  await library.given("clip.mp4");
  const desk = await Desk.with(page, account, site);
  await desk.opens();
  await expect(desk.files).toHaveCount(4);

  await desk.picker.getByRole("searchbox", { name: "Search" }).fill("rock");
  await expect(desk.files).toHaveCount(1);
  await desk.picker.getByRole("searchbox", { name: "Search" }).fill("zebra");
  await expect(desk.picker.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await desk.picker.getByRole("searchbox", { name: "Search" }).fill("");
  await desk.picker.getByLabel("Folder").selectOption("Summer");
  await expect(desk.files).toHaveCount(2);
  await desk.picker.getByLabel("Folder").selectOption("Every folder");
  await desk.picker.getByLabel("Kind").selectOption("Videos");
  await expect(desk.file("clip.mp4")).toBeVisible();
  await expect(desk.files).toHaveCount(1);
});

test("a long list goes on by itself", async ({ account, library, page, site }) => {
  await library.givenMany(60);
  const desk = await Desk.with(page, account, site);
  await desk.opens();

  await desk.files.last().scrollIntoViewIfNeeded();
  await expect(desk.files).toHaveCount(60);
});

test("what does not fit says why, and a copy that fits is used instead", async ({ account, library, page, site }) => {
  const woman = await library.given("astronaut.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "whatsapp-sticker" });
  await expect(desk.file(/astronaut.jpg.*Not taken/)).toBeVisible();

  await desk.file("astronaut.jpg").click();
  const details = desk.picker.getByRole("region", { name: "Details" });
  await expect(details).toContainText("Not taken: JPEG; only WEBP.");
  await details.getByRole("button", { name: "Make it fit" }).click();
  await expect(desk.file(/astronaut.jpg.*Fitting copy/)).toBeVisible();
  await desk.use.click();

  const [item] = await desk.selection();
  expect(item).toMatchObject({ id: woman.id, placement: "whatsapp-sticker", verdict: "refused" });
  expect(item.variant).toMatchObject({ width: 512, height: 512, mime: "image/webp" });
  expect(item.variant.id).not.toBe(woman.id);
  expect((await account.ask("GET", `/assets/${woman.id}`)).url, "the original stays private").toBeNull();
});

test("suggestions begin with what fits", async ({ account, library, page, site }) => {
  await library.givenFile("wide.png", noise(720, 360));
  await library.givenFile("square.png", noise(360, 360));
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "push-web-image" });
  await expect(desk.files.first()).toHaveAccessibleName(/^square\.png/);

  await desk.picker.getByRole("button", { name: "Suggested" }).click();
  await expect(desk.files.first()).toHaveAccessibleName(/^wide\.png/);
  await expect(desk.files).toHaveCount(2);
});

test("suggestions begin with what fits, however much was brought since that does not", async ({ account, library, page, site }) => {
  await library.givenFile("wide.png", noise(720, 360));
  const lane = async (from: number) => {
    for (let at = from; at < 50; at += 5) await library.givenFile(`square-${at}.png`, halfClear(360, 360));
  };
  await Promise.all([0, 1, 2, 3, 4].map(lane));
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "push-web-image" });
  await expect(desk.files.first()).toHaveAccessibleName(/^square/);

  await desk.picker.getByRole("button", { name: "Suggested" }).click();
  await expect(desk.files.first()).toHaveAccessibleName(/^wide\.png/);
  await expect(desk.files.nth(1)).toHaveAccessibleName(/^square/);
});

test("a file is brought and chosen at once; one that is refused says why", async ({ account, files, page, site, watch }) => {
  watch.expects(/4(15|22)/);
  const desk = await Desk.with(page, account, site);
  await desk.opens({ multiple: true });
  await expect(desk.picker.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();

  const choose = page.waitForEvent("filechooser");
  await desk.picker.getByRole("button", { name: "Upload", exact: true }).click();
  const paths = [files.sample("coffee.jpg"), files.write("broken.jpg", Buffer.from("no picture"))];
  await (await choose).setFiles(paths);

  await expect(desk.file(/coffee.jpg.*chosen as number 1/)).toBeVisible();
  const uploads = desk.picker.getByRole("list", { name: "Uploads" });
  await expect(uploads.getByRole("listitem")).toHaveCount(2);
  await expect(uploads.getByRole("listitem").filter({ hasText: "broken.jpg" })).toContainText(/\.$/);
  await uploads.getByRole("button", { name: "Dismiss broken.jpg" }).click();
  await expect(uploads.getByRole("listitem")).toHaveCount(1);
});

test("a picture is cropped for its place, and the copy is chosen", async ({ account, library, page, site }) => {
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "push-web-image" });
  await desk.file("coffee.jpg").click();
  await desk.picker.getByRole("button", { name: "Crop", exact: true }).click();

  const editor = desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" });
  await expect(editor.getByLabel("Height", { exact: true })).toHaveValue("300");
  await editor.getByRole("button", { name: "Save as copy" }).click();
  await expect(editor).toBeHidden();
  await expect(desk.files).toHaveCount(2);
  await desk.use.click();

  const [item] = await desk.selection();
  expect(item).toMatchObject({ width: 600, height: 300 });
});

test("a picture that was cropped before is cropped anew from how it is now", async ({ account, library, page, site }) => {
  const coffee = await library.given("coffee.jpg");
  const square = { region: { x: 100, y: 0, width: 400, height: 400 } };
  await account.ask("POST", `/assets/${coffee.id}/crop`, { edit: square, as: "version" });
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "push-web-image" });
  await desk.file("coffee.jpg").click();
  await desk.picker.getByRole("button", { name: "Crop", exact: true }).click();

  const editor = desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" });
  await expect(editor.getByLabel("Height", { exact: true })).toHaveValue("200");
  await editor.getByRole("button", { name: "Save as copy" }).click();
  await expect(editor).toBeHidden();
  await desk.use.click();

  const [item] = await desk.selection();
  expect(item).toMatchObject({ width: 400, height: 200 });
  expect(item.id).not.toBe(coffee.id);
});

test("an editor that does not arrive says so, and comes with the next press", async ({ account, library, page, site, watch }) => {
  watch.expects(/Failed to load resource: net::ERR_|TypeError: Failed to fetch/);
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens();
  await desk.file("coffee.jpg").click();
  const crop = desk.picker.getByRole("button", { name: "Crop", exact: true });
  const parts = /\/pkg\/picker\.[0-9a-f]+\.wasm$/;

  await page.route(parts, (route) => route.abort());
  await crop.click();
  await expect(desk.picker.getByText("This part of the page did not arrive.")).toBeVisible();

  await page.unroute(parts);
  await crop.click();
  await expect(desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" })).toBeVisible();
});

test("a session that ends is renewed, and where there is none the picker says so", async ({ account, library, page, site, watch }) => {
  watch.expects(/401/);
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  const first = await desk.session();
  await desk.frames(first, {});
  await expect.poll(() => desk.heard("opened")).toBe(1);

  await account.ask("DELETE", `/embed/sessions/${first.id}`);
  await desk.picker.getByRole("searchbox", { name: "Search" }).fill("coffee");
  await expect.poll(() => desk.heard("renew")).toBe(1);
  const second = await desk.session();
  await desk.says({ type: "renewed", token: second.token });
  await expect(desk.file("coffee.jpg")).toBeVisible();

  await account.ask("DELETE", `/embed/sessions/${second.id}`);
  await desk.picker.getByRole("searchbox", { name: "Search" }).fill("cof");
  await expect.poll(() => desk.heard("renew")).toBe(2);
  await desk.says({ type: "refused" });
  await expect(desk.picker.getByRole("alertdialog", { name: "This session has ended" })).toBeVisible();
  await desk.picker.getByRole("button", { name: "Close the library" }).click();
  await expect.poll(() => desk.heard("cancel")).toBe(1);
});

test("a token is spent once the picker has it", async ({ account, library, page, site }) => {
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  const session = await desk.session();
  await desk.frames(session, {});
  await expect.poll(() => desk.heard("opened")).toBe(1);

  const answer = await page.request.get(`${site}/api/v1/assets`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  expect(answer.status()).toBe(401);
});

test("what was not agreed opens nothing", async ({ account, page, site }) => {
  const desk = await Desk.with(page, account, site);
  await desk.frames(await desk.session(), {}, "another-nonce-of-22-letters");
  const frame = desk.picker.locator("body");
  await expect(frame).toBeAttached();

  await expect.poll(() => page.evaluate(() => !!window.port)).toBe(true);
  await expect(frame).toHaveText("");
  expect(await desk.heard("opened")).toBe(0);
});

test("another site may not frame the picker", async ({ account, page, site, watch }) => {
  watch.expects(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/);
  const desk = await Desk.with(page, account, site);
  const session = await account.ask("POST", "/embed/sessions", { origin: "https://elsewhere.example.com" });
  await desk.frames(session, {});

  await expect(page.locator("iframe")).toBeAttached();
  await expect.poll(() => page.frames().map((frame) => frame.url()).join(" ")).toContain("chrome-error:");
  expect(await page.evaluate(() => !!window.port)).toBe(false);
});

test("Escape leaves without a choice, in Portuguese too", async ({ account, library, page, site }) => {
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens({ locale: "pt-BR", theme: "dark" });
  await expect(desk.picker.getByRole("heading", { name: "Escolher da biblioteca" })).toBeVisible();
  await expect(desk.picker.locator("html")).toHaveAttribute("data-theme", "dark");

  await desk.picker.getByRole("option").first().focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => desk.heard("cancel")).toBe(1);
});

test("Escape leaves where nothing has the keys, but the crop editor first", async ({ account, library, page, site }) => {
  await library.given("coffee.jpg");
  const desk = await Desk.with(page, account, site);
  await desk.opens();
  await desk.file("coffee.jpg").click();
  const crop = desk.picker.getByRole("button", { name: "Crop", exact: true });
  await crop.click();
  const editor = desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" });
  await expect(editor.getByRole("button", { name: "Region", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
  await expect(crop).toBeFocused();
  expect(await desk.heard("cancel")).toBe(0);

  await crop.blur();
  await page.keyboard.press("Escape");
  await expect.poll(() => desk.heard("cancel")).toBe(1);
});

for (const width of [320, 390]) {
  test(`what narrows the list can be read on ${width} pixels`, async ({ account, library, page, site }) => {
    await page.setViewportSize({ width, height: 844 });
    await library.given("coffee.jpg", { folder: await library.givenFolder("Summer") });
    const desk = await Desk.with(page, account, site);
    await desk.opens({ placement: "email-header" });
    for (const name of ["Folder", "Kind"]) {
      const box = await desk.picker.getByRole("combobox", { name }).boundingBox();
      expect(box?.width, name).toBeGreaterThanOrEqual(128);
    }
    const sideways = await desk.picker.locator(":root").evaluate((root) =>
      [root, ...root.querySelectorAll(".picker-head, .picker-files, .picker-foot")].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    );
    expect(Math.max(...sideways)).toBe(0);
  });
}

test("on a phone, what is chosen stays in sight beside its details", async ({ account, library, page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await library.givenPhotos(6);
  const desk = await Desk.with(page, account, site);
  await desk.opens({ placement: "email-header" });
  const list = desk.picker.locator(".picker-files");
  const tiles = list.getByRole("option");
  await expect(tiles.first()).toBeVisible();
  // The last one that is wholly seen: its place is where the details go.
  const low = await list.evaluate((list) => {
    const tiles = [...list.querySelectorAll("[role=option]")];
    return tiles.findLastIndex((tile) => tile.getBoundingClientRect().bottom <= list.getBoundingClientRect().bottom);
  });
  await tiles.nth(low).click();
  await expect(desk.picker.getByRole("region", { name: "Details" })).toBeVisible();
  await expect(tiles.nth(low)).toHaveAttribute("aria-selected", "true");
  await expect(tiles.nth(low)).toBeInViewport({ ratio: 0.9 });
});

for (const [name, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
  for (const theme of ["light", "dark"]) {
    test(`everybody can use it: ${theme}, ${name}`, async ({ account, library, page, site }) => {
      await page.setViewportSize(viewport);
      await library.given("coffee.jpg", { altText: "A cup of coffee" });
      await library.given("clip.mp4");
      await library.given("letter.pdf");
      const desk = await Desk.with(page, account, site);
      await desk.opens({ placement: "email-header", multiple: true, theme });
      await desk.file("coffee.jpg").click();
      await expect(desk.picker.getByRole("region", { name: "Details" })).toBeVisible();
      await expectAccessible(page);

      await desk.picker.getByRole("button", { name: "Crop", exact: true }).click();
      await expect(desk.picker.getByRole("dialog", { name: "Crop coffee.jpg" })).toBeVisible();
      await expectAccessible(page);
      expect(new URL(page.url()).origin).toBe(DESK);
    });
  }
}

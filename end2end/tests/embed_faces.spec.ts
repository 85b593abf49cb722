// What the script offers besides a function: an element, a library in Cloudinary's shape, HTML.
import type { Page } from "@playwright/test";

import { BEACH, DESK, FakeDesk } from "../support/fake_picker.ts";
import { expect, test } from "../support/test.ts";

test("an insertHandler that throws is told, and the library opens again", async ({ context, page, watch }) => {
  watch.expects(/the template is locked/);
  const desk = await FakeDesk.with(context, page);
  await page.evaluate(() => {
    window.told = [];
    addEventListener("error", (event) => window.told.push({ error: event.error.message }));
    document.addEventListener("satchel-error", (event) =>
      window.told.push({ event: (event as CustomEvent).detail.message }),
    );
    let count = 0;
    const session = () => ({ id: `emb_${++count}`, token: "t" });
    const insertHandler = ({ assets }: { assets: Satchel.CloudinaryAsset[] }) => {
      window.told.push(assets);
      if (count === 1) throw new Error("the template is locked");
    };
    Satchel.createMediaLibrary({ session, max_files: 2 }, { insertHandler }, "#opener");
  });
  const opener = page.getByRole("button", { name: "Add a file" });
  await opener.click();
  let picker = await desk.met();
  const [opening] = await picker.heard();
  expect(opening?.data.options).toMatchObject({ multiple: true, max: 2 });
  await picker.tells({ type: "select", items: [BEACH] });
  await expect.poll(() => page.evaluate(() => window.told.length)).toBe(3);
  const [assets, ...complaints] = await page.evaluate(() => window.told);
  expect(assets).toMatchObject([
    {
      public_id: "ast_beach",
      secure_url: BEACH.url,
      url: BEACH.url,
      resource_type: "image",
      format: "jpg",
      width: 1200,
      height: 800,
      bytes: 81_000,
      version: 2,
    },
  ]);
  expect(complaints).toEqual([{ event: "the template is locked" }, { error: "the template is locked" }]);

  await opener.click();
  picker = await desk.met();
  await picker.tells({
    type: "select",
    items: [BEACH, { ...BEACH, id: "ast_film", kind: "video", mime: "video/mp4" }],
  });
  await expect.poll(() => page.evaluate(() => window.told.length)).toBe(4);
  expect(await page.evaluate(() => window.told[3][1])).toMatchObject({
    public_id: "ast_film",
    resource_type: "video",
    format: "mp4",
  });
});

test("a library in the page is shown and hidden, and answers again and again", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page, "<div id=here style='height:400px'></div>");
  await page.evaluate(() => {
    window.told = [];
    const handlers = {
      insertHandler: ({ assets }: { assets: Satchel.CloudinaryAsset[] }) => window.told.push(assets.length),
      hideHandler: () => window.told.push("hidden"),
    };
    const library = Satchel.openMediaLibrary(
      { session: () => ({ id: "emb_1", token: "t" }), inline_container: "#here" },
      handlers,
    );
    Object.assign(window, { library });
  });
  const picker = await desk.met();
  await picker.tells({ type: "select", items: [BEACH] });
  await picker.tells({ type: "select", items: [BEACH, BEACH] });
  await expect.poll(() => page.evaluate(() => window.told)).toEqual([1, 2]);
  await page.evaluate(() => (window as unknown as { library: Satchel.MediaLibrary }).library.hide());
  await expect(page.locator("#here iframe")).toHaveCount(0);
  expect(await page.evaluate(() => window.told)).toEqual([1, 2, "hidden"]);
});

test("the element is a button, whose session comes from an address of the page", async ({ context, page }) => {
  const element = `<satchel-picker session-url="/satchel-session" kinds="image" multiple max="4" placement="email-header" locale="pt-BR"></satchel-picker>`;
  const desk = await FakeDesk.with(context, page, element);
  await page.route(`${DESK}/satchel-session`, async (route) => {
    expect(route.request().method()).toBe("POST");
    await route.fulfill({ status: 201, json: { id: "emb_1", token: "from the host" } });
  });
  await listens(page);
  await page.getByRole("button", { name: "Escolher arquivo" }).click();
  await expect(page.getByRole("dialog", { name: "Biblioteca de mídia" })).toBeVisible();
  const picker = await desk.met();
  const [opening] = await picker.heard();
  expect(opening?.data).toMatchObject({
    token: "from the host",
    options: { kinds: ["image"], multiple: true, max: 4, placement: "email-header", locale: "pt-BR" },
  });
  await picker.tells({ type: "select", items: [BEACH] });
  await expect.poll(() => page.evaluate(() => window.told)).toEqual([["satchel-select", "ast_beach"]]);
  await expect(page.getByRole("button", { name: "Escolher arquivo" })).toBeFocused();
});

test("an element that gets no session tells so", async ({ context, page, watch }) => {
  watch.expects(/answers 500|500 \(Internal/);
  await FakeDesk.with(context, page, `<satchel-picker session-url="/satchel-session">Add a picture</satchel-picker>`);
  await page.route(`${DESK}/satchel-session`, (route) => route.fulfill({ status: 500 }));
  await listens(page);
  await page.getByRole("button", { name: "Add a picture" }).click();
  await expect.poll(() => page.evaluate(() => window.told)).toEqual([["satchel-error", "no_session"]]);
});

test("an element may be the picker itself, with the session set before or after", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page, `<satchel-picker inline style="height:300px"></satchel-picker>`);
  await listens(page);
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.locator("satchel-picker").evaluate((element: Satchel.PickerElement) => {
    element.session = () => ({ id: "emb_1", token: "t" });
  });
  const picker = await desk.met();
  await picker.tells({ type: "select", items: [BEACH] });
  await picker.tells({ type: "cancel" });
  await picker.tells({ type: "select", items: [{ ...BEACH, id: "ast_other" }] });
  await expect
    .poll(() => page.evaluate(() => window.told))
    .toEqual([
      ["satchel-select", "ast_beach"],
      ["satchel-cancel", undefined],
      ["satchel-select", "ast_other"],
    ]);
  await page.locator("satchel-picker").evaluate((element) => element.remove());
  await expect.poll(() => picker.frame.isDetached()).toBe(true);
});

test("HTML carries the asset, and nothing that a name or an alt text could say", async ({ context, page }) => {
  await FakeDesk.with(context, page);
  const html = (item: unknown) => page.evaluate((item) => Satchel.html(item as Satchel.Item), item);
  const shown = await page.evaluate(
    (text) => {
      const body = new DOMParser().parseFromString(text, "text/html").body;
      const [image] = body.children;
      return {
        count: body.querySelectorAll("*").length,
        ...Object.fromEntries([...(image?.attributes ?? [])].map(({ name, value }) => [name, value])),
      };
    },
    await html(BEACH),
  );
  expect(shown).toEqual({
    count: 1,
    src: BEACH.url,
    alt: BEACH.alt,
    width: "1200",
    height: "800",
    "data-satchel-asset": "ast_beach",
  });
  const copy = {
    id: "ast_copy",
    url: "https://media.example.com/copy.jpg",
    width: 600,
    height: 300,
    bytes: 1,
    mime: "image/jpeg",
  };
  expect(await html({ ...BEACH, alt: "", variant: copy })).toBe(
    '<img src="https://media.example.com/copy.jpg" alt="" width="600" height="300" data-satchel-asset="ast_copy">',
  );
  expect(await html({ ...BEACH, kind: "audio" })).toMatch(
    /^<audio src="[^"]+" controls="" data-satchel-asset="ast_beach"><\/audio>$/,
  );
  expect(await html({ ...BEACH, kind: "document", name: "<b>&" })).toBe(
    `<a href="${BEACH.url}" data-satchel-asset="ast_beach">&lt;b&gt;&amp;</a>`,
  );
});

/** Writes down what an element tells. */
async function listens(page: Page) {
  await page.evaluate(() => {
    window.told = [];
    for (const name of ["satchel-select", "satchel-cancel", "satchel-error"]) {
      document.addEventListener(name, (event) => {
        const { detail } = event as CustomEvent;
        window.told.push([name, detail?.id ?? detail?.code]);
        // It is taken care of.
        event.preventDefault();
      });
    }
  });
}

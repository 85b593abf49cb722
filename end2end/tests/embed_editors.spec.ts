// Real editors take the picker as their own; the picker is played.
import type { Page } from "@playwright/test";

import { BEACH, FakeDesk } from "../support/fake_picker.ts";
import { expect, test } from "../support/test.ts";

const COPY = {
  id: "ast_copy",
  url: "https://media.example.com/m/k2/copy.jpg",
  width: 600,
  height: 300,
  bytes: 9_000,
  mime: "image/jpeg",
};
const FITTED = { ...BEACH, alt: "The sea.", placement: "email-header", verdict: "fits", variant: COPY };

test.describe("TinyMCE", () => {
  test.beforeEach(async ({ context, page, watch }) => {
    // The pictures of these stories are nowhere.
    watch.expects(/ERR_FAILED/);
    await FakeDesk.with(
      context,
      page,
      "<textarea id=message></textarea>",
      `<script src="/vendor/tinymce/tinymce.min.js"></script>`,
    );
  });

  test("a picture is picked in its dialog, and what is saved carries the asset", async ({ page }) => {
    const desk = new FakeDesk(page);
    await write(page, "<p>Hello</p>");
    await page.getByRole("button", { name: "Insert/edit image" }).click();
    const dialog = page.getByRole("dialog", { name: "Insert/Edit Image" });
    await dialog.getByRole("button", { name: "Browse files" }).click();
    const picker = await desk.met();
    expect((await picker.heard())[0]?.data.options).toMatchObject({
      kinds: ["image"],
      multiple: false,
      placement: "email-header",
    });
    await picker.tells({ type: "select", items: [FITTED] });
    await expect(dialog.getByRole("combobox", { name: "Source" })).toHaveValue(COPY.url);
    await expect(dialog.getByLabel("Alternative description")).toHaveValue("The sea.");
    await expect(dialog.getByLabel("Width")).toHaveValue("600");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
    expect(await saved(page)).toContain(
      `<img src="${COPY.url}" alt="The sea." width="600" height="300" data-satchel-asset="ast_copy">`,
    );

    // What was saved is read again; another address put in by hand is that asset no more.
    const html = await saved(page);
    await page.evaluate((html) => editor.setContent(html), html);
    expect(await saved(page)).toBe(html);
    await page.evaluate(() =>
      editor.dom.setAttribs(editor.dom.select("img"), {
        src: "https://elsewhere.example.com/x.jpg",
        "data-mce-src": "https://elsewhere.example.com/x.jpg",
      }),
    );
    expect(await saved(page)).not.toContain("data-satchel-asset");
  });

  test("a file is linked in its dialog", async ({ page }) => {
    const desk = new FakeDesk(page);
    await write(page, "<p></p>");
    await page.getByRole("button", { name: "Insert/edit link" }).click();
    const dialog = page.getByRole("dialog", { name: "Insert/Edit Link" });
    await dialog.getByRole("button", { name: "Browse links" }).click();
    const picker = await desk.met();
    const terms = {
      ...BEACH,
      id: "ast_terms",
      kind: "document",
      name: "Terms.pdf",
      url: "https://media.example.com/m/k3/terms.pdf",
    };
    await picker.tells({ type: "select", items: [terms] });
    await expect(dialog.getByLabel("Text to display")).toHaveValue("Terms.pdf");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
    expect(await saved(page)).toContain(`<a href="${terms.url}" data-satchel-asset="ast_terms">Terms.pdf</a>`);
  });

  test("many are inserted by a button of its own, and nothing where nothing was chosen", async ({ page }) => {
    const desk = new FakeDesk(page);
    await write(page, "");
    const button = page.getByRole("button", { name: "Media library" });
    await button.click();
    await (await desk.met()).tells({ type: "cancel" });
    await expect(desk.dialog).toHaveCount(0);
    expect(await saved(page)).toBe("");
    await button.click();
    await (await desk.met()).tells({ type: "select", items: [FITTED, { ...BEACH, alt: "" }] });
    await expect.poll(() => saved(page)).toMatch(/ast_copy.*ast_beach/s);
  });
});

test.describe("GrapesJS", () => {
  test("a picture is picked for a component, and a picker that is left changes nothing", async ({
    context,
    page,
    watch,
  }) => {
    watch.expects(/ERR_FAILED/);
    const head = `<link rel="stylesheet" href="/vendor/grapesjs/dist/css/grapes.min.css"><script src="/vendor/grapesjs/dist/grapes.min.js"></script>`;
    const desk = await FakeDesk.with(context, page, "<div id=message style='height:600px'></div>", head);
    await page.evaluate(async () => {
      let count = 0;
      const session = () => ({ id: `emb_${++count}`, token: "t" });
      const { grapesjs } = window as any;
      const editor = grapesjs.init({
        container: "#message",
        storageManager: false,
        telemetry: false,
        cssIcons: "",
        components: "<p>Hello</p><img>",
        assetManager: Satchel.grapesjs({ session, placement: "email-header" }),
      });
      Object.assign(window, { editor });
      await new Promise((resolve) => editor.onReady(resolve));
    });
    const html = () => page.evaluate(() => editor.getHtml() as string);
    const picture = page.frameLocator("#message iframe.gjs-frame").locator("img");
    await picture.dblclick();
    let picker = await desk.met();
    expect((await picker.heard())[0]?.data.options).toMatchObject({
      kinds: ["image"],
      multiple: false,
      placement: "email-header",
    });
    await picker.tells({ type: "cancel" });
    await expect(desk.dialog).toHaveCount(0);
    expect(await html()).toContain('<img src="data:');

    await picture.dblclick();
    picker = await desk.met();
    await picker.tells({ type: "select", items: [FITTED] });
    await expect(desk.dialog).toHaveCount(0);
    await expect.poll(html).toContain('data-satchel-asset="ast_copy"');
    expect(await html()).toContain(`src="${COPY.url}"`);
    expect(await html()).toContain('alt="The sea."');

    // The editor closes what it opened.
    await picture.dblclick();
    await expect(desk.dialog).toBeVisible();
    await page.evaluate(() => editor.AssetManager.close());
    await expect(desk.dialog).toHaveCount(0);
  });
});

/** The editor on the page. */
declare const editor: any;

/** Starts TinyMCE with a text in it. */
async function write(page: Page, html: string) {
  await page.evaluate(async (html) => {
    let count = 0;
    const session = () => ({ id: `emb_${++count}`, token: "t" });
    const library = (window as any).tinymce;
    const [editor] = await library.init({
      selector: "#message",
      license_key: "gpl",
      promotion: false,
      plugins: "image link media",
      toolbar: "image link satchel",
      ...Satchel.tinymce({ session, placement: "email-header", multiple: true }),
    });
    editor.setContent(html);
    Object.assign(window, { editor });
  }, html);
}

/** What would be saved. */
async function saved(page: Page): Promise<string> {
  return page.evaluate(() => editor.getContent());
}

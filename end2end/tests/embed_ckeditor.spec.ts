// The real CKEditor 5 takes the picker as its asset manager; the picker is played.
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
const TERMS = { ...BEACH, id: "ast_terms", kind: "document", name: "Terms.pdf" };

/** What was saved before, with assets in a block, in a line and behind a link. */
const BEFORE =
  '<figure class="image" data-satchel-asset="ast_old"><img src="https://media.example.com/old.jpg" alt="old"></figure>' +
  '<p>Hello <a href="https://desk.example.com/" data-satchel-asset="ast_linked">there</a> ' +
  '<img src="https://media.example.com/in.jpg" alt="in" data-satchel-asset="ast_inline"></p>';

declare const editor: any;

test.beforeEach(async ({ context, page, watch }) => {
  // The pictures of these stories are nowhere.
  watch.expects(/ERR_FAILED/);
  const files = "/vendor/ckeditor5/dist/browser/ckeditor5";
  const head = `<link rel="stylesheet" href="${files}.css"><script src="${files}.umd.js"></script>`;
  await FakeDesk.with(context, page, "<div id=message></div>", head);
  await page.evaluate(async () => {
    let count = 0;
    const session = () => ({ id: `emb_${++count}`, token: "t" });
    const { ClassicEditor, Essentials, Paragraph, Image, ImageInsert, Link } = (window as any).CKEDITOR;
    const editor = await ClassicEditor.create(document.querySelector("#message"), {
      licenseKey: "GPL",
      plugins: [Essentials, Paragraph, Image, ImageInsert, Link, Satchel.ckeditor5({ session, multiple: true })],
      toolbar: ["insertImage", "satchel"],
      image: { insert: { integrations: ["assetManager"] } },
    });
    Object.assign(window, { editor });
  });
});

test("what was saved with assets is read and saved with them", async ({ page }) => {
  await page.evaluate((html) => editor.setData(html), BEFORE);
  expect(await page.evaluate(() => editor.getData())).toBe(BEFORE);
});

test("files of every kind are inserted in their order", async ({ page }) => {
  const desk = new FakeDesk(page);
  await page.getByRole("button", { name: "Media library" }).last().click();
  const picker = await desk.met();
  await picker.tells({ type: "select", items: [FITTED, TERMS, { ...BEACH, id: "ast_third" }] });
  await expect.poll(() => page.evaluate(() => editor.getData())).toContain("ast_third");
  const html: string = await page.evaluate(() => editor.getData());
  expect(html.match(/ast_\w+/g)).toEqual(["ast_copy", "ast_terms", "ast_third"]);
  expect(html).toContain(`<a href="${TERMS.url}" data-satchel-asset="ast_terms">Terms.pdf</a>`);
  expect(html).toMatch(/<img [^>]*src="https:\/\/media\.example\.com\/m\/k2\/copy\.jpg" alt="The sea\."/);
});

test("the picker is the asset manager of pictures", async ({ page }) => {
  const desk = new FakeDesk(page);
  await page.getByRole("button", { name: "Media library" }).first().click();
  const picker = await desk.met();
  expect((await picker.heard())[0]?.data.options).toMatchObject({ kinds: ["image"], multiple: true });
  await picker.tells({ type: "cancel" });
  await expect(desk.dialog).toHaveCount(0);
  expect(await page.evaluate(() => editor.getData())).toBe("");
});

// What docs/embedding.md says to copy works when it is copied, with addresses of one's own.
import { readFileSync } from "node:fs";

import { expect } from "../support/test.ts";
import { closes, test } from "../support/picker.ts";

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const PAGE = read("embedding.md");

/** The piece of code in a language that has some words in it. */
function code(language: string, words: string): string {
  const pieces = [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, piece]) => piece);
  const found = pieces.find((piece) => piece?.includes(words));
  if (!found) throw new Error(`docs/embedding.md has no ${language} with ${words}`);
  return found;
}

test("the door for Node gives a session for the page, and says who sits there", async ({ account, host, site }) => {
  const door = code("js", "app.post").replace("https://media.example.com", site).replace("https://desk.example.com", host.url);
  const doors: ((request: object, response: object) => Promise<void>)[] = [];
  const app = { post: (_path: string, _guard: unknown, door: (typeof doors)[number]) => doors.push(door) };
  new Function("app", "requireLogin", "process", door)(app, undefined, { env: { SATCHEL_TOKEN: account.token } });

  const told = { status: 0, headers: {} as Record<string, string>, body: {} as Record<string, unknown> };
  const response = {
    status(status: number) {
      told.status = status;
      return this;
    },
    set(name: string, value: string) {
      told.headers[name] = value;
      return this;
    },
    json(body: Record<string, unknown>) {
      told.body = body;
    },
  };
  await doors[0]?.({ user: { id: "agent-17" } }, response);

  expect(told.status).toBe(201);
  expect(told.headers).toEqual({ "cache-control": "no-store" });
  expect(told.body).toMatchObject({ origin: host.url, user: "agent-17", scopes: ["browse", "upload", "crop", "share"] });
  expect(told.body.token).toMatch(/^sem_/);
});

test("a button puts a file into the message", async ({ library, page, picker, site }) => {
  const coffee = await library.given("coffee.jpg", { altText: "A cup of coffee." });
  const html = code("html", "Satchel.open").replace("https://media.example.com", site);
  await picker.visits(`<div id="message"></div>${html}`);
  await page.getByRole("button", { name: "Add a file" }).click();
  await picker.isThere();
  await picker.uses("coffee.jpg");

  const picture = page.locator("#message").getByRole("img", { name: "A cup of coffee." });
  await expect(picture).toHaveAttribute("data-satchel-asset", coffee.id);
  await expect(picture).toHaveJSProperty("naturalWidth", 600);
});

test("an element and a listener do the same", async ({ library, page, picker }) => {
  const coffee = await library.given("coffee.jpg");
  await picker.visits(code("html", "<satchel-picker"));
  await page.getByRole("button", { name: "Add a picture" }).click();
  await picker.isThere();
  const told = page.waitForEvent("console");
  await picker.uses("coffee.jpg");

  expect((await told).text()).toBe((await library.asset(coffee.id)).url);
});

test("the whole page of the examples takes several files", async ({ library, page, picker, site }) => {
  await library.given("coffee.jpg");
  await library.given("letter.pdf");
  await picker.visits(read("examples/embed.html").replace("http://127.0.0.1:3000", site));
  await page.getByRole("button", { name: "Add files" }).click();
  await picker.isThere();
  await picker.uses("letter.pdf", "coffee.jpg");

  await expect(page.getByText("Added.")).toBeVisible();
  const message = page.getByRole("textbox", { name: "Message" });
  await expect(message.locator("[data-satchel-asset]")).toHaveCount(2);
  await expect(message.getByRole("link", { name: "letter.pdf" })).toBeVisible();
});

test("Unlayer is given a picture with its size", async ({ library, page, picker }) => {
  const coffee = await library.given("coffee.jpg");
  await picker.visits();
  await page.evaluate((recipe) => {
    const unlayer = {
      registerCallback: (name: string, choose: (data: object, done: (image: object) => void) => void) => {
        if (name === "selectImage") Object.assign(window, { given: new Promise((done) => choose({}, done)) });
      },
    };
    new Function("unlayer", recipe)(unlayer);
  }, code("js", "unlayer."));
  await picker.isThere();
  await picker.uses("coffee.jpg");

  const { url } = await library.asset(coffee.id);
  const given = await page.evaluate(() => (window as any).given);
  expect(given).toEqual({ url, width: 600, height: 400, size: coffee.size });
});

test("Beefree is given an address, and hears of it where nothing is chosen", async ({ library, page, picker }) => {
  const coffee = await library.given("coffee.jpg");
  await library.given("letter.pdf");
  await picker.visits();
  const asks = async () =>
    page.evaluate((recipe) => {
      const config = new Function(`${recipe}; return beeConfig`)();
      const args = { "X-BEE-Mimetypes": "image/*" };
      const given = new Promise((resolve) => {
        config.contentDialog.filePicker.handler(resolve, () => resolve("nothing"), args);
      });
      Object.assign(window, { given });
    }, code("js", "beeConfig"));
  await asks();
  await picker.isThere();
  await expect(picker.files.getByRole("option")).toHaveCount(1);
  await picker.uses("coffee.jpg");
  expect(await page.evaluate(() => (window as any).given)).toEqual({ url: (await library.asset(coffee.id)).url });

  await asks();
  await picker.isThere();
  await closes(picker.dialog, picker.button("Cancel").click());
  expect(await page.evaluate(() => (window as any).given)).toBe("nothing");
});

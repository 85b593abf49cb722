// Three origins and an old trick each: the picker opens for the page of its session, and for nobody else.
import { Account } from "../support/account.mjs";
import { Library } from "../support/library.ts";
import { test } from "../support/picker.ts";
import { expect } from "../support/test.ts";

/** Where a frame is whose page the browser does not show. */
const BLOCKED = /^chrome-error:/;

/** Whether a token still opens what it was made for. */
async function works(site: string, token: string) {
  const answer = await fetch(`${site}/api/v1/embed/sessions/current`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status === 200;
}

test("1.5.5 another site cannot frame the picker", async ({ host, page, site, watch }) => {
  watch.expects(/frame-ancestors|Framing|chrome-error|ERR_BLOCKED/);
  const session = await host.session();
  await page.goto(`${host.evil}/`);
  await page.evaluate((url) => {
    const frame = Object.assign(document.createElement("iframe"), { src: url });
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener("load", resolve));
  }, session.url);
  await expect.poll(() => page.frames()[1]?.url()).toMatch(BLOCKED);
  // Nor a page that hides in one of the right origin: every page around counts.
  await page.goto(`${host.evil}/`);
  host.body = `<iframe src="${session.url}"></iframe>`;
  await page.evaluate(
    (url) => document.body.append(Object.assign(document.createElement("iframe"), { src: url })),
    host.url,
  );
  await expect.poll(() => page.frames()[2]?.url()).toMatch(BLOCKED);
  expect(await works(site, session.token)).toBe(true);
});

test("1.5.5 as a window of its own the picker takes no token", async ({ host, page, site }) => {
  const session = await host.session();
  await page.goto(`${host.evil}/`);
  const opened = page.waitForEvent("popup");
  await page.evaluate((url) => {
    const picker = window.open(url);
    Object.assign(window, { picker });
  }, session.url);
  const popup = await opened;
  await expect(popup.getByRole("heading", { name: "This page belongs inside another one" })).toBeVisible();
  await page.evaluate((token) => {
    const { picker } = window as unknown as { picker: Window };
    const { port2 } = new MessageChannel();
    const opening = { type: "satchel:open", version: 1, nonce: "a".repeat(22), token, options: {} };
    picker.postMessage(opening, "*", [port2]);
  }, session.token);
  await popup.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(popup.getByRole("heading", { name: "This page belongs inside another one" })).toBeVisible();
  expect(await works(site, session.token)).toBe(true);
});

test("1.5.5 a sandboxed page without an origin cannot frame the picker", async ({
  host,
  page,
  picker,
  site,
  watch,
}) => {
  watch.expects(/frame-ancestors|Framing|chrome-error|ERR_BLOCKED|sandbox/i);
  const session = await host.session();
  host.headers = { "content-security-policy": "sandbox allow-scripts" };
  await picker.visits();
  expect(await page.evaluate(() => origin)).toBe("null");
  await picker.opens({ session });
  await expect(picker.dialog).toBeVisible();
  await expect.poll(() => page.frames().some((frame) => BLOCKED.test(frame.url()))).toBe(true);
  expect(await works(site, session.token)).toBe(true);
});

test("1.5.2, 3.5.5 the picker heeds one window, one origin and one nonce", async ({ host, library, page, picker, site }) => {
  await library.given("coffee.jpg");
  const session = await host.session();
  await picker.visits();
  // A host that speaks itself, as it should not: a wrong nonce, no port, junk, another window of its origin.
  await page.evaluate(
    async ({ url, token }) => {
      const frame = Object.assign(document.createElement("iframe"), { src: url, title: "Media library" });
      const ready = new Promise<string>((resolve) => addEventListener("message", ({ data }) => resolve(data.nonce)));
      document.body.append(frame);
      const nonce = await ready;
      const theirs = frame.contentWindow as Window;
      const said = { type: "satchel:open", version: 1, nonce, token, options: {} };
      const say = (message: unknown, ports = [new MessageChannel().port2]) =>
        theirs.postMessage(message, new URL(url).origin, ports);
      say({ ...said, nonce: "a".repeat(22) });
      say(said, []);
      say({ ...said, version: 2 });
      say({ ...said, options: { theme: "pink" } });
      say({ ...said, more: "x".repeat(10_000_000) });
      say(JSON.parse(JSON.stringify(said).replace("{", '{"__proto__":{"a":1},')));
      say(null);
      say("satchel:open");
      const other = document.createElement("iframe");
      document.body.append(other);
      const { port2 } = new MessageChannel();
      Object.assign(other.contentWindow as object, { theirs, said, port2, to: new URL(url).origin });
      (other.contentWindow as unknown as { eval(code: string): void }).eval("theirs.postMessage(said, to, [port2])");
    },
    { url: session.url, token: session.token },
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(picker.files).toHaveCount(0);
  expect(await works(site, session.token)).toBe(true);
});

test("1.5.5 what a page was handed opens nothing a second time", async ({ host, library, picker, site, watch }) => {
  watch.expects(/401/);
  await library.given("coffee.jpg");
  const session = await host.session();
  await picker.visits();
  await picker.shows({ session });
  expect(await works(site, session.token)).toBe(false);
  await picker.uses("coffee.jpg");

  await picker.opens({ session });
  await expect(picker.over).toBeVisible();
  await expect(picker.files).toHaveCount(0);
  const shut = picker.over.getByRole("button", { name: "Close the library" });
  expect(await picker.leavesBy(shut.click())).toEqual({ selection: null });
});

test("1.5.5 the token of one session opens no frame of another", async ({
  host,
  library,
  picker,
  server,
  site,
  watch,
}) => {
  watch.expects(/401|403/);
  await library.given("coffee.jpg");
  const others = await Account.create(server);
  await new Library(others).given("rocket.jpg");
  const theirs = await others.ask("POST", "/embed/sessions", { origin: "https://elsewhere.example.com" });
  const ours = await host.session();
  await picker.visits();
  await picker.opens({ session: { id: ours.id, token: theirs.token } });
  await expect(picker.over).toBeVisible();
  await expect(picker.files).toHaveCount(0);
  expect(await works(site, ours.token)).toBe(true);
});

test("1.5.3 no token is in an address, in storage or in a cookie", async ({ host, library, page, picker }) => {
  await library.given("coffee.jpg");
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
  await picker.visits();
  await picker.shows();
  const frame = page.frames().find((one) => one.url().includes("/embed/picker"));
  const kept = await frame?.evaluate(async () => {
    // Where third parties have no storage at all, nothing is kept in it; Chromium says so in these words.
    const shut = [
      "SecurityError: Failed to read the 'localStorage' property from 'Window': Access is denied for this document.",
      "UnknownError: The user denied permission to access the database.",
    ];
    const kept = async (look: () => unknown, nothing: unknown) => {
      try {
        return JSON.stringify(await look());
      } catch (error) {
        if (!shut.includes(String(error))) throw error;
        return JSON.stringify(nothing);
      }
    };
    return [
      document.cookie,
      document.referrer,
      await kept(() => ({ ...localStorage, ...sessionStorage }), {}),
      await kept(() => indexedDB.databases(), []),
      history.state,
    ];
  });
  expect(kept).toEqual(["", "", "{}", "[]", null]);
  const [session] = host.sessions;
  await picker.uses("coffee.jpg");
  const { url } = await picker.chosen();
  for (const address of [...addresses, url]) expect(address).not.toContain(session?.token);
  expect(addresses.filter((address) => /token|bearer/i.test(address))).toEqual([]);
});

test("1.5.5 what is chosen says what was agreed, and nothing more", async ({ library, page, picker }) => {
  await library.given("located.jpg");
  await picker.visits();
  // Behind the script's back: what comes over the port, as it comes.
  await page.evaluate(() => {
    window.told = [];
    const { prototype } = MessagePort;
    const setter = Object.getOwnPropertyDescriptor(prototype, "onmessage")?.set;
    Object.defineProperty(prototype, "onmessage", {
      set(hear: (event: MessageEvent) => void) {
        setter?.call(this, (event: MessageEvent) => {
          window.told.push(event.data);
          hear(event);
        });
      },
    });
  });
  await picker.shows();
  await picker.uses("located.jpg");
  const said = await page.evaluate(() => window.told);
  expect(said.map(({ type }) => type)).toEqual(["opened", "select"]);
  expect(Object.keys(said[1].items[0]).sort()).toEqual([
    "alt",
    "bytes",
    "height",
    "id",
    "kind",
    "mime",
    "name",
    "placement",
    "url",
    "variant",
    "verdict",
    "version",
    "width",
  ]);
});

test("1.5.5 a hostile page records a use where its session is for, and nowhere else", async ({ account, host, library, site }) => {
  const coffee = await library.given("coffee.jpg");
  const letter = { kind: "message", reference: "ticket-7", title: "About your order" };
  const bound = await host.session({ used_in: letter });
  const free = await host.session();
  const record = async ({ token }: { token: string }, place: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify(place);
    return (await fetch(`${site}/api/v1/assets/${coffee.id}/usages`, { method: "POST", headers, body })).status;
  };

  expect(await record(free, letter)).toBe(403);
  expect(await record(bound, { ...letter, reference: "ticket-8" })).toBe(403);
  expect(await record(bound, { ...letter, title: "Sign in here", url: "https://evil.example.com/" })).toBe(201);
  const { items } = await account.ask("GET", `/assets/${coffee.id}/usages`);
  expect(items).toMatchObject([{ ...letter, url: null, known_by: "picker" }]);
});

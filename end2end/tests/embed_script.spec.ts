// The script that other programs load, with a picker that is played: who hears what, and what comes back.
import { expectAccessible } from "../support/a11y.ts";
import { BEACH, DESK, EVIL, FakeDesk, NONCE, READY, SATCHEL } from "../support/fake_picker.ts";
import { closes } from "../support/picker.ts";
import { expect, test } from "../support/test.ts";

const FOLDER = "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";

test("what is chosen comes back, and the focus with it", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  const opener = page.getByRole("button", { name: "Add a file" });
  await opener.focus();
  await desk.opens({
    placement: "email-header",
    kinds: "image, video",
    multiple: true,
    max: 3,
    folder: FOLDER,
    theme: "dark",
  });
  await expect(desk.dialog).toBeVisible();
  await expect(desk.dialog.getByRole("status")).toHaveText("Opening the library…");

  const picker = await desk.picker();
  expect(picker.frame.url()).toBe(`${SATCHEL}/embed/picker?session=emb_1`);
  const frame = desk.dialog.locator("iframe");
  await expect(frame).toHaveAttribute("referrerpolicy", "no-referrer");
  await picker.says(READY);
  await picker.hears(({ data }) => data?.type === "satchel:open");
  expect(await picker.heard()).toEqual([
    {
      origin: DESK,
      isParent: true,
      data: {
        type: "satchel:open",
        version: 1,
        nonce: NONCE,
        token: "token-1",
        options: {
          placement: "email-header",
          kinds: ["image", "video"],
          multiple: true,
          max: 3,
          folder: FOLDER,
          locale: "en",
          theme: "dark",
        },
      },
    },
  ]);

  await picker.tells({ type: "opened" });
  await expect(desk.dialog.getByRole("status")).toHaveCount(0);
  await expect(frame).toBeFocused();
  const other = { ...BEACH, id: "ast_other" };
  await picker.tells({ type: "select", items: [BEACH, other] });
  const { selection } = await desk.answered();
  expect(selection).toEqual({ ...BEACH, items: [BEACH, other] });
  await expect(desk.dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("what was not asked for is not said", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens({ kinds: ["nonsense"], max: 5 });
  const picker = await desk.met();
  const [opening] = await picker.heard();
  expect(opening?.data.options).toEqual({ multiple: false, locale: "en", theme: "auto" });
  // One was asked for, so one comes.
  await picker.tells({ type: "select", items: [BEACH, { ...BEACH, id: "ast_other" }] });
  expect((await desk.answered()).selection?.items).toHaveLength(1);
});

test("nobody but the frame of the picker is handed the token", async ({ context, page }) => {
  const desk = await FakeDesk.with(
    context,
    page,
    `<iframe title="ad" src="${EVIL}/"></iframe><iframe title="twin" src="${SATCHEL}/embed/picker?session=other"></iframe>`,
  );
  await desk.opens();
  const strangers = page.frames().filter((frame) => /evil|other/.test(frame.url()));
  expect(strangers).toHaveLength(2);
  // Another origin, and the right origin in another window.
  for (const frame of strangers) {
    await frame.waitForLoadState();
    await frame.evaluate((ready) => parent.postMessage(ready, "*"), READY);
  }
  await page.evaluate((ready) => postMessage(ready, "*"), READY);
  const popup = page.waitForEvent("popup");
  await strangers[0]?.evaluate((desk) => void window.open(desk), `${EVIL}/popup`);
  await (await popup).evaluate((ready) => opener.parent.postMessage(ready, "*"), READY);

  const picker = await desk.met();
  expect((await picker.heard()).filter(({ data }) => data)).toHaveLength(1);
  for (const frame of strangers) expect(await frame.evaluate(() => window.heard)).toEqual([]);
  expect(await (await popup).evaluate(() => window.heard)).toEqual([]);
});

test("what is no greeting is dropped, and a greeting is answered once", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  const picker = await desk.picker();
  const junk = [
    null,
    7,
    "satchel:ready",
    [READY],
    {},
    { ...READY, type: "satchel:open" },
    { ...READY, version: 2 },
    { ...READY, version: "1" },
    { ...READY, nonce: "short" },
    { ...READY, nonce: 7 },
    { ...READY, nonce: "<".repeat(30) },
    { ...READY, nonce: "n".repeat(10_000_000) },
    JSON.parse('{"__proto__":{"type":"satchel:ready","version":1,"nonce":"a-nonce-of-22-characters-or-more"}}'),
  ];
  for (const message of junk) await picker.says(message);
  await picker.frame.evaluate(() => parent.postMessage(Object.create({ type: "satchel:ready" }), "*"));
  await picker.says(READY);
  await picker.says(READY);
  await picker.hears(({ data }) => data?.type === "satchel:open");
  await picker.says({ ...READY, nonce: "b".repeat(30) });
  await picker.tells({ type: "opened" });
  await expect(desk.dialog.getByRole("status")).toHaveCount(0);
  expect((await picker.heard()).map(({ data }) => data.nonce)).toEqual([NONCE]);
  // Nothing over the window either, once there is a port.
  await picker.says({ type: "select", items: [BEACH] });
  await picker.tells({ type: "cancel" });
  expect(await desk.answered()).toEqual({ selection: null });
});

test("a frame that is led away gets nothing, and the dialog goes", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  const picker = await desk.picker();
  await page.evaluate((evil) => {
    const frame = document.querySelector("body > div")?.shadowRoot?.querySelector("iframe");
    frame?.contentWindow?.location.replace(evil);
  }, `${EVIL}/`);
  await expect(desk.dialog).toHaveCount(0);
  expect(await desk.answered()).toEqual({ code: "lost" });
  await expect.poll(() => picker.frame.isDetached()).toBe(true);
});

test("what cannot be used is not handed on, and what nobody asked for neither", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  const picker = await desk.met();
  for (const junk of [
    null,
    7,
    [],
    {},
    { type: "nothing" },
    { type: "select" },
    { type: "select", items: "all" },
    { type: "select", items: [] },
  ]) {
    await picker.tells(junk);
  }
  for (const url of ["javascript:alert(1)", "data:text/html,x", "//media.example.com/x", ""])
    await picker.tells({ type: "select", items: [{ ...BEACH, url }] });
  await picker.tells({
    type: "select",
    items: [
      { ...BEACH, id: "" },
      { ...BEACH, width: -1, height: Infinity, bytes: "many", token: "t", verdict: "cut" },
    ],
  });
  expect((await desk.answered()).code).toBeUndefined();
});

test("a file reads as it is, whatever else was said of it", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens({ multiple: true });
  const picker = await desk.met();
  const variant = {
    id: "ast_copy",
    url: "https://media.example.com/m/k2/copy.jpg",
    width: 600,
    height: 300,
    bytes: 9_000,
    mime: "image/jpeg",
    extra: 1,
  };
  await picker.tells({
    type: "select",
    items: [
      { ...BEACH, id: "" },
      {
        ...BEACH,
        width: -1,
        height: null,
        bytes: "many",
        token: "t",
        placement: "email-header",
        verdict: "cut",
        variant,
      },
    ],
  });
  const { selection } = await desk.answered();
  const { extra: _, ...copy } = variant;
  expect(selection?.items).toEqual([
    { ...BEACH, width: null, height: null, bytes: 0, placement: "email-header", verdict: "cut", variant: copy },
  ]);
});

test("a picker is left by Escape, by its button while it loads, and by the page", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  const opener = page.getByRole("button", { name: "Add a file" });
  await opener.focus();
  await desk.opens();
  await expect(desk.dialog).toBeVisible();
  await closes(desk.dialog, page.keyboard.press("Escape"));
  expect(await desk.answered()).toEqual({ selection: null });
  await expect(opener).toBeFocused();

  await desk.opens();
  await desk.dialog.getByRole("button", { name: "Close" }).click();
  expect(await desk.answered()).toEqual({ selection: null });
  await expect(opener).toBeFocused();

  await page.evaluate(() => {
    const leaving = new AbortController();
    const answer = Satchel.open({ session: () => ({ id: "emb_9", token: "t" }), signal: leaving.signal });
    window.answer = answer.then((selection) => ({ selection }));
    leaving.abort();
  });
  expect(await desk.answered()).toEqual({ selection: null });
  await expect(desk.dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("there is one picker at a time, and one after a page that threw it away", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  const first = await page.evaluateHandle(() => ({ answer: window.answer }));
  await desk.opens();
  expect(await desk.answered()).toEqual({ code: "already_open" });
  await page.evaluate(() => document.body.replaceChildren());
  await desk.opens();
  expect(await first.evaluate(({ answer }) => answer)).toEqual({ selection: null });
  const picker = await desk.met();
  await picker.tells({ type: "select", items: [BEACH] });
  expect((await desk.answered()).selection?.id).toBe("ast_beach");
});

test("a session is renewed by whoever gave it, else the picker is told", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  const picker = await desk.met();
  await picker.tells({ type: "renew" });
  await picker.hears(({ port }) => port?.type === "renewed");
  expect((await picker.heard()).at(-1)).toEqual({ port: { type: "renewed", token: "token-2" } });
  expect(await page.evaluate(() => window.asked)).toEqual(["open", "renew"]);
  await picker.tells({ type: "cancel" });
  await desk.answered();

  // What was given as it is cannot be had again; the picker stays, and says so itself.
  await page.evaluate(() => (window.told = []));
  await page.evaluate(() => {
    const answer = Satchel.open({
      session: { id: "emb_3", token: "token-3" },
      onProblem: ({ code }) => window.told.push(code),
    });
    window.answer = answer.then((selection) => ({ selection }));
  });
  const other = await desk.met();
  await other.tells({ type: "renew" });
  await other.hears(({ port }) => port?.type === "refused");
  await expect.poll(() => page.evaluate(() => window.told)).toEqual(["no_session"]);
  await expect(desk.dialog).toBeVisible();
});

test("without a session there is no picker", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  for (const session of [undefined, "", {}, { id: "emb_1" }, 7]) {
    await desk.opens({ session });
    expect(await desk.answered(), JSON.stringify(session)).toEqual({ code: "no_session" });
  }
  await expect(desk.dialog).toHaveCount(0);
});

test("what the picker would drop in silence is refused aloud", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  for (const options of [{ placement: "Email header" }, { placement: "-" }, { folder: "Summer" }, { theme: "pink" }]) {
    await desk.opens(options as Satchel.Options);
    expect(await desk.answered(), JSON.stringify(options)).toEqual({ code: "invalid_option" });
  }
  // Nobody was asked for a session.
  expect(await page.evaluate(() => window.asked)).toEqual([]);
  await desk.opens({ multiple: true, max: 4_000_000_000 });
  expect((await (await desk.met()).heard())[0]?.data.options.max).toBe(100);
});

test("a picker that does not answer is said to be silent", async ({ context, page }) => {
  await page.clock.install();
  const desk = await FakeDesk.with(context, page);
  await desk.opens();
  await desk.picker();
  await page.clock.fastForward(60_000);
  await expect(desk.dialog.getByRole("status")).toHaveText("The library does not answer. Close this and try again.");
  await desk.dialog.getByRole("button", { name: "Close" }).click();
  expect(await desk.answered()).toEqual({ code: "no_answer" });
});

test("a careful host needs to allow the script and the frame, and nothing else", async ({ context, page }) => {
  const policy = `default-src 'none'; script-src ${SATCHEL}; frame-src ${SATCHEL}; require-trusted-types-for 'script'`;
  const desk = await FakeDesk.with(context, page, undefined, "", policy);
  await desk.opens();
  const picker = await desk.met();
  await picker.tells({ type: "select", items: [BEACH] });
  expect((await desk.answered()).selection?.id).toBe("ast_beach");
});

test("loaded twice, it is there once", async ({ context, page }) => {
  const desk = await FakeDesk.with(context, page);
  await page.addScriptTag({ url: `${SATCHEL}/embed.js` });
  expect(await page.evaluate(() => Satchel.version)).toMatch(/^1\./);
  await desk.opens();
  await (await desk.met()).tells({ type: "cancel" });
  expect(await desk.answered()).toEqual({ selection: null });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries({
    wide: { width: 1440, height: 900 },
    narrow: { width: 390, height: 844 },
  })) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });

      test("the dialog is for everyone", async ({ context, page }) => {
        const desk = await FakeDesk.with(context, page);
        await desk.opens();
        await expect(desk.dialog).toBeVisible();
        await expectAccessible(page);
        const background = await desk.dialog.evaluate((element) => getComputedStyle(element).backgroundColor);
        expect(background).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(22, 23, 26)");
        const box = await desk.dialog.boundingBox();
        if (name === "narrow") expect(box).toEqual({ x: 0, y: 0, ...viewport });
        else expect(box?.width).toBeLessThan(viewport.width);
      });
    });
  }
}

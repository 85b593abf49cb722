// A page that plays the picker, and a desk that embeds it: no server, and every word as a story says.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type BrowserContext, type Frame, type Locator, type Page } from "@playwright/test";

import { embedScript } from "./embed.mjs";

/** Where messages are written, where Satchel is, and who should get nothing: sites of their own. */
export const DESK = "http://desk.localhost:4100";
export const SATCHEL = "http://127.0.0.1:4200";
export const EVIL = "http://evil.localhost:4300";

export const NONCE = "a-nonce-of-22-characters-or-more";
export const READY = { type: "satchel:ready", version: 1, nonce: NONCE };

/** What the picker answers of a file. */
export const BEACH = {
  id: "ast_beach",
  name: 'Beach "at" <noon>.jpg',
  kind: "image",
  url: "https://media.example.com/m/k1/beach.jpg",
  width: 1200,
  height: 800,
  bytes: 81_000,
  mime: "image/jpeg",
  alt: 'A "beach" & <sea>',
  version: 2,
  placement: null,
  verdict: null,
  variant: null,
};

// It hears everything, and says what a story has it say.
const PICKER = `<!doctype html><html lang="en"><title>Picker</title><body><h1>Picker</h1><button>Inside</button><script>
  window.heard = [];
  addEventListener("message", (event) => {
    heard.push({ origin: event.origin, data: event.data, isParent: event.source === parent });
    const [port] = event.ports;
    if (!port) return;
    window.wire = port;
    port.onmessage = (said) => heard.push({ port: said.data });
  });
</script>`;

const EVIL_PAGE = PICKER.replaceAll("Picker", "Evil");

declare global {
  interface Window {
    heard: { origin?: string; data?: any; isParent?: boolean; port?: any }[];
    wire: MessagePort;
    /** What became of the last opening. */
    answer: Promise<{ selection?: Satchel.Selection | null; code?: string }>;
    asked: string[];
    told: any[];
  }
}

/** A page of the desk, which embeds a picker that is played. */
export class FakeDesk {
  constructor(readonly page: Page) {}

  /** Sets up the three sites; the desk's page holds this. */
  static async with(
    context: BrowserContext,
    page: Page,
    body = "<button id=opener>Add a file</button>",
    head = "",
    policy = "",
  ) {
    const types = { ".js": "text/javascript", ".css": "text/css" } as Record<string, string>;
    await context.route("**/*", async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      const html = (text: string, headers = {}) =>
        route.fulfill({ contentType: "text/html; charset=utf-8", body: text, headers });
      if (origin === EVIL) return html(EVIL_PAGE);
      if (origin === SATCHEL && pathname === "/embed.js")
        return route.fulfill({ contentType: "text/javascript; charset=utf-8", body: embedScript() });
      if (origin === SATCHEL && pathname === "/embed/picker") return html(PICKER);
      if (origin !== DESK) return route.abort();
      if (pathname.startsWith("/vendor/")) {
        const file = vendor(pathname.slice("/vendor/".length));
        return route.fulfill({
          contentType: types[path.extname(file)] ?? "application/octet-stream",
          body: readFileSync(file),
        });
      }
      if (pathname === "/favicon.ico") return route.fulfill({ status: 204 });
      const script = `<script src="${SATCHEL}/embed.js"></script>`;
      return html(
        `<!doctype html><html lang="en"><title>Desk</title><meta name="viewport" content="width=device-width">${script}${head}<main><h1>Write a message</h1>${body}</main>`,
        {
          ...(policy ? { "content-security-policy": policy } : {}),
        },
      );
    });
    await page.goto(`${DESK}/`);
    return new FakeDesk(page);
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Media library" });
  }

  /** Opens the picker as a page does; sessions are numbered. */
  async opens(options: Omit<Satchel.Options, "session"> & { session?: unknown } = {}) {
    await this.page.evaluate((options) => {
      window.asked ??= [];
      const session = (reason: string) => {
        window.asked.push(reason);
        return { id: `emb_${window.asked.length}`, token: `token-${window.asked.length}` };
      };
      const answer = Satchel.open({ session, ...options } as Satchel.Options);
      window.answer = answer.then(
        (selection) => ({ selection }),
        (error) => ({ code: error.code ?? String(error) }),
      );
    }, options);
  }

  /** What became of the last opening. */
  async answered() {
    return this.page.evaluate(() => window.answer);
  }

  /** The frame of the played picker. */
  async picker(): Promise<FakePicker> {
    await expect(
      this.page.locator("iframe[title='Media library'], iframe[title='Biblioteca de mídia']"),
    ).toBeAttached();
    const find = () =>
      this.page.frames().find((frame) => frame.url().startsWith(`${SATCHEL}/embed/picker?session=emb_`));
    await expect.poll(() => !!find()).toBe(true);
    const frame = find();
    if (!frame) throw new Error("the picker has no frame");
    await frame.waitForLoadState();
    return new FakePicker(frame);
  }

  /** The played picker, once it was handed its token and shows itself. */
  async met(): Promise<FakePicker> {
    const picker = await this.picker();
    await picker.says(READY);
    await picker.hears(({ data }) => data?.type === "satchel:open");
    await picker.tells({ type: "opened" });
    await expect(this.page.getByRole("status")).toHaveCount(0);
    return picker;
  }
}

/** The played picker. */
export class FakePicker {
  constructor(readonly frame: Frame) {}

  /** Says something to the page around it. */
  async says(message: unknown) {
    await this.frame.evaluate((message) => parent.postMessage(message, "*"), message);
  }

  /** Says something over the port; it may be the last that the frame does. */
  async tells(message: unknown) {
    const said = this.frame.evaluate((message) => window.wire.postMessage(message), message);
    await said.catch((error: unknown) => {
      if (!this.frame.isDetached()) throw error;
    });
  }

  async heard() {
    return this.frame.evaluate(() => window.heard);
  }

  /** Waits until it heard such a thing. */
  async hears(isIt: (heard: Window["heard"][number]) => boolean) {
    await expect.poll(async () => (await this.heard()).some(isIt)).toBe(true);
  }
}

/** A file of a package, by its path below `node_modules`. */
function vendor(name: string) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  return path.join(here, "../node_modules", path.normalize(`/${name}`));
}

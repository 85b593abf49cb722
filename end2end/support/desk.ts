// A page of another program that opens the picker by what is agreed, word by word.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

import type { Account } from "./account.mjs";

const PAGE = `<!doctype html><html lang="en"><title>Desk</title><meta name="viewport" content="width=device-width">
  <style>body,h1{margin:0}iframe{border:0;width:100vw;height:90dvh}</style>
  <main><h1>Desk</h1><div id="place"></div></main>`;

// A real one: what a story answers itself is a public page to Chromium, which may not frame this machine.
const server = createServer((request, response) => {
  const isPage = request.url === "/";
  response.writeHead(isPage ? 200 : 204, { "content-type": "text/html; charset=utf-8" });
  response.end(isPage ? PAGE : undefined);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
server.unref();

/** Where messages are written: a site of its own. */
export const DESK = `http://desk.localhost:${(server.address() as AddressInfo).port}`;

/** What the picker is opened with; names as they are agreed. */
export type Options = Record<string, unknown>;

declare global {
  interface Window {
    /** All that the picker said over its port. */
    said: any[];
    port?: MessagePort;
    answers: (data: any) => void;
  }
}

/** A page of another program. */
export class Desk {
  constructor(
    readonly page: Page,
    private readonly account: Account,
    private readonly site: string,
  ) {}

  /** A desk with nothing open. */
  static async with(page: Page, account: Account, site: string): Promise<Desk> {
    await page.goto(`${DESK}/`);
    return new Desk(page, account, site);
  }

  /** A session as the desk's own server would get it. */
  async session(change: object = {}) {
    const scopes = ["browse", "upload", "crop", "share"];
    return this.account.ask("POST", "/embed/sessions", { origin: DESK, scopes, ...change });
  }

  /** Opens the picker, and waits until it says that it is open. */
  async opens(options: Options = {}, change: object = {}) {
    const session = await this.session(change);
    await this.frames(session, { ...options });
    await expect.poll(() => this.heard("opened")).toBe(1);
  }

  /** Puts the picker of a session into the page, and answers its first word. */
  async frames(session: { url: string; id: string; token: string }, options: Options, nonce?: string) {
    await this.page.evaluate(
      ({ address, site, token, options, nonce }) => {
        window.said = [];
        addEventListener("message", ({ origin, source, data }) => {
          const frame = document.querySelector("iframe");
          if (origin !== new URL(site).origin || source !== frame?.contentWindow) return;
          const channel = new MessageChannel();
          window.port = channel.port1;
          channel.port1.onmessage = (event) => window.said.push(event.data);
          const opening = { type: "satchel:open", version: 1, nonce: nonce ?? data.nonce, token, options };
          frame?.contentWindow?.postMessage(opening, new URL(site).origin, [channel.port2]);
        });
        const frame = document.createElement("iframe");
        frame.title = "Media library";
        frame.src = address;
        document.querySelector("#place")?.append(frame);
      },
      {
        address: `${this.site}/embed/picker?session=${session.id}`,
        site: this.site,
        token: session.token,
        options,
        nonce,
      },
    );
  }

  /** Says something over the port. */
  async says(message: unknown) {
    await this.page.evaluate((message) => window.port?.postMessage(message), message);
  }

  /** How often the picker said such a thing. */
  async heard(type: string): Promise<number> {
    return this.page.evaluate((type) => window.said.filter((said) => said.type === type).length, type);
  }

  /** What was chosen, once something is. */
  async selection(): Promise<any[]> {
    await expect.poll(() => this.heard("select")).toBe(1);
    return this.page.evaluate(() => window.said.find((said) => said.type === "select").items);
  }

  get picker(): FrameLocator {
    return this.page.frameLocator("iframe");
  }

  get files(): Locator {
    return this.picker.getByRole("listbox", { name: "Files" }).getByRole("option");
  }

  /** A file in the list, by its name. */
  file(name: string | RegExp): Locator {
    return this.picker.getByRole("option", { name });
  }

  get use(): Locator {
    return this.picker.getByRole("button", { name: "Use", exact: true });
  }
}

// Our `test`: Playwright's, with a server, people, files and a wire that can be cut.
import { expect, test as base, type Browser, type Page } from "@playwright/test";

import { Account } from "./account.mjs";
import { Files } from "./files.ts";
import { Library } from "./library.ts";
import { Person } from "./people.ts";
import { Proxy } from "./proxy.mjs";
import { Server } from "./server.mjs";
import { Watch } from "./watch.ts";

export { expect } from "@playwright/test";

interface EveryWorker {
  /** What `SATCHEL_*` variables say to the server, besides the ordinary. */
  settings: Record<string, string>;
  /** The wire between browsers and server, which can be cut. */
  wire: Proxy;
  /** The real program with a database of its own. */
  server: Server;
}

interface EveryStory {
  /** The address people type. */
  site: string;
  /** What the browser complains about; a story that provokes complaints says so. */
  watch: Watch;
  /** An account of the story's own. */
  account: Account;
  /** What that account holds. */
  library: Library;
  /** Anna, an administrator, signed in, with `page` as her browser. */
  anna: Person;
  /** Ben, an agent, signed in, with a browser of his own. */
  ben: Person;
  /** Olga, who operates the installation, signed in, with a browser of her own. */
  operator: Person;
  /** Files on Anna's disk. */
  files: Files;
  /** The wire, whole again when the story ends. */
  network: Proxy;
}

export const test = base.extend<EveryStory, EveryWorker>({
  wire: [
    async ({}, use) => {
      const wire = await Proxy.start();
      await use(wire);
      await wire.stop();
    },
    { scope: "worker" },
  ],
  settings: [{}, { option: true, scope: "worker" }],
  server: [
    async ({ wire, settings }, use) => {
      const server = await Server.startBehind(wire, settings);
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  site: async ({ wire, server: _ }, use) => use(wire.url),
  watch: [
    async ({ context }, use) => {
      const watch = new Watch();
      await watch.over(context);
      await use(watch);
      expect(watch.complaints, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],
  account: async ({ server }, use) => use(await Account.create(server)),
  library: async ({ account }, use) => use(new Library(account)),
  anna: async ({ page, account, site, watch: _ }, use) => {
    await use(await Person.signedIn(page, account, site, "anna", "administrator"));
  },
  ben: async ({ browser, account, site, watch }, use) => {
    const page = await newPage(browser, watch);
    await use(await Person.signedIn(page, account, site, "ben", "agent"));
    await page.context().close();
  },
  operator: async ({ browser, account, site, watch }, use) => {
    const page = await newPage(browser, watch);
    await use(await Person.signedIn(page, account, site, "olga", "agent", ["--operator"]));
    await page.context().close();
  },
  files: async ({ page }, use, story) => use(new Files(page, story)),
  network: async ({ wire }, use) => {
    await use(wire);
    wire.mend();
  },
});

/** A browser of somebody else, watched as well. */
export async function newPage(browser: Browser, watch: Watch) {
  const context = await browser.newContext();
  await watch.over(context);
  return context.newPage();
}

/** Ends a server of the story's own, which a page that still listens or loads would miss. */
export async function leave(page: Page, server: Server) {
  await page.goto("about:blank");
  await server.stop();
}

// The picker as people meet it: in a frame of a page of another program.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

import { Host } from "./host.mjs";
import { test as base } from "./test.ts";

interface EveryStory {
  /** Another program, with a session door to the story's account. */
  host: Host;
  /** The picker in that program's page. */
  picker: Picker;
}

/** Our `test`, with a program of others beside it. */
export const test = base.extend<EveryStory>({
  host: async ({ account, site, page }, use) => {
    const host = await Host.open(account, site);
    // Beside what the browser does of itself: nothing of another site is kept in a frame.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.setCookieControls", {
      enableThirdPartyCookieRestriction: true,
      disableThirdPartyCookieMetadata: true,
      disableThirdPartyCookieHeuristics: true,
    } as never);
    await use(host);
    await page.goto("about:blank");
    await host.close();
  },
  picker: async ({ host, page }, use) => use(new Picker(page, host)),
});

declare global {
  interface Window {
    answer: Promise<{ selection?: Satchel.Selection | null; code?: string }>;
    told: any[];
  }
}

/**
 * A deed in the frame of a dialog closes it. The browser never says that the deed is done where the frame goes with it,
 * so the dialog is asked.
 */
export async function closes(dialog: Locator, deed: Promise<void>) {
  deed.catch(() => undefined);
  await expect(dialog).toHaveCount(0);
}

/** The picker in a page of the host. */
export class Picker {
  constructor(
    readonly page: Page,
    readonly host: Host,
  ) {}

  /** Goes to a page of the host that holds this. */
  async visits(body = "<button id=opener>Add a file</button>") {
    this.host.body = body;
    await this.page.goto(`${this.host.url}/`);
  }

  /** Opens the picker as a page does. */
  async opens(options: Omit<Satchel.Options, "session"> & { session?: unknown } = {}) {
    await this.page.evaluate((options) => {
      const answer = Satchel.open({ session: "/satchel-session", ...options } as Satchel.Options);
      window.answer = answer.then(
        (selection) => ({ selection }),
        (error) => ({ code: error.code ?? String(error) }),
      );
    }, options);
  }

  /** Opens it, and waits until its files are there. */
  async shows(options: Omit<Satchel.Options, "session"> & { session?: unknown } = {}) {
    await this.opens(options);
    await this.isThere();
  }

  async isThere() {
    await expect(this.frame.getByRole("heading", { name: "Choose from the library" })).toBeVisible();
    await expect(this.files.getByRole("option").first()).toBeVisible();
  }

  /** What became of the last opening. */
  async answered() {
    return this.page.evaluate(() => window.answer);
  }

  /** What a deed inside that closes the picker comes to. */
  async leavesBy(deed: Promise<void>) {
    await closes(this.dialog, deed);
    return this.answered();
  }

  /** The one file that was chosen. */
  async chosen(): Promise<Satchel.Selection> {
    const { selection } = await this.answered();
    if (!selection) throw new Error("nothing was chosen");
    return selection;
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Media library" });
  }

  get frame(): FrameLocator {
    return this.page.frameLocator("iframe[title='Media library']");
  }

  get files(): Locator {
    return this.frame.getByRole("listbox", { name: "Files" });
  }

  file(name: string): Locator {
    return this.files.getByRole("option", { name });
  }

  button(name: string): Locator {
    return this.frame.getByRole("button", { name, exact: true });
  }

  /** What is said when the session is over. */
  get over(): Locator {
    return this.frame.getByRole("alertdialog", { name: "This session has ended" });
  }

  /** Chooses files by their names, and hands them over. */
  async uses(...names: string[]) {
    for (const name of names) await this.file(name).click();
    await this.handsOver();
  }

  /** Hands over what is chosen. */
  async handsOver() {
    await closes(this.dialog, this.button("Use").click());
  }
}

// Anna, an administrator, and Ben, an agent: people with a browser of their own.
import { expect, type BrowserContext, type Locator, type Page } from "@playwright/test";

import type { Account } from "./account.mjs";

/** A person with a browser. */
export class Person {
  constructor(
    readonly page: Page,
    readonly site: string,
    readonly email: string,
    readonly password: string,
  ) {
    // Leaving while files are on their way asks; these people always mean it.
    page.on("dialog", (dialog) => dialog.accept());
  }

  /** Adds a person to an account and signs them in, in this page. */
  static async signedIn(
    page: Page,
    account: Account,
    site: string,
    name: string,
    role: "agent" | "administrator",
    marks: string[] = [],
  ) {
    const { email, password } = await account.addPerson(name, role, marks);
    const person = new Person(page, site, email, password);
    await person.signIn();
    return person;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** The pictures. */
  get grid(): Locator {
    return this.page.getByRole("listbox", { name: "Files" });
  }

  /** All assets on show. */
  get tiles(): Locator {
    return this.grid.getByRole("option");
  }

  /** One asset in the grid, by its name. */
  tile(name: string): Locator {
    return this.grid.getByRole("option", { name });
  }

  /** What is known of the asset that is open. */
  get details(): Locator {
    return this.page.getByRole("complementary", { name: "Details" });
  }

  /** The asset that fills the screen. */
  get preview(): Locator {
    return this.page.getByRole("dialog", { name: "Full screen" });
  }

  /** Folders and the trash. */
  get tree(): Locator {
    return this.page.getByRole("navigation", { name: "Library" });
  }

  /** Where words are typed. */
  get search(): Locator {
    return this.page.getByRole("main").getByRole("searchbox");
  }

  /** One folder in the tree, by its name. */
  folder(name: string): Locator {
    return this.tree.getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** What a right click offers. */
  get menu(): Locator {
    return this.page.getByRole("menu", { name: "Actions" });
  }

  /** Chooses from what a right click offers. */
  async chooses(name: string) {
    await this.menu.getByRole("menuitem", { name }).click();
  }

  /** Opens the menu of what has the focus, and chooses from it: by keys alone. */
  async choosesByKeys(name: string) {
    await this.page.keyboard.press("Shift+F10");
    const choices = this.menu.locator("[role^=menuitem]");
    await expect(choices.first()).toBeFocused();
    const choice = this.menu.getByRole("menuitem", { name }).or(this.menu.getByRole("menuitemradio", { name }));
    const isThere = () => choice.evaluate((element) => element === document.activeElement);
    for (let steps = await choices.count(); steps > 0 && !(await isThere()); steps--) {
      await this.page.keyboard.press("ArrowDown");
    }
    await expect(choice).toBeFocused();
    await this.page.keyboard.press("Enter");
  }

  /** The way to empty the trash: the last that comes of its page. */
  get emptyTrash(): Locator {
    return this.page.getByRole("button", { name: "Empty trash…" });
  }

  /** What is asked before something is done. */
  get ask(): Locator {
    return this.page.locator("dialog.ask[open]");
  }

  /** What can be done with the chosen assets. */
  get bar(): Locator {
    return this.page.getByRole("toolbar");
  }

  /** Moves the mouse, and waits until what it touches can be dragged. */
  async takesTheMouse() {
    await this.page.mouse.move(2, 2);
    await expect(this.page.locator("[draggable=true]").first()).toBeVisible();
  }

  /** What a dropped folder asks. */
  get question(): Locator {
    return this.page.getByRole("dialog", { name: "Upload" });
  }

  /** Files on their way. */
  get tray(): Locator {
    return this.page.getByRole("region", { name: "Upload tray" });
  }

  /** One file on its way. */
  upload(name: string): Locator {
    return this.tray.getByRole("list", { name: "Uploads" }).getByRole("listitem").filter({ hasText: name });
  }

  /** Signs in as the form does, without looking at it. */
  async signIn() {
    const answer = await this.context.request.post(`${this.site}/sign-in`, {
      form: { email: this.email, password: this.password },
      headers: { origin: this.site },
      maxRedirects: 0,
    });
    expect(answer.status(), await answer.text()).toBe(303);
    expect(answer.headers().location).not.toContain("problem");
  }

  /** Opens a page and waits until it answers to hands. */
  async opens(path: string) {
    await this.page.goto(this.site + path);
    await isAlive(this.page);
  }

  /** Loads the page again and waits until it answers to hands. */
  async reloads() {
    await this.page.reload();
    await isAlive(this.page);
  }
}

/** Waits until the client has taken over what the server rendered. */
export async function isAlive(page: Page) {
  await expect(page.locator(".library.lives")).toBeVisible();
}

// Anna, an administrator, and Ben, an agent: people with a browser of their own.
import { expect, type BrowserContext, type Page } from "@playwright/test";

import type { Account } from "./account.mjs";

/** A person with a browser. */
export class Person {
  constructor(
    readonly page: Page,
    readonly site: string,
    readonly email: string,
    readonly password: string,
  ) {}

  /** Adds a person to an account and signs them in, in this page. */
  static async signedIn(page: Page, account: Account, site: string, name: string, role: "agent" | "administrator") {
    const { email, password } = await account.addPerson(name, role);
    const person = new Person(page, site, email, password);
    await person.signIn();
    return person;
  }

  get context(): BrowserContext {
    return this.page.context();
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
  await expect(page.locator("html")).toHaveAttribute("data-alive", "");
}

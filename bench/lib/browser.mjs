// The browser of the stories, and a person signed in to the library.
import { createRequire } from "node:module";
import path from "node:path";

import { chromium as launching } from "../../end2end/support/browser.mjs";
import { ROOT, SATCHEL, run } from "./programs.mjs";

const { chromium } = createRequire(path.join(ROOT, "end2end/"))("@playwright/test");
const PERSON = { email: "bench@example.com", password: "a bench beside the river" };

/** Starts Chromium. */
export async function browser() {
  return chromium.launch(launching());
}

/** Adds somebody who can sign in. */
export function addPerson({ env }) {
  const who = ["--account", "Bench", "--email", PERSON.email, "--name", "Bench", "--role", "administrator"];
  run(SATCHEL, ["user", "create", ...who, "--password-stdin"], { env, input: PERSON.password });
}

/** A page of somebody who is signed in, in a window of its own. */
export async function signedIn(browser, { url }, viewport) {
  const context = await browser.newContext({ viewport });
  const answer = await context.request.post(`${url}/sign-in`, { form: PERSON, headers: { origin: url }, maxRedirects: 0 });
  if (answer.status() !== 303) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
  return context.newPage();
}

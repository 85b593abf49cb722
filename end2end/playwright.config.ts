// How the stories run: real browser, real server, two at a time, no second chances.
import { defineConfig, devices } from "@playwright/test";

import { chromium } from "./support/browser.mjs";

export default defineConfig({
  testDir: "tests",
  outputDir: "../target/end2end",
  // Every story has its own account, so stories may run side by side.
  fullyParallel: true,
  workers: 2,
  // A story that fails now and then shows a bug: in the story or in what it tells.
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? [["list"], ["github"]] : [["list"]],
  // A stuck story ends, a slow machine is waited for.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
    navigationTimeout: 60_000,
  },
  projects: [
    {
      name: "chromium",
      use: {
        ...devices["Desktop Chrome"],
        viewport: { width: 1440, height: 900 },
        launchOptions: chromium(),
      },
    },
  ],
});

// A library of more pictures than a page could hold: all are reached, few are in the document.
import type { Locator } from "@playwright/test";

import { tinyName } from "../support/library.ts";
import { expect, test } from "../support/test.ts";

const COUNT = 1_200;
/** The most tiles in the document: what is in sight, and some rows around it. */
const MOST = 200;

test("more than a thousand pictures are reached by keys and by the scrollbar, few at a time", async ({ anna, library, page }) => {
  test.slow();
  await library.givenMany(COUNT);
  const [first, last] = [anna.tile(tinyName(1)), anna.tile(tinyName(COUNT))];
  const pane = page.locator("[data-pane]");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/rpc/list_assets")) asked.push(request.url());
  });
  let most = 0;

  // End goes as far as is known, and on when more has come.
  await anna.opens("/?sort=name");
  await first.focus();
  await expect(async () => {
    await page.keyboard.press("End");
    most = Math.max(most, await tiles(pane).count());
    await expect(last).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(anna.details.getByLabel("Name")).toHaveValue(tinyName(COUNT));
  await page.keyboard.press("Escape");
  await expect(anna.details).toBeHidden();
  await expect(async () => {
    await anna.tiles.first().focus();
    await page.keyboard.press("End");
    await expect(last).toBeFocused({ timeout: 500 });
  }).toPass();

  const there = asked.length;
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();
  await expect(last).toHaveCount(0);
  await page.keyboard.press("End");
  await expect(last).toBeFocused();
  expect(asked.length, "what came once is kept").toBe(there);

  await anna.reloads();
  await expect(async () => {
    most = Math.max(most, await mostWhileScrolling(pane));
    await expect(last).toBeInViewport({ timeout: 500 });
  }).toPass();
  most = Math.max(most, await mostWhileScrolling(pane));
  await expect(last).toBeInViewport();
  expect(most, "tiles in the document at once").toBeLessThanOrEqual(MOST);
  expect(most).toBeGreaterThan(20);
});

/** All tiles, those that wait for their asset too. */
function tiles(pane: Locator): Locator {
  return pane.locator(".tile");
}

/** Scrolls from the top to the end as a hand at the scrollbar does; the most tiles there were on the way. */
async function mostWhileScrolling(pane: Locator): Promise<number> {
  return pane.evaluate(async (pane) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    let most = 0;
    for (let top = 0; top < pane.scrollHeight; top += pane.clientHeight * 0.8) {
      pane.scrollTop = top;
      await drawn();
      most = Math.max(most, pane.querySelectorAll(".tile").length);
    }
    return most;
  });
}

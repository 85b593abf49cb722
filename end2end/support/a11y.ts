// axe on a page or a part of it: nobody is left outside.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The page as it stands has no finding of axe, of any weight. */
export async function expectAccessible(page: Page) {
  // What fades in has half its contrast until it is there; nothing more shall begin to.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((it) => it.effect?.getTiming().iterations !== Infinity);
    for (const animation of passing) animation.finish();
  });
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const findings = violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim()})`),
  );
  expect(findings).toEqual([]);
}

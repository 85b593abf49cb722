// An upload waits when it is told to, and goes away when it is told to.
import { text } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

const MB = 1_000_000;

test("a paused upload waits, and goes on when it may", async ({ anna, files, library, network, page }) => {
  const bytes = text(24 * MB, 21);
  await anna.opens("/");
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", bytes));
  await expect.poll(() => network.happened).toBe(true);

  await anna.tray.getByRole("button", { name: "Pause: long.txt" }).click();
  await expect(anna.upload("long.txt")).toContainText(/Paused at \d+%/);
  await expect(anna.tray).toContainText("Paused: 0 of 1 uploaded");
  network.mend();
  expect(await library.assets()).toEqual([]);

  await anna.tray.getByRole("button", { name: "Resume: long.txt" }).click();
  await expect(anna.upload("long.txt")).toContainText("Uploaded", { timeout: 90_000 });
  await library.holds("long.txt", bytes);
});

test("a cancelled upload leaves nothing behind", async ({ anna, account, files, library, network, page }) => {
  await anna.opens("/");
  network.holdAfter(12 * MB);
  await files.drop(page.getByRole("main"), files.write("long.txt", text(24 * MB, 22)), files.sample("coffee.jpg"));
  await expect.poll(() => network.happened).toBe(true);
  const terminated = page.waitForRequest((request) => request.method() === "DELETE");
  await anna.tray.getByRole("button", { name: "Cancel: long.txt" }).click();
  network.mend();
  await terminated;

  await expect(anna.tray).toContainText("1 file uploaded");
  expect((await library.assets()).map((asset) => asset.name)).toEqual(["coffee.jpg"]);
  const [coffee] = await library.assets();
  await expect.poll(async () => (await account.ask("GET", "/usage")).used).toBe(coffee?.size);
});

test("all uploads pause, go on and are cancelled together", async ({ anna, files, library, network, page }) => {
  await anna.opens("/");
  network.holdAfter(6 * MB);
  const long = [31, 32, 33, 34].map((seed) => files.write(`long-${seed}.txt`, text(10 * MB, seed)));
  await files.drop(page.getByRole("main"), ...long);
  await expect.poll(() => network.happened).toBe(true);

  await anna.tray.getByRole("button", { name: "Pause all" }).click();
  await expect(anna.tray).toContainText("Paused: 0 of 4 uploaded");
  network.mend();
  await anna.tray.getByRole("button", { name: "Resume all" }).click();
  await expect(anna.tray).toContainText("4 files uploaded", { timeout: 90_000 });
  expect(await library.assets()).toHaveLength(4);

  network.holdAfter(6 * MB);
  await files.drop(page.getByRole("main"), ...[41, 42].map((seed) => files.write(`late-${seed}.txt`, text(10 * MB, seed))));
  await expect.poll(() => network.happened).toBe(true);
  await anna.tray.getByRole("button", { name: "Cancel all" }).click();
  network.mend();
  await expect(anna.tray).toBeHidden();
  expect(await library.assets()).toHaveLength(4);
});

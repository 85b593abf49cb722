// Files on a disk of their own, and the hands that bring them in: drop, choose, paste.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, type Locator, type Page, type TestInfo } from "@playwright/test";

import { media, photo } from "./bytes.mjs";
import { photoName } from "./library.ts";

/** Files of one story. */
export class Files {
  constructor(
    private readonly page: Page,
    private readonly story: TestInfo,
  ) {}

  /** A file with these bytes, and where it lies. */
  write(name: string, bytes: Uint8Array): string {
    const file = this.story.outputPath("disk", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return file;
  }

  /** A file of `media/`, and where it lies. */
  sample(name: string, as = name): string {
    return this.write(as, media(name));
  }

  /** A folder with so many photos, every third of them in a folder below. */
  folderOfPhotos(name: string, count: number): string {
    for (let index = 1; index <= count; index++) {
      const below = index % 3 === 0 ? "Best" : "";
      this.write(path.join(name, below, photoName(index)), photo(index));
    }
    return this.story.outputPath("disk", name);
  }

  /** So many photos, one by one. */
  photos(count: number): string[] {
    const indexes = Array.from({ length: count }, (_, index) => index + 1);
    return indexes.map((index) => this.write(photoName(index), photo(index)));
  }

  /** Drags files or folders from the desktop over something, until the page has seen them. */
  async drag(target: Locator, ...paths: string[]) {
    await this.dragEvent("dragEnter", target, paths);
    await expect(async () => {
      await this.dragEvent("dragOver", target, paths);
      await expect(this.page.getByText(/^(Drop to upload|Solte para enviar)/)).toBeVisible({ timeout: 200 });
    }).toPass();
  }

  /** Drops files or folders from the desktop on something. */
  async drop(target: Locator, ...paths: string[]) {
    await this.drag(target, ...paths);
    // A hand moves on until it lets go: what takes the drop is what then lies under it.
    await this.drawn();
    await this.dragEvent("dragOver", target, paths);
    await this.drawn();
    await this.dragEvent("drop", target, paths);
  }

  /** Copies a picture and pastes it, as after a screenshot. */
  async pastePicture() {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 90, height: 60 });
      const brush = canvas.getContext("2d");
      if (!brush) throw new Error("no canvas");
      brush.fillStyle = "teal";
      brush.fillRect(0, 0, 90, 60);
      const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      if (!picture) throw new Error("no picture");
      await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    });
    await this.page.keyboard.press("Control+V");
  }

  /** Until what was asked of the page is on the screen. */
  private async drawn() {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** A drag as the desktop does it: the browser reads the files itself, folders included. */
  private async dragEvent(type: "dragEnter" | "dragOver" | "drop", target: Locator, files: string[]) {
    const box = await target.boundingBox();
    if (!box) throw new Error("there is nothing to drop on");
    const place = { x: box.x + box.width / 2, y: box.y + Math.min(box.height, 600) / 2 };
    const devtools = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files, dragOperationsMask: 1 };
    await devtools.send("Input.dispatchDragEvent", { type, ...place, data });
    await devtools.detach();
  }
}

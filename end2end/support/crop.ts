// The editor where pictures are cropped, and a look at pixels.
import { expect, type Locator, type Page } from "@playwright/test";

/** A part of a picture, in its pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The editor where pictures are cropped. */
export class CropEditor {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: /^Crop / });
  }

  /** What stays of the picture. */
  get region(): Locator {
    return this.dialog.getByRole("button", { name: "Region", exact: true });
  }

  /** A corner or an edge of it. */
  handle(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** One of the four numbers. */
  number(name: "Left" | "Top" | "Width" | "Height"): Locator {
    return this.dialog.getByLabel(name, { exact: true });
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name });
  }

  /** Waits until the editor is there, its picture with it. */
  async isThere() {
    await expect(this.region).toBeFocused();
    await this.dialog.locator("img").first().evaluate((picture: HTMLImageElement) => picture.decode());
  }

  /** The numbers are these. */
  async has({ x, y, width, height }: Region) {
    await expect(this.number("Left")).toHaveValue(String(x));
    await expect(this.number("Top")).toHaveValue(String(y));
    await expect(this.number("Width")).toHaveValue(String(width));
    await expect(this.number("Height")).toHaveValue(String(height));
  }

  /** What the numbers say, where nothing changes them. */
  async reads(): Promise<Region> {
    const value = async (name: "Left" | "Top" | "Width" | "Height") => Number(await this.number(name).inputValue());
    return { x: await value("Left"), y: await value("Top"), width: await value("Width"), height: await value("Height") };
  }

  /** Waits until the numbers are about these, and reads them. */
  async isAbout(wanted: Partial<Region>, within = 2): Promise<Region> {
    await expect(async () => {
      const found = await this.reads();
      for (const [name, value] of Object.entries(wanted)) {
        expect(Math.abs(found[name as keyof Region] - value), name).toBeLessThanOrEqual(within);
      }
    }).toPass();
    return this.reads();
  }

  /** Pixels of the screen for one of the picture, which is so wide. */
  async scale(across: number): Promise<number> {
    return (await box(this.dialog.locator(".crop-canvas"))).width / across;
  }

  /** The region is drawn where the numbers say, on a picture so wide. */
  async shows(region: Region, across: number) {
    const scale = await this.scale(across);
    const [shown, canvas] = [await box(this.region), await box(this.dialog.locator(".crop-canvas"))];
    expect((shown.x - canvas.x) / scale).toBeCloseTo(region.x, 0);
    expect((shown.y - canvas.y) / scale).toBeCloseTo(region.y, 0);
    expect(shown.width / scale).toBeCloseTo(region.width, 0);
    expect(shown.height / scale).toBeCloseTo(region.height, 0);
  }

  /** Goes on from key to key until something has the focus. */
  async tabsTo(what: Locator) {
    const isThere = () => what.evaluate((element) => element === document.activeElement);
    for (let steps = 0; steps < 120 && !(await isThere()); steps++) await this.page.keyboard.press("Tab");
    await expect(what).toBeFocused();
  }

  /** Drags by so many pixels of the screen, with the mouse. */
  async drags(what: Locator, across: number, down: number) {
    const { x, y, width, height } = await box(what);
    const from = { x: x + width / 2, y: y + height / 2 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + across / 2, from.y + down / 2);
    await this.page.mouse.move(from.x + across, from.y + down);
    await this.page.mouse.up();
  }
}

/** Where something is on the screen. */
export async function box(what: Locator): Promise<Region> {
  const found = await what.boundingBox();
  if (!found) throw new Error("it is not on the screen");
  return found;
}

/** How many pixels of a picture differ from a region of another, and what its size is. */
export async function differing(page: Page, picture: Buffer, original: Buffer, region: Region) {
  const both = [picture, original].map((bytes) => bytes.toString("base64"));
  return page.evaluate(
    async ({ both, region }) => {
      const read = async (text: string) => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        return createImageBitmap(new Blob([bytes]));
      };
      const pixels = (bitmap: ImageBitmap, x: number, y: number) => {
        const canvas = new OffscreenCanvas(region.width, region.height);
        const brush = canvas.getContext("2d");
        if (!brush) throw new Error("no canvas");
        brush.drawImage(bitmap, -x, -y);
        return brush.getImageData(0, 0, region.width, region.height).data;
      };
      const [mine, theirs] = [await read(both[0] ?? ""), await read(both[1] ?? "")];
      const [one, other] = [pixels(mine, 0, 0), pixels(theirs, region.x, region.y)];
      const differing = one.filter((value, at) => value !== other[at]).length;
      return { width: mine.width, height: mine.height, differing };
    },
    { both, region },
  );
}

/** How far two pictures are from one another: the mean of their tiles, from 0 to 255. */
export async function distance(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const both = [one, other].map((bytes) => bytes.toString("base64"));
  return page.evaluate(async (both) => {
    const TILES = 12;
    const tiles = await Promise.all(
      both.map(async (text) => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]), {
          resizeWidth: TILES,
          resizeHeight: TILES,
          resizeQuality: "high",
        });
        const brush = new OffscreenCanvas(TILES, TILES).getContext("2d");
        if (!brush) throw new Error("no canvas");
        brush.drawImage(bitmap, 0, 0);
        return brush.getImageData(0, 0, TILES, TILES).data;
      }),
    );
    const [mine, theirs] = tiles;
    if (!mine || !theirs) throw new Error("no pictures");
    return mine.reduce((sum, value, at) => sum + Math.abs(value - (theirs[at] ?? 0)), 0) / mine.length;
  }, both);
}

// What an account holds before a story begins, and what it holds at the end: over REST.
import { expect } from "@playwright/test";

import type { Account } from "./account.mjs";
import { media, noise, photo, sha256 } from "./bytes.mjs";

/** An asset, as far as stories look. */
export interface Asset {
  id: string;
  name: string;
  kind: string;
  size: number;
  sha256: string;
  folder_id: string | null;
  alt_text: string;
  tags: string[];
  teams: string[];
  version: number;
  state: "active" | "archived" | "trashed";
  url: string | null;
}

/** A folder, as far as stories look. */
export interface Folder {
  id: string;
  parent_id: string | null;
  name: string;
}

/** The library of one account. */
export class Library {
  constructor(private readonly account: Account) {}

  /** Adds a file of `media/`. */
  async given(name: string, place: { folder?: Folder; as?: string; altText?: string; tags?: string[] } = {}): Promise<Asset> {
    const asset = await this.add(media(name), place.as ?? name, place.folder);
    const { altText, tags } = place;
    if (altText === undefined && tags === undefined) return asset;
    return this.account.ask("PATCH", `/assets/${asset.id}`, { alt_text: altText, tags });
  }

  /** Adds a file with these bytes. */
  async givenFile(name: string, bytes: Buffer): Promise<Asset> {
    return this.add(bytes, name);
  }

  /** Adds so many photos, `photo-01.jpg` and on; the last is the newest. */
  async givenPhotos(count: number, folder?: Folder): Promise<Asset[]> {
    const assets = [];
    for (let index = 1; index <= count; index++) {
      assets.push(await this.add(photo(index), photoName(index), folder));
    }
    return assets;
  }

  /** Adds so many tiny pictures, `tiny-0001.png` and on, in any order. */
  async givenMany(count: number) {
    const names = Array.from({ length: count }, (_, index) => tinyName(index + 1));
    const picture = noise(8, 8);
    const lane = async () => {
      for (let name = names.pop(); name; name = names.pop()) await this.add(picture, name);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  }

  async givenFolder(name: string, parent?: Folder): Promise<Folder> {
    return this.account.ask("POST", "/folders", { name, parent_id: parent?.id ?? null });
  }

  async folder(id: string): Promise<Folder & { color: string | null; total_count: number; trashed_at: string | null }> {
    return this.account.ask("GET", `/folders/${id}`);
  }

  async renames(id: string, name: string) {
    return this.account.ask("PATCH", `/assets/${id}`, { name });
  }

  /** Puts exactly these tags on an asset. */
  async tag(asset: Asset, tags: string[]) {
    return this.account.ask("PATCH", `/assets/${asset.id}`, { tags });
  }

  async renameFolder(folder: Folder, name: string) {
    return this.account.ask("PATCH", `/folders/${folder.id}`, { name });
  }

  async trashFolder(folder: Folder) {
    await this.account.ask("DELETE", `/folders/${folder.id}`);
  }

  /** Makes a team of these people. */
  async givenTeam(name: string, people: { email: string }[] = []) {
    const users: { id: string; email: string }[] = (await this.account.ask("GET", "/users?limit=200")).items;
    const members = users.filter((user) => people.some((person) => person.email === user.email)).map((user) => user.id);
    return this.account.ask("POST", "/teams", { name, members });
  }

  /** Says that a template of another program uses an asset. */
  async givenUsage(asset: Asset, title: string, url?: string) {
    const place = { kind: "template", reference: title, title, url };
    return this.account.ask("POST", `/assets/${asset.id}/usages`, place);
  }

  async trash(asset: Asset) {
    await this.account.ask("DELETE", `/assets/${asset.id}`);
  }

  /** Moves many to the trash at once. */
  async trashAll(assets: Asset[]) {
    await this.account.ask("POST", "/assets/batch", { action: "trash", ids: assets.map((asset) => asset.id) });
  }

  async assets(query = ""): Promise<Asset[]> {
    return (await this.account.ask("GET", `/assets?limit=200${query}`)).items;
  }

  async asset(id: string): Promise<Asset> {
    return this.account.ask("GET", `/assets/${id}`);
  }

  async folders(): Promise<Folder[]> {
    return (await this.account.ask("GET", "/folders")).items;
  }

  /** The library holds exactly these bytes under this name. */
  async holds(name: string, bytes: Buffer) {
    const [asset, ...others] = (await this.assets()).filter((asset) => asset.name === name);
    expect(asset, `${name} is in the library`).toBeDefined();
    expect(others, `${name} is there once`).toEqual([]);
    if (asset) expect(sha256(await this.account.download(asset.id))).toBe(sha256(bytes));
  }

  private async add(bytes: Buffer, name: string, folder?: Folder): Promise<Asset> {
    const form = new FormData();
    if (folder) form.append("folder_id", folder.id);
    form.append("file", new Blob([new Uint8Array(bytes)]), name);
    return this.account.ask("POST", "/assets", form);
  }
}

/** The name of a photo, so that names sort as numbers do. */
export function photoName(index: number) {
  return `photo-${String(index).padStart(2, "0")}.jpg`;
}

/** The name of a tiny picture; names sort as numbers do. */
export function tinyName(index: number) {
  return `tiny-${String(index).padStart(4, "0")}.png`;
}

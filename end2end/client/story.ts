// What a program does with the generated client: bring, list, change, share, and be told what is wrong.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import createClient from "openapi-fetch";

import type { components, paths } from "./generated/api.js";

type Asset = components["schemas"]["Asset"];

/** Plays the story against a server. */
export async function play(url: string, token: string, picture: string): Promise<void> {
  const client = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });

  const asset = await bring(client, picture);
  assert.equal(asset.kind, "image");
  assert.deepEqual(asset.tags, ["sea", "sun"]);

  const folder = await client.POST("/api/v1/folders", { body: { name: "Summer" } });
  assert.equal(folder.response.status, 201);
  assert.ok(folder.data);

  const path = { id: asset.id };
  const changed = await client.PATCH("/api/v1/assets/{id}", {
    params: { path, header: { "Idempotency-Key": "story-1" } },
    body: { name: "noon.jpg", folder_id: folder.data.id, focal_point: { x: 500, y: 300 } },
  });
  assert.equal(changed.data?.name, "noon.jpg");
  assert.equal(changed.data?.folder_id, folder.data.id);

  const page = await client.GET("/api/v1/assets", {
    params: { query: { folder_id: folder.data.id, kind: "image", sort: "newest", limit: 10 } },
  });
  assert.deepEqual(page.data?.items.map((item) => item.id), [asset.id]);
  assert.equal(page.data?.next_cursor ?? null, null);

  const shared = await client.POST("/api/v1/assets/{id}/share", { params: { path } });
  assert.ok(shared.data?.url);
  const seen = await fetch(shared.data.url);
  assert.equal(seen.headers.get("content-type"), "image/jpeg");

  const bytes = await client.GET("/api/v1/assets/{id}/content", { params: { path }, parseAs: "arrayBuffer" });
  assert.equal(bytes.data?.byteLength, asset.size);

  const refused = await client.PATCH("/api/v1/assets/{id}", { params: { path }, body: { name: "a/b" } });
  assert.equal(refused.response.status, 422);
  assert.equal(refused.error?.code, "invalid");
  assert.ok(refused.error.detail.length > 0);

  const gone = await client.GET("/api/v1/assets/{id}", { params: { path: { id: `ast_${"0".repeat(26)}` } } });
  assert.equal(gone.error?.code, "not_found");
}

async function bring(client: ReturnType<typeof createClient<paths>>, picture: string): Promise<Asset> {
  const file = new Blob([new Uint8Array(await readFile(picture))]);
  const brought = await client.POST("/api/v1/assets", {
    // A form's file is a string to the description; what travels is the form.
    body: { file: "", tags: "sea,sun" },
    bodySerializer: ({ tags }) => {
      const form = new FormData();
      form.append("tags", tags ?? "");
      form.append("file", file, "beach.jpg");
      return form;
    },
  });
  assert.equal(brought.response.status, 201);
  assert.ok(brought.data);
  return brought.data;
}

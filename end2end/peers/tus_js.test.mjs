// tus-js-client, the client most people use, against the real server.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import * as tus from "tus-js-client";

import { Account } from "../support/account.mjs";
import { media, sha256, text } from "../support/bytes.mjs";
import { Proxy } from "../support/proxy.mjs";
import { Server, until } from "../support/server.mjs";

const MIB = 1024 * 1024;

/** Short rests: what runs beside us is quick. */
const PATIENT = [50, 100, 200, 400, 800, 1600, 3200];

describe("tus-js-client", { timeout: 120_000 }, () => {
  /** @type {Proxy} */
  let wire;
  /** @type {Server} */
  let server;
  /** @type {Account} */
  let account;

  before(async () => {
    wire = await Proxy.start();
    server = await Server.startBehind(wire);
  });
  after(async () => {
    await wire?.stop();
    await server?.stop();
  });
  beforeEach(async () => {
    account = await Account.create(server);
  });
  afterEach(() => wire.mend());

  /**
   * What every upload here says.
   * @param {string} filename
   * @param {string} filetype
   */
  const options = (filename, filetype = "text/plain") => ({
    endpoint: `${wire.url}/files/`,
    headers: { authorization: `Bearer ${account.token}` },
    metadata: { filename, filetype },
    retryDelays: /** @type {number[]} */ ([]),
  });

  /**
   * The library holds one asset, and its original is these bytes.
   * @param {Buffer} bytes
   * @param {string} name
   */
  async function assertKept(bytes, name) {
    const { items } = await account.ask("GET", "/assets");
    assert.deepEqual(items.map((/** @type {{ name: string }} */ asset) => asset.name), [name]);
    const [asset] = items;
    assert.equal(asset.size, bytes.length);
    assert.equal(asset.sha256, sha256(bytes));
    assert.equal(sha256(await account.download(asset.id)), sha256(bytes));
  }

  test("a whole file becomes an asset", async () => {
    const bytes = media("coffee.jpg");
    /** @type {string | undefined} */
    let assetId;
    await send(bytes, {
      ...options("coffee.jpg", "image/jpeg"),
      onAfterResponse: (_, response) => {
        assetId = response.getHeader("Satchel-Asset-Id") ?? assetId;
      },
    });

    await assertKept(bytes, "coffee.jpg");
    assert.match(assetId ?? "", /^ast_/);
  });

  test("a file arrives in chunks", async () => {
    const bytes = text(5 * MIB + 17, 2);
    await send(bytes, { ...options("long.txt"), chunkSize: MIB });

    await assertKept(bytes, "long.txt");
  });

  test("a file arrives together with its creation", async () => {
    const bytes = media("chelsea.jpg");
    await send(bytes, {
      ...options("chelsea.jpg", "image/jpeg"),
      uploadDataDuringCreation: true,
    });

    await assertKept(bytes, "chelsea.jpg");
  });

  test("an upload goes on after its connection broke", async () => {
    const bytes = text(24 * MIB, 3);
    /** @type {number[]} */
    const offsets = [];
    wire.cutAfter(10 * MIB);
    const watching = until(() => wire.happened, () => "the connection was never cut").then(() => wire.mend());
    await send(bytes, {
      ...options("broken.txt"),
      ...noting(offsets),
    });
    await watching;

    assert.equal(offsets[0], 0);
    assert.ok((offsets[1] ?? 0) > 0, `it began again at ${offsets[1]}`);
    await assertKept(bytes, "broken.txt");
  });

  test("an upload goes on after the server was killed", async () => {
    const bytes = text(16 * MIB, 4);
    /** @type {number[]} */
    const offsets = [];
    let restarting = Promise.resolve();
    await send(bytes, {
      ...options("killed.txt"),
      chunkSize: 2 * MIB,
      ...noting(offsets),
      onChunkComplete: (_, sent) => {
        if (sent === 6 * MIB) restarting = server.kill().then(() => server.restart());
      },
    });
    await restarting;

    assert.deepEqual(offsets.filter((offset) => offset === 0), [0], "it began only once");
    await assertKept(bytes, "killed.txt");
  });

  test("a program that forgot its upload finds it again", async () => {
    const bytes = text(8 * MIB, 5);
    const folder = await mkdtemp(path.join(tmpdir(), "satchel-tus-"));
    const remembered = {
      ...options("forgotten.txt"),
      // What was answered has arrived; of a piece under way a busy server may have read nothing yet.
      chunkSize: MIB,
      // In Node only, which the types do not know.
      urlStorage: new (/** @type {any} */ (tus).FileUrlStorage)(path.join(folder, "uploads.json")),
      fingerprint: async () => "forgotten.txt",
    };
    wire.cutAfter(3 * MIB);
    await assert.rejects(send(bytes, remembered));
    wire.mend();

    const upload = new tus.Upload(bytes, remembered);
    const [previous] = await upload.findPreviousUploads();
    assert.ok(previous, "the address was remembered");
    /** @type {number[]} */
    const offsets = [];
    await send(bytes, { ...remembered, ...noting(offsets) }, previous);

    await rm(folder, { recursive: true });
    assert.ok(Math.max(...offsets) > 0, "it went on where it was");
    await assertKept(bytes, "forgotten.txt");
  });

  test("parts sent side by side become one file", async () => {
    const bytes = text(9 * MIB + 5, 6);
    await send(bytes, { ...options("parallel.txt"), parallelUploads: 3 });

    await assertKept(bytes, "parallel.txt");
  });

  test("a length may be said at the end", async () => {
    const bytes = text(3 * MIB + 1, 7);
    await send(Readable.from(pieces(bytes, 100_000)), {
      ...options("deferred.txt"),
      uploadLengthDeferred: true,
      chunkSize: MIB,
    });

    await assertKept(bytes, "deferred.txt");
  });

  test("a terminated upload leaves nothing", async () => {
    const bytes = text(8 * MIB, 8);
    wire.cutAfter(3 * MIB);
    const upload = new tus.Upload(bytes, options("terminated.txt"));
    await new Promise((resolve) => {
      upload.options.onError = resolve;
      upload.start();
    });
    wire.mend();
    assert.ok(upload.url);
    await tus.Upload.terminate(upload.url, { ...options("terminated.txt"), retryDelays: PATIENT });

    const answer = await fetch(upload.url, {
      method: "HEAD",
      headers: { authorization: `Bearer ${account.token}`, "tus-resumable": "1.0.0" },
    });
    assert.ok([404, 410].includes(answer.status), `${answer.status}`);
    assert.deepEqual((await account.ask("GET", "/assets")).items, []);
    assert.equal((await account.ask("GET", "/usage")).used, 0);
  });

  test("a refused file names the rule", async () => {
    const bytes = Buffer.concat([media("coffee.jpg"), Buffer.alloc(6_000_000)]);
    const error = await send(bytes, options("large.jpg", "image/jpeg")).then(
      () => undefined,
      (error) => error,
    );

    assert.ok(error instanceof tus.DetailedError);
    const response = error.originalResponse;
    assert.equal(response?.getStatus(), 413);
    assert.equal(JSON.parse(response?.getBody() ?? "").code, "too_large");
    assert.deepEqual((await account.ask("GET", "/assets")).items, []);
  });
});

/**
 * Sends a file to its end.
 * @param {Buffer | Readable} file
 * @param {tus.UploadOptions} options
 * @param {tus.PreviousUpload} [previous]
 */
function send(file, options, previous) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, { ...options, onSuccess: resolve, onError: reject });
    if (previous) upload.resumeFromPreviousUpload(previous);
    upload.start();
  });
}

/**
 * Tries again, and notes where every request with bytes begins.
 * @param {number[]} offsets
 * @returns {tus.UploadOptions}
 */
function noting(offsets) {
  return {
    retryDelays: PATIENT,
    onBeforeRequest: (request) => {
      const offset = request.getMethod() === "PATCH" && request.getHeader("Upload-Offset");
      if (offset) offsets.push(Number(offset));
    },
  };
}

/**
 * @param {Buffer} bytes
 * @param {number} size
 */
function* pieces(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

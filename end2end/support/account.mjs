// An account of its own for every story, made at the command line as an operator would.

let made = 0;

/** An account and what it takes to enter it. */
export class Account {
  /**
   * @param {import("./server.mjs").Server} server
   * @param {string} name
   * @param {string} token
   */
  constructor(server, name, token) {
    this.server = server;
    this.name = name;
    /** An API token that may do all an administrator may. */
    this.token = token;
  }

  /**
   * @param {import("./server.mjs").Server} server
   * @param {string} name
   */
  static async create(server, name = `Story ${process.pid}-${++made}`) {
    await server.run(["account", "create", name]);
    const token = await server.run(["token", "create", "--account", name, "--role", "administrator"]);
    return new Account(server, name, token);
  }

  /**
   * Adds a person who can sign in.
   * @param {string} name
   * @param {"agent" | "administrator"} role
   * @param {string[]} marks what else the command line says of them
   */
  async addPerson(name, role, marks = []) {
    const email = `${name}@${this.name.toLowerCase().replaceAll(" ", "-")}.example.com`;
    const password = `${name} walks by the river at 7`;
    const called = name.charAt(0).toUpperCase() + name.slice(1);
    const args = ["user", "create", "--account", this.name, "--email", email, "--name", called, "--role", role];
    await this.server.run([...args, ...marks, "--password-stdin"], password);
    return { email, password };
  }

  /**
   * Asks the REST interface and answers the JSON it says.
   * @param {string} method
   * @param {string} path below `/api/v1`
   * @param {unknown} body JSON, or a form
   */
  async ask(method, path, body = undefined) {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && !isForm ? { "content-type": "application/json" } : {}),
      },
      body: isForm ? body : body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text && JSON.parse(text);
  }

  /**
   * The bytes of an original.
   * @param {string} assetId
   */
  async download(assetId) {
    const response = await fetch(`${this.server.url}/api/v1/assets/${assetId}/content`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!response.ok) throw new Error(`download: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }
}

// A plain HTTP client that keeps its connections, the same for every server measured.
import http from "node:http";

/** Eight clients, each with one connection kept open. */
export const CLIENTS = 8;

/** Sends one request and gives back its status, headers and body. */
export function send(agent, method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends a file as a form to a Satchel. */
export function sendForm(agent, url, auth, { name, bytes }) {
  const boundary = "----satchel-bench";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return send(agent, "POST", `${url}/api/v1/assets`, {
    ...auth,
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "content-length": body.length,
  }, body);
}

/** Lets eight clients share a list of work; gives back items a second. */
export async function share(items, work) {
  const queue = [...items];
  const began = performance.now();
  const client = async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(agent, item);
    agent.destroy();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return items.length / ((performance.now() - began) / 1000);
}

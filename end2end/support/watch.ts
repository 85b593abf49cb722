// What the browser complains about: a story with complaints has failed, whatever it showed.
import type { BrowserContext } from "@playwright/test";

/** Everything a browser complains about while a story goes on. */
export class Watch {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Listens to all pages of a browser. */
  async over(context: BrowserContext) {
    context.on("console", (message) => {
      const isComplaint = message.type() === "error" || /hydrat|panick/i.test(message.text());
      if (isComplaint) this.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.heard.push(String(error.error())));
    await context.exposeBinding("reportViolation", (_, text: string) => void this.heard.push(text));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const text = `${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`;
        (window as unknown as { reportViolation(text: string): void }).reportViolation(text);
      });
    });
  }

  /** This story provokes such complaints. */
  expects(complaint: RegExp) {
    this.expected.push(complaint);
  }

  get complaints(): string[] {
    return this.heard.filter((text) => !this.expected.some((expected) => expected.test(text)));
  }
}

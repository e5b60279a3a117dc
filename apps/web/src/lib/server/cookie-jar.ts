/**
 * The browser's cookies during one request. A form action may change the session, and the page rendered afterwards in
 * the same request must use the new one.
 */
export class CookieJar {
  readonly #cookies = new Map<string, string>();
  /** Passed to the browser unchanged: only the api decides their attributes. */
  readonly setCookieHeaders: string[] = [];

  constructor(header: string | null) {
    for (const pair of header?.split(';') ?? []) {
      const separator = pair.indexOf('=');
      if (separator > 0) {
        this.#cookies.set(pair.slice(0, separator).trim(), pair.slice(separator + 1).trim());
      }
    }
  }

  has(name: string) {
    return this.#cookies.has(name);
  }

  receive(headers: string[]) {
    for (const header of headers) {
      this.setCookieHeaders.push(header);
      const [pair = '', ...attributes] = header.split(';');
      const separator = pair.indexOf('=');
      if (separator < 1) continue;
      const name = pair.slice(0, separator).trim();
      const value = pair.slice(separator + 1).trim();
      if (value === '' || attributes.some(isInThePast)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  toString() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

const isInThePast = (attribute: string) => {
  const [name = '', value = ''] = attribute.split('=').map((part) => part.trim());
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
  return name.toLowerCase() === 'expires' && new Date(value).getTime() < Date.now();
};

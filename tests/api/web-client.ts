/** A browser as the server sees one: it keeps cookies, and says whose page asks. */
export class WebClient {
  readonly url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** @param headers in place of those that a page of ours would send; undefined takes one away */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string | undefined> = {},
    // What a test reads out of an answer it then asserts.
    // oxlint-disable-next-line typescript/no-explicit-any
  ): Promise<{ status: number; body: any; setCookies: string[] }> {
    const all = { origin: this.url, 'x-vaxel-csrf': '1', 'user-agent': agent, cookie: this.cookieHeader, ...headers }
    const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
    const response = await fetch(this.url + path, {
      method,
      headers: [...sent, ...(body === undefined ? [] : [['content-type', 'application/json'] as [string, string]])],
      body: body === undefined ? null : JSON.stringify(body),
    })
    const setCookies = response.headers.getSetCookie()
    for (const cookie of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value === '') this.#cookies.delete(name!)
      else this.#cookies.set(name!, value!)
    }
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), setCookies }
  }
}

const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

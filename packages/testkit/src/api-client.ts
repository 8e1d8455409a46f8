import { eventLimitMs } from './program.ts'

export interface ApiReply<T = unknown> {
  readonly status: number
  readonly body: T
  readonly contentType: string
}

/** The REST API as a script would use it. */
export class ApiClient {
  readonly url: string
  readonly token: string | undefined

  constructor(url: string, token?: string) {
    this.url = url
    this.token = token
  }

  /** @throws when the login is refused */
  static async login(url: string, login: string, password: string): Promise<ApiClient> {
    const reply = await new ApiClient(url).request<{ token?: string }>('POST', '/api/v1/sessions', { login, password })
    if (!reply.body.token) throw new Error(`login of ${login} refused: ${reply.status} ${JSON.stringify(reply.body)}`)
    return new ApiClient(url, reply.body.token)
  }

  async request<T = unknown>(method: string, path: string, body?: unknown): Promise<ApiReply<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(2 * eventLimitMs),
    })
    const text = await response.text()
    const contentType = response.headers.get('content-type') ?? ''
    return {
      status: response.status,
      contentType,
      body: (contentType.includes('json') && text ? JSON.parse(text) : text) as T,
    }
  }

  /** GET that must succeed. */
  async get<T>(path: string): Promise<T> {
    return await this.#expect<T>('GET', path)
  }

  /** POST that must succeed. */
  async post<T>(path: string, body: unknown): Promise<T> {
    return await this.#expect<T>('POST', path, body)
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return await this.#expect<T>('PATCH', path, body)
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return await this.#expect<T>('PUT', path, body)
  }

  async delete(path: string): Promise<void> {
    await this.#expect('DELETE', path)
  }

  async #expect<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await this.request<T>(method, path, body)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
}

import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface Description {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>
}

export interface Answer {
  readonly status: number
  // What a test reads out of an answer it then asserts, and its schema is checked before.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Headers
}

/** Asks the API and holds every answer against the OpenAPI description that the server itself gives. */
export class CheckedClient {
  readonly url: string
  readonly #description: Description
  readonly #ajv: Ajv2020
  readonly token: string | undefined

  private constructor(url: string, description: Description, ajv: Ajv2020, token: string | undefined) {
    this.url = url
    this.#description = description
    this.#ajv = ajv
    this.token = token
  }

  static async open(url: string): Promise<CheckedClient> {
    const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as Description
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema(description, 'openapi')
    return new CheckedClient(url, description, ajv, undefined)
  }

  as(token: string | undefined): CheckedClient {
    return new CheckedClient(this.url, this.#description, this.#ajv, token)
  }

  async logIn(login: string, password: string): Promise<CheckedClient> {
    const { status, body } = await this.ask('POST', '/api/v1/sessions', { login, password })
    assert.equal(status, 201, JSON.stringify(body))
    return this.as(body.token)
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetchKept(this.url + path, {
      method,
      headers: {
        ...headers,
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    // What is for feed readers and players is no JSON, and its schema is that of its type.
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? 'json')
    const parsed = text === '' ? undefined : isJson ? JSON.parse(text) : text
    if (isJson) this.#check(method, path, response, parsed)
    return { status: response.status, body: parsed, headers: response.headers }
  }

  #check(method: string, path: string, response: Response, body: unknown): void {
    // As it goes out: `..` has been walked by then.
    const plain = new URL(this.url + path).pathname
    const found = Object.keys(this.#description.paths).find(
      (pattern) =>
        new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain) &&
        method.toLowerCase() in this.#description.paths[pattern]!,
    )
    if (found === undefined) return
    const responses = this.#description.paths[found]![method.toLowerCase()]!.responses
    const key = String(response.status) in responses ? String(response.status) : 'default'
    const where = `${method} ${path} ${response.status}`
    if (response.status < 400) assert.equal(key, String(response.status), `${where} is not described`)
    const { content } = responses[key]!
    if (!content) return assert.equal(body, undefined, `${where} has a body that is not described`)
    const type = Object.keys(content)[0]!
    assert.ok(response.headers.get('content-type')?.startsWith(type), `${where} is ${type}`)
    const pointer = ['paths', found, method.toLowerCase(), 'responses', key, 'content', type, 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const validate = this.#ajv.compile({ $ref: `openapi#/${pointer}` })
    assert.ok(validate(body), `${where}: ${JSON.stringify(validate.errors)} ${JSON.stringify(body)}`)
  }
}

/** A connection that was kept open may be closed just when it is used again: what changes nothing is asked once more (RFC 9112 §9.3.1). */
async function fetchKept(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (error) {
    if (request.method !== 'GET') throw error
    return await fetch(url, request)
  }
}

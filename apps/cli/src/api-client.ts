import type { Operation, OperationReply, OperationRequest } from '@vaxel/contract'
import { exitCodes, Failure } from './failure.ts'

interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly mistakes?: readonly { readonly path: string; readonly reason: string }[]
}

type Input<O extends Operation> = Partial<Pick<OperationRequest<O>, 'params' | 'query' | 'body'>>

const longestWaitMs = 30_000

/** The API as the command line uses it: one method for every operation of the contract. */
export class ApiClient {
  readonly url: string
  readonly token: string | undefined
  /** For the operator: the company to act in. */
  readonly companyId: string | undefined

  constructor({ url, token, companyId }: { url: string; token?: string | undefined; companyId?: string | undefined }) {
    this.url = url.replace(/\/+$/, '')
    this.token = token
    this.companyId = companyId
  }

  /** Throws a {@link Failure} whose sentence a person can act on. */
  async call<O extends Operation>(operation: O, input: Input<O> = {}): Promise<OperationReply<O>> {
    if (operation.access !== 'anyone' && this.token === undefined)
      throw new Failure(`You are not logged in at ${this.url}. Run: vaxel login NAME@DOMAIN`, exitCodes.notLoggedIn)
    const response = await this.#fetch(operation, input)
    const text = await response.text()
    if (!response.ok) throw failureOf(response.status, text, this.url)
    return (text === '' ? undefined : JSON.parse(text)) as OperationReply<O>
  }

  /** Any request, for what no command covers; gives the parsed JSON, or undefined for an empty answer. */
  async request(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await this.#send(method, this.#acting(path), body)
    const text = await response.text()
    if (!response.ok) throw failureOf(response.status, text, this.url)
    if (text === '') return undefined
    return response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text
  }

  /** The path with the company to act in, unless it names one itself. */
  #acting(path: string): string {
    const { companyId } = this
    const isNamed = companyId === undefined || path.includes(companyId) || /[?&]companyId=/.test(path)
    if (isNamed || !path.startsWith('/api/')) return path
    return `${path}${path.includes('?') ? '&' : '?'}companyId=${encodeURIComponent(companyId)}`
  }

  #fetch(operation: Operation, { params, query, body }: Input<Operation>): Promise<Response> {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown>)?.[name] ?? '')),
    )
    const search = new URLSearchParams()
    const acting = 'companyId' in operation.query.properties ? { companyId: this.companyId } : {}
    for (const [name, value] of Object.entries({ ...acting, ...query }))
      if (value !== undefined) search.set(name, String(value))
    return this.#send(operation.method, search.size > 0 ? `${path}?${search}` : path, body)
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(longestWaitMs),
      })
    } catch (error) {
      const code = codeOf(error)
      if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO/.test(code))
        throw new Failure(
          `The certificate of ${this.url} is not trusted (${code}). If it is Vaxel's own, name its authority's file in NODE_EXTRA_CA_CERTS.`,
          exitCodes.unreachable,
        )
      throw new Failure(
        `Vaxel does not answer at ${this.url} (${reasonOf(error)}). Is it running? Another address: VAXEL_URL.`,
        exitCodes.unreachable,
      )
    }
  }
}

function failureOf(status: number, text: string, url: string): Failure {
  let problem: Problem = {}
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    return new Failure(`${url} answered ${status}, and not as Vaxel does.`, exitCodes.unreachable)
  }
  if (problem.code === 'API_NOT_AUTHENTICATED')
    return new Failure('Your login has ended. Run: vaxel login NAME@DOMAIN', exitCodes.notLoggedIn)
  const mistakes = (problem.mistakes ?? []).map(({ path, reason }) => `\n  ${path || 'the body'} ${reason}`)
  const sentence = `${problem.detail ?? `The server answered ${status}.`}${mistakes.join('')}`
  return new Failure(sentence, exitCodes.failed, problem.code)
}

const codeOf = (error: unknown): string | undefined => (error as { cause?: { code?: string } }).cause?.code

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error))
}

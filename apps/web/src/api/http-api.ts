import { type Api, ApiFault, type CallOptions } from './api.ts'

interface Request {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Method and path of each operation, made from the contract by the build. */
export type Operations = Readonly<Record<string, readonly [method: string, path: string]>>

export interface HttpApiOptions {
  readonly operations: Operations
  /** Those that are not among them, when one of them is called. */
  readonly more?: () => Promise<Operations>
  readonly fetch: typeof fetch
  /** Bearer token, where no cookie holds the session. */
  readonly token?: () => string | undefined
  /** The session has ended; whoever is there should log in again. */
  readonly onSessionEnded?: () => void
  /** Told with each answer: the build that the server serves now. */
  readonly onServerBuild?: (buildId: string) => void
}

/** The API over fetch, on the page's own origin. */
export function httpApi(options: HttpApiOptions): Api {
  const call = async (id: string, request: Request = {}, { signal }: CallOptions = {}): Promise<unknown> => {
    const operation = options.operations[id] ?? (await more(options))[id]
    if (!operation) throw new Error(`there is no operation ${id}`)
    const [method, pattern] = operation
    const headers: Record<string, string> = { accept: 'application/json', 'x-vaxel-csrf': '1' }
    const token = options.token?.()
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    const bytes = request.body instanceof Uint8Array ? new Uint8Array(request.body) : undefined
    if (request.body !== undefined) headers['content-type'] = bytes ? 'application/octet-stream' : 'application/json'
    const response = await options
      .fetch(pathOf(pattern, request.params) + queryOf(request.query), {
        method,
        headers,
        credentials: 'same-origin',
        ...(request.body === undefined ? {} : { body: bytes ?? JSON.stringify(request.body) }),
        ...(signal ? { signal } : {}),
      })
      .catch((error: unknown) => {
        if (signal?.aborted) throw error
        throw unreachable()
      })
    const build = response.headers.get('x-vaxel-build')
    if (build !== null) options.onServerBuild?.(build)
    if (!response.ok) throw await faultOf(response, options)
    if (response.status === 204) return undefined
    return (await response.json()) as unknown
  }
  return { call: call as Api['call'] }
}

async function more({ more: fetchMore }: HttpApiOptions): Promise<Operations> {
  return await (fetchMore?.() ?? Promise.resolve({})).catch(() => {
    throw unreachable()
  })
}

const unreachable = (): ApiFault =>
  new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'The server does not answer.' })

function pathOf(pattern: string, params: Request['params']): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? '')))
}

function queryOf(query: Request['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

async function faultOf(response: Response, { onSessionEnded }: HttpApiOptions): Promise<ApiFault> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string
    title?: string
    detail?: string
    mistakes?: { path: string; reason: string }[]
    retryAfterSeconds?: number
  }
  if (problem.code === 'API_NOT_AUTHENTICATED') onSessionEnded?.()
  return new ApiFault({
    code: problem.code ?? 'UNREACHABLE',
    status: response.status,
    title: problem.title ?? `The server answered ${response.status}.`,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.mistakes === undefined ? {} : { mistakes: problem.mistakes }),
    ...(problem.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: problem.retryAfterSeconds }),
  })
}

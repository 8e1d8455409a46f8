import { createHmac } from 'node:crypto'
import type { SiteCheck } from '@vaxel/contract'
import type { Mac } from '@vaxel/site'
import type { WebAnswer, WebClient, WebFault } from '../web/web-client.ts'
import { readSiteCheck } from './read-site-check.ts'

/** Why a server did not take part. */
export interface SessionFault {
  /** `web`: it was not reached. `refused`: it said no. `foreign`: something answered that is no Vaxel server. */
  readonly kind: 'web' | 'refused' | 'foreign'
  readonly detail: string
  readonly web?: WebFault
  readonly answer?: WebAnswer
}

const path = '/api/v1/site/checks'

/** A check that a Vaxel server takes part in: what it told, and what may be asked of it further. */
export class CheckSession {
  readonly check: SiteCheck
  /** The answer with which it began: its Date and its certificate are looked at. */
  readonly begun: WebAnswer
  readonly base: URL
  /** Of the monotonic clock, when it began. */
  readonly startedAtMs = performance.now()
  /** Of its echo packets. */
  readonly mac: Mac
  readonly #web: WebClient

  private constructor(web: WebClient, base: URL, check: SiteCheck, begun: WebAnswer) {
    this.#web = web
    this.base = base
    this.check = check
    this.begun = begun
    const key = Buffer.from(check.echo.key, 'base64url')
    this.mac = (bytes) => createHmac('sha256', key).update(bytes).digest()
  }

  /** @param invitation of a site's link, so that the report is kept there */
  static async begin(
    web: WebClient,
    base: URL,
    invitation?: string,
    signal?: AbortSignal,
  ): Promise<CheckSession | SessionFault> {
    const answer = await web.ask({
      method: 'POST',
      url: new URL(path, base),
      body: JSON.stringify(invitation === undefined ? {} : { invitation }),
      ...(signal && { signal }),
    })
    if (!answer.ok) return { kind: 'web', detail: answer.detail, web: answer }
    if (answer.status !== 201) {
      const said = problemText(answer)
      return said === undefined
        ? { kind: 'foreign', detail: `HTTP ${answer.status}`, answer }
        : { kind: 'refused', detail: said, answer }
    }
    const read = readSiteCheck(answer.body)
    return read.ok ? new CheckSession(web, base, read.check, answer) : { kind: 'foreign', detail: read.reason, answer }
  }

  /** A catalogue that the server publishes, as it came. */
  async catalogueText(id: string, signal?: AbortSignal): Promise<string | undefined> {
    const url = new URL(`/api/v1/site/catalogues/${encodeURIComponent(id)}`, this.base)
    const answer = await this.#web.ask({ method: 'GET', url, ...(signal && { signal }) })
    return answer.ok && answer.status === 200 ? answer.body : undefined
  }

  /** Asks for ports besides the sample. @returns those that are open now; undefined when the server would not */
  async openPorts(ports: readonly number[], signal?: AbortSignal): Promise<readonly number[] | undefined> {
    const answer = await this.#further('POST', '/echo-ports', { ports }, signal)
    if (!answer?.ok || answer.status !== 200) return undefined
    try {
      const { open } = JSON.parse(answer.body) as { open?: unknown }
      return Array.isArray(open) ? open.filter((port): port is number => Number.isInteger(port)) : undefined
    } catch {
      return undefined
    }
  }

  /** Ports on which the server heard packets of this check, whatever became of its answers; undefined when it does not say. */
  async heardPorts(signal?: AbortSignal): Promise<ReadonlySet<number> | undefined> {
    const answer = await this.#further('GET', '/echo', undefined, signal)
    if (!answer?.ok || answer.status !== 200) return undefined
    try {
      const { heard } = JSON.parse(answer.body) as { heard?: unknown }
      const ports = Array.isArray(heard) ? heard.map((one: { port?: unknown } | null) => one?.port) : undefined
      return ports && new Set(ports.filter((port): port is number => Number.isInteger(port)))
    } catch {
      return undefined
    }
  }

  /** Begins an echo of audio. @returns the answer's SDP; undefined when the server would not */
  async startStream(port: number | 'shared', offer: string, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.#further('POST', '/streams', { port, offer }, signal)
    if (!answer?.ok || answer.status !== 201) return undefined
    try {
      const { answer: sdp } = JSON.parse(answer.body) as { answer?: unknown }
      return typeof sdp === 'string' && sdp.length < 50_000 ? sdp : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps a report at the site of the invitation. @returns undefined when it is kept, else why not */
  async keepReport(report: unknown, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.#further('POST', '/report', report, signal)
    if (!answer?.ok) return answer?.detail ?? 'no answer'
    return answer.status === 201 ? undefined : (problemText(answer) ?? `HTTP ${answer.status}`)
  }

  async end(): Promise<void> {
    await this.#further('DELETE', '')
  }

  async #further(
    method: 'GET' | 'POST' | 'DELETE',
    under: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<WebAnswer | WebFault> {
    return await this.#web.ask({
      method,
      url: new URL(`${path}/${this.check.checkId}${under}`, this.base),
      headers: { authorization: `Bearer ${this.check.echo.key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  }
}

/** What a problem document (RFC 9457) says; undefined when the answer is none. */
function problemText({ headers, body }: WebAnswer): string | undefined {
  if (!/^application\/problem\+json/i.test(headers['content-type'] ?? '')) return undefined
  try {
    const { title, detail } = JSON.parse(body) as { title?: unknown; detail?: unknown }
    const said = [title, detail].filter((text): text is string => typeof text === 'string').join(' ')
    return said.slice(0, 500)
  } catch {
    return undefined
  }
}

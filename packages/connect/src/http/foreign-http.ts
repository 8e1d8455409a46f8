import { once } from 'node:events'
import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Clock } from '@vaxel/base'
import type { HttpAnswer, HttpDesk, HttpQuestion } from '@vaxel/core'
import { DnsCache } from '../net/dns/dns-cache.ts'
import type { DnsQueries } from '../net/dns/dns-records.ts'
import { nodeDns } from '../net/dns/node-dns.ts'
import { InnerAddresses } from './inner-addresses.ts'

const mostAnswerBytes = 64 * 1024
const mostAtOnce = 200
const refusedText = 'the address is not on the internet, and the operator has not allowed its network'

/**
 * Asks servers that companies have named, so that nobody can aim us at our own networks (docs/decisions/0104): the address to which a name
 * leads is looked at when the connection is made to it; no redirection is followed; time and size are bounded. Names are asked of DNS without
 * the system's own threads: one that does not answer must not keep sound files from being read.
 */
export class ForeignHttp implements HttpDesk {
  readonly #inner: InnerAddresses
  readonly #dns: Pick<DnsQueries, 'a' | 'aaaa'>
  readonly #closeDns: () => void
  readonly #plain = new PlainAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  readonly #secure = new SecureAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  #running = 0

  /** @param options `allowedNetworks`: inner networks and addresses that may be asked all the same; `dnsServers`: the system's own if absent */
  constructor(options: { allowedNetworks: readonly string[]; clock: Clock; dnsServers?: readonly string[] }) {
    const { allowedNetworks, clock, dnsServers } = options
    this.#inner = new InnerAddresses(allowedNetworks)
    const source = nodeDns({ clock, timeoutMs: 1000, ...(dnsServers === undefined ? {} : { servers: dnsServers }) })
    this.#dns = new DnsCache({ clock, source })
    this.#closeDns = () => source.close()
  }

  async ask(question: HttpQuestion): Promise<HttpAnswer> {
    if (this.#running >= mostAtOnce) return { kind: 'failed', reason: 'too many questions at once' }
    const limit = AbortSignal.timeout(question.timeLimitMs)
    const signal = question.signal ? AbortSignal.any([limit, question.signal]) : limit
    this.#running++
    try {
      const { status, text } = await this.#send(question, signal)
      if (status < 200 || status > 299) return { kind: 'failed', reason: `status ${status}` }
      return { kind: 'answered', status, body: parse(text) }
    } catch (error) {
      if (limit.aborted) return { kind: 'timeOut' }
      return { kind: 'failed', reason: reasonOf(error) }
    } finally {
      this.#running--
    }
  }

  close(): void {
    this.#closeDns()
    this.#plain.destroy()
    this.#secure.destroy()
  }

  async #send(question: HttpQuestion, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const url = URL.canParse(question.url) ? new URL(question.url) : undefined
    if (!url || !/^https?:$/.test(url.protocol)) throw new Error('the address is none of HTTP')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && this.#inner.isRefused(host)) throw new Error(refusedText)
    const found = isIP(host) === 0 ? await unlessAborted(signal, this.#addressesOf(host)) : []
    const isSecure = url.protocol === 'https:'
    const body = bodyOf(question)
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers: headersOf(question, body),
      lookup: lookupIn(found),
      signal,
      agent: isSecure ? this.#secure : this.#plain,
    }
    const sent = (isSecure ? secureRequest : plainRequest)(url, options)
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    // What goes wrong once the answer has begun is told by the answer.
    sent.on('error', () => {})
    sent.end(body)
    const [answer] = await answered
    return { status: answer.statusCode ?? 0, text: await readText(answer) }
  }

  /** Of a name, without those that may not be asked. Throws when none is left. */
  async #addressesOf(name: string): Promise<readonly Address[]> {
    const [four, six] = await Promise.all([this.#dns.a(name), this.#dns.aaaa(name)])
    const found = [
      ...(four.kind === 'found' ? four.records.map((address) => ({ address, family: 4 as const })) : []),
      ...(six.kind === 'found' ? six.records.map((address) => ({ address, family: 6 as const })) : []),
    ]
    const allowed = found.filter(({ address }) => !this.#inner.isRefused(address))
    if (found.length > 0 && allowed.length === 0) throw new Error(refusedText)
    if (allowed.length === 0) throw new Error('the name is not known')
    return allowed
  }
}

interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** A connection goes to these addresses and no others. */
const lookupIn =
  (found: readonly Address[]): LookupFunction =>
  (_, options, callback) => {
    const [first] = found
    queueMicrotask(() => {
      if (!first) callback(new Error('the name is not known'), '')
      else if (options.all) callback(null, [...found])
      else callback(null, first.address, first.family)
    })
  }

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const done = new AbortController()
  const aborted = once(signal, 'abort', { signal: done.signal }).then(() => {
    throw new Error('given up')
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    done.abort()
  }
}

function bodyOf({ form, body }: HttpQuestion): string | undefined {
  if (form !== undefined) return new URLSearchParams(form).toString()
  return body === undefined ? undefined : JSON.stringify(body)
}

const headersOf = ({ authorization, form }: HttpQuestion, body: string | undefined): Record<string, string> => ({
  accept: 'application/json',
  'user-agent': 'Vaxel',
  ...(authorization === undefined ? {} : { authorization }),
  ...(body === undefined
    ? {}
    : {
        'content-type': form === undefined ? 'application/json' : 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(body)),
      }),
})

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostAnswerBytes) throw new Error('the answer is longer than 64 KiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Without the address, which may hold what a caller typed. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return typeof code === 'string' ? code : String(message)
}

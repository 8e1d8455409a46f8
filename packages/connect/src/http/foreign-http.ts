import { once } from 'node:events'
import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Clock } from '@vaxel/base'
import type { HttpAnswer, HttpDesk, HttpQuestion } from '@vaxel/core'
import { GuardedNames, lookupIn } from './guarded-names.ts'

const mostAnswerBytes = 64 * 1024
const mostAtOnce = 200

/**
 * Asks servers that companies have named, so that nobody can aim us at our own networks (docs/decisions/0104): the address to which a name
 * leads is looked at when the connection is made to it; no redirection is followed; time and size are bounded. Names are asked of DNS without
 * the system's own threads: one that does not answer must not keep sound files from being read.
 */
export class ForeignHttp implements HttpDesk {
  readonly #names: GuardedNames
  readonly #plain = new PlainAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  readonly #secure = new SecureAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  #running = 0

  /** @param options `allowedNetworks`: inner networks and addresses that may be asked all the same; `dnsServers`: the system's own if absent */
  constructor(options: { allowedNetworks: readonly string[]; clock: Clock; dnsServers?: readonly string[] }) {
    this.#names = new GuardedNames(options)
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
    this.#names.close()
    this.#plain.destroy()
    this.#secure.destroy()
  }

  async #send(question: HttpQuestion, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const url = URL.canParse(question.url) ? new URL(question.url) : undefined
    if (!url || !/^https?:$/.test(url.protocol)) throw new Error('the address is none of HTTP')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const found = await unlessAborted(signal, this.#names.addressesOf(host))
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

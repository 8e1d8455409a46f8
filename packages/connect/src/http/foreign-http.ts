import { lookup as systemLookup } from 'node:dns'
import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { HttpAnswer, HttpDesk, HttpQuestion } from '@vaxel/core'
import { InnerAddresses } from './inner-addresses.ts'

const mostAnswerBytes = 64 * 1024
const mostAtOnce = 200
const refusedText = 'the address is not on the internet, and the operator has not allowed its network'

/**
 * Asks servers that companies have named, so that nobody can aim us at our own networks (docs/decisions/0104): the address to which a name
 * leads is looked at when the connection is made to it; no redirection is followed; time and size are bounded.
 */
export class ForeignHttp implements HttpDesk {
  readonly #inner: InnerAddresses
  readonly #plain = new PlainAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  readonly #secure = new SecureAgent({ keepAlive: true, maxSockets: 50, timeout: 30_000 })
  #running = 0

  /** @param options `allowedNetworks`: inner networks and addresses that may be asked all the same */
  constructor(options: { allowedNetworks: readonly string[] }) {
    this.#inner = new InnerAddresses(options.allowedNetworks)
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
    this.#plain.destroy()
    this.#secure.destroy()
  }

  #send(question: HttpQuestion, signal: AbortSignal): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const url = URL.canParse(question.url) ? new URL(question.url) : undefined
      if (!url || !/^https?:$/.test(url.protocol)) return reject(new Error('the address is none of HTTP'))
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && this.#inner.isRefused(host)) return reject(new Error(refusedText))
      const isSecure = url.protocol === 'https:'
      const body = question.body === undefined ? undefined : JSON.stringify(question.body)
      const options = {
        method: body === undefined ? 'GET' : 'POST',
        headers: headersOf(question, body),
        lookup: this.#lookup,
        signal,
        agent: isSecure ? this.#secure : this.#plain,
      }
      const sent = (isSecure ? secureRequest : plainRequest)(url, options, (answer) => {
        readText(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  readonly #lookup: LookupFunction = (name, options, callback) => {
    systemLookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const allowed = addresses.filter(({ address }) => !this.#inner.isRefused(address))
      const [first] = allowed
      if (!first) return callback(new Error(refusedText), '')
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

const headersOf = ({ authorization }: HttpQuestion, body: string | undefined): Record<string, string> => ({
  accept: 'application/json',
  'user-agent': 'Vaxel',
  ...(authorization === undefined ? {} : { authorization }),
  ...(body === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
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

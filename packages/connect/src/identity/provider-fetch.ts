import { lookup as systemLookup } from 'node:dns'
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const timeoutMs = 10_000
const largestAnswerBytes = 1024 * 1024

/** This machine, and what only answers to this machine: metadata services of clouds above all. */
const own = new BlockList()
own.addSubnet('0.0.0.0', 8, 'ipv4')
own.addSubnet('127.0.0.0', 8, 'ipv4')
own.addSubnet('169.254.0.0', 16, 'ipv4')
own.addAddress('::', 'ipv6')
own.addAddress('::1', 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')

const isOwn = (address: string): boolean => own.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

interface Wish {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: unknown
}

/**
 * Asks a provider that a company's administrator has named, so that its address cannot be aimed at this machine:
 * HTTPS only, no redirects, no loopback nor link-local address whatever a name resolves to, ten seconds, 1 MiB.
 * @param allowsLoopback plain HTTP to loopback too, for a demonstration or a test
 */
export function providerFetch(allowsLoopback: boolean): (url: string, wish: Wish) => Promise<Response> {
  return (text, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const url = new URL(text)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const refused = refuse(url, host, allowsLoopback)
      if (refused) return reject(new Error(refused))
      const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(
        url,
        { method, headers, lookup: safeLookup(allowsLoopback), signal: AbortSignal.timeout(timeoutMs) },
        (answer) => {
          const chunks: Buffer[] = []
          let size = 0
          answer.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > largestAnswerBytes) request.destroy(new Error(`${host} answers more than 1 MiB`))
            else chunks.push(chunk)
          })
          answer.on('error', reject)
          answer.on('end', () => {
            const { statusCode: status = 0, headers: fields } = answer
            if (status < 200 || status > 599) return reject(new Error(`${host} answers with the status ${status}`))
            resolve(responseOf(status, fields, Buffer.concat(chunks)))
          })
        },
      )
      request.on('error', reject)
      request.end(typeof body === 'string' ? body : body instanceof URLSearchParams ? body.toString() : undefined)
    })
}

/** Statuses whose answer has no content (Fetch §2.2.3); it is an error to give them any. */
const withoutContent: ReadonlySet<number> = new Set([204, 205, 304])

function responseOf(status: number, fields: IncomingHttpHeaders, content: Buffer<ArrayBuffer>): Response {
  const headers = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(withoutContent.has(status) ? null : content, { status, headers })
}

function refuse(url: URL, host: string, allowsLoopback: boolean): string | undefined {
  const isLoopback = host === 'localhost' || (isIP(host) !== 0 && isOwn(host))
  if (isLoopback && !allowsLoopback) return `${host} is this machine itself`
  if (url.protocol === 'https:' || (isLoopback && url.protocol === 'http:')) return undefined
  return `${url.origin} is not HTTPS`
}

const safeLookup =
  (allowsLoopback: boolean): LookupFunction =>
  (name, options, callback) => {
    systemLookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const allowed = allowsLoopback ? addresses : addresses.filter(({ address }) => !isOwn(address))
      const first = allowed[0]
      if (!first) return callback(new Error(`${name} is this machine itself`), '')
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }

import { hash } from 'node:crypto'

/** Reading and writing SIP as far as a load needs it: fast, and only for peers that write header names in full. */

/** The value of the first header field of that name; empty when there is none. */
export function headerOf(message: string, name: string): string {
  const start = message.indexOf(`\r\n${name}: `)
  if (start < 0) return ''
  const from = start + name.length + 4
  return message.slice(from, message.indexOf('\r\n', from))
}

/** What a response repeats of its request (RFC 3261 §8.2.6.2), Record-Route included. */
export function repeated(request: string, toTag: string): string {
  let text = ''
  const end = request.indexOf('\r\n\r\n')
  for (let at = request.indexOf('\r\n') + 2; at < end + 2; ) {
    const next = request.indexOf('\r\n', at)
    const line = request.slice(at, next)
    if (line.startsWith('To: ') && !line.includes(';tag=')) text += `${line};tag=${toTag}\r\n`
    else if (/^(Via|From|To|Call-ID|CSeq|Record-Route): /.test(line)) text += `${line}\r\n`
    at = next + 2
  }
  return text
}

/** The Route header fields of a caller in a dialog: Record-Route in reverse (RFC 3261 §12.1.2). */
export function routesOf(response: string): string {
  const routes: string[] = []
  for (const line of response.split('\r\n')) {
    if (line === '') break
    if (line.startsWith('Record-Route: ')) routes.push(line.slice('Record-Route: '.length))
  }
  return routes
    .reverse()
    .map((route) => `Route: ${route}\r\n`)
    .join('')
}

/** The URI of a Contact header field. */
export const contactUri = (message: string): string => /<([^>]+)>/.exec(headerOf(message, 'Contact'))?.[1] ?? ''

/** The challenge with MD5, which every server compared here has. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly qop: boolean
  readonly opaque: string | undefined
  /** `Authorization` or `Proxy-Authorization`. */
  readonly header: string
}

export function challengeOf(response: string): Challenge | undefined {
  const isProxy = response.startsWith('SIP/2.0 407')
  const name = isProxy ? 'Proxy-Authenticate: ' : 'WWW-Authenticate: '
  for (const line of response.split('\r\n')) {
    if (!line.startsWith(name)) continue
    const algorithm = /algorithm="?([\w-]+)/i.exec(line)?.[1] ?? 'MD5'
    if (algorithm.toUpperCase() !== 'MD5') continue
    return {
      realm: /realm="([^"]*)"/.exec(line)?.[1] ?? '',
      nonce: /nonce="([^"]*)"/.exec(line)?.[1] ?? '',
      qop: /qop=/.test(line),
      opaque: /opaque="([^"]*)"/.exec(line)?.[1],
      header: isProxy ? 'Proxy-Authorization' : 'Authorization',
    }
  }
  return undefined
}

const md5 = (text: string): string => hash('md5', text)

/** The header field that answers a challenge, for its first use (RFC 7616 §3.4). */
export function credentialsFor(
  challenge: Challenge,
  of: { username: string; password: string; method: string; uri: string },
): string {
  const { realm, nonce, qop, opaque, header } = challenge
  const ha1 = md5(`${of.username}:${realm}:${of.password}`)
  const ha2 = md5(`${of.method}:${of.uri}`)
  const response = qop ? md5(`${ha1}:${nonce}:00000001:0a4f113b:auth:${ha2}`) : md5(`${ha1}:${nonce}:${ha2}`)
  const more = `${qop ? ', qop=auth, nc=00000001, cnonce="0a4f113b"' : ''}${opaque === undefined ? '' : `, opaque="${opaque}"`}`
  return `${header}: Digest username="${of.username}", realm="${realm}", nonce="${nonce}", uri="${of.uri}", response="${response}", algorithm=MD5${more}\r\n`
}

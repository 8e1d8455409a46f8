import { isIP } from 'node:net'

/** An HTTP proxy that connections go through. */
export interface Proxy {
  readonly host: string
  readonly port: number
  /** Of its URL; sent to the proxy alone. */
  readonly authorization?: string
  /** Which environment variable named it. */
  readonly from: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment names for HTTPS to a host, as curl and browsers' policies read it.
 * @returns undefined when there is none, or NO_PROXY excepts the host; a reason when its URL cannot be used
 */
export function proxyFor(host: string, environment: Environment): Proxy | { readonly fault: string } | undefined {
  const from = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find((name) => environment[name])
  if (from === undefined || isExcepted(host, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return undefined
  const text = environment[from]!
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) return { fault: `${from} holds no address: set it like http://proxy.example:3128` }
  const url = new URL(whole)
  if (url.protocol !== 'http:')
    return { fault: `${from} names a ${url.protocol.slice(0, -1)} proxy; only http:// proxies can be used here` }
  const user = decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 80 : Number(url.port),
    ...(user !== '' && {
      authorization: `Basic ${Buffer.from(`${user}:${decodeURIComponent(url.password)}`).toString('base64')}`,
    }),
    from,
  }
}

function isExcepted(host: string, list: string): boolean {
  const name = host.toLowerCase()
  return list
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .replace(/^\*?\./, ''),
    )
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || entry === name || (isIP(name) === 0 && name.endsWith(`.${entry}`)))
}

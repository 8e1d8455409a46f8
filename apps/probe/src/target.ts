import { isIP } from 'node:net'

/** The server that a person named. */
export interface Target {
  readonly url: URL
  readonly host: string
  /** Of a link to a site's verify page. */
  readonly invitation?: string
}

/**
 * Reads a name, an address with or without a port, or a URL, also the link that a site was sent.
 * @example readTarget('calls.example.com:8443')?.url.href // 'https://calls.example.com:8443/'
 */
export function readTarget(text: string): Target | undefined {
  const given = text.trim()
  if (given === '' || given.length > 2000) return undefined
  const bracketed = isIP(given) === 6 ? `[${given}]` : given
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${bracketed}`
  if (!URL.canParse(whole)) return undefined
  const url = new URL(whole)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  if (url.hostname === '' || url.username !== '' || url.port === '0') return undefined
  const invitation = /^#invitation=([A-Za-z0-9_-]{1,200})$/.exec(url.hash)?.[1]
  return {
    url: new URL('/', url),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(invitation !== undefined && { invitation }),
  }
}

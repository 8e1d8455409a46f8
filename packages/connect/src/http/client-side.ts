import type { IncomingMessage } from 'node:http'
import type { Whereabouts } from '@vaxel/base'
import type { CookieKind } from '@vaxel/contract'
import { isLoopback } from './is-loopback.ts'
import { clientAddress, isSecure } from './proxies.ts'

/** What proxies add for whoever they ask for (RFC 7239, and its forerunners). */
const ofProxies = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip'] as const

/** Whether a program on this machine asks for itself: a proxy here asks for the whole world, from the same address. */
export const isThisMachine = ({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean =>
  isLoopback(socket.remoteAddress) && ofProxies.every((name) => headers[name] === undefined)

/** Who asks, for rules of who may. */
export const whereaboutsOf = (request: Pick<IncomingMessage, 'socket' | 'headers'>): Whereabouts => ({
  address: clientAddress(request),
  isThisMachine: isThisMachine(request),
})

const hostForm = /^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(:\d{1,5})?$/

/** Scheme, host and port by which the client knows us; undefined when its Host field is none. */
export function originOf(request: Pick<IncomingMessage, 'socket' | 'headers'>): string | undefined {
  const { host } = request.headers
  if (host === undefined || !hostForm.test(host)) return undefined
  const url = `${isSecure(request) ? 'https' : 'http'}://${host}`
  return URL.canParse(url) ? new URL(url).origin : undefined
}

/**
 * Whether a page of our own asks: the browser says so itself (Fetch Metadata), or its Origin (RFC 6454) is ours.
 * Nobody but a browser's own page can make it say that.
 */
export function isSameOrigin(request: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers
  if (site !== undefined) return site === 'same-origin'
  return origin !== undefined && origin === originOf(request)
}

/** RFC 6265 §5.4; the first of a name counts. */
export function cookieOf(request: Pick<IncomingMessage, 'socket' | 'headers'>, kind: CookieKind): string | undefined {
  const name = cookieName(request, kind)
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** @param value undefined takes the cookie back */
export function setCookie(
  request: Pick<IncomingMessage, 'socket' | 'headers'>,
  kind: CookieKind,
  value: string | undefined,
  lifetimeSeconds = 0,
): string {
  const parts = [
    `${cookieName(request, kind)}=${value ?? ''}`,
    'Path=/',
    'HttpOnly',
    ...(isSecure(request) ? ['Secure'] : []),
    'SameSite=Strict',
    `Max-Age=${value === undefined ? 0 : Math.floor(lifetimeSeconds)}`,
  ]
  return parts.join('; ')
}

const names: Readonly<Record<CookieKind, string>> = { session: 'vaxel', sso: 'vaxel-sso' }

/**
 * With the prefix no other host and no plain HTTP can set it (RFC 6265bis §4.1.3.2). Without TLS, which is on this
 * machine only, cookies are shared by all ports: so the port is in the name.
 */
function cookieName(request: Pick<IncomingMessage, 'socket' | 'headers'>, kind: CookieKind): string {
  if (isSecure(request)) return `__Host-${names[kind]}`
  const port = /:(\d+)$/.exec(request.headers.host ?? '')?.[1]
  return port === undefined ? names[kind] : `${names[kind]}-${port}`
}

import { sharedScripts } from './static-files.ts'

/** A part of a page, which is never a page itself: a script, a style, a sound. */
const ofParts: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}
/** An answer of the API, or an icon. Opened as a page it loads nothing, does nothing and stands in no frame. */
const ofData: Readonly<Record<string, string>> = {
  ...ofParts,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  // Nothing here is for search engines, links to calls least of all.
  'x-robots-tag': 'noindex, nofollow',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}
const ofPages: Readonly<Record<string, string>> = {
  ...ofData,
  // A tab that an agent opens for the company's own system is led on to each customer (docs/decisions/0130); whoever opens us gets no hold of us.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'permissions-policy':
    'camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), hid=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), usb=(), serial=(), payment=()',
}

/**
 * The one style that React Aria writes into a page by itself (touch-action of what can be pressed), by its hash. When a
 * newer version writes another one, the browser says so and the tests of the web app fail: take the hash from there.
 */
const reactAriaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"
const hostForm = /^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(:\d{1,5})?$/

/** What an answer is, by its path. A worker has the policy of its own script, which is why that one counts as a page. */
export function kindOfAnswer(url: string): 'page' | 'data' | 'part' {
  const path = url.split('?', 1)[0]!
  // A drawing can be opened as a page, too, and then needs no more than data does.
  if (path.startsWith('/api/') || /^\/icons\/[^/]+\.(svg|png)$/.test(path)) return 'data'
  return /^\/assets\/[^/]+\.(js|css|woff2|wav|mp3)$/.test(path) || sharedScripts.has(path) ? 'part' : 'page'
}

/**
 * Header fields of every answer: pages load only from here, run no script and no style that stands in a page, and may not
 * be framed. What is no page has a few fields that mean something for it: they are sent with each answer, and the longer
 * ones cost more than most answers.
 * @param host the Host field, for WebSockets to ourselves in browsers whose 'self' does not mean them
 */
export function securityHeaders(options: {
  readonly kind: 'page' | 'data' | 'part'
  readonly isSecure: boolean
  readonly host?: string | undefined
  /** Origins of WebSockets elsewhere that pages may open. */
  readonly connectTo?: readonly string[]
}): Readonly<Record<string, string>> {
  const { kind, isSecure, host, connectTo = [] } = options
  const transport: Readonly<Record<string, string>> = isSecure
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {}
  if (kind !== 'page') return { ...(kind === 'data' ? ofData : ofParts), ...transport }
  const sockets = host !== undefined && hostForm.test(host) ? ` ${isSecure ? 'wss' : 'ws'}://${host}` : ''
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${reactAriaStyle}`,
    `connect-src ${["'self'", ...connectTo].join(' ')}${sockets}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    // Mails of customers, each with a stricter policy of its own.
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return {
    ...ofPages,
    'content-security-policy': policy.join('; '),
    ...transport,
  }
}

/** Every header field name known here in its usual spelling (IANA's registry), with its compact form (RFC 3261 §7.3.3). */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
}

const compactOf: ReadonlyMap<string, string> = new Map(
  Object.entries(compactForms).map(([letter, name]) => [name, letter]),
)

/** The shortest spelling of a canonical name (RFC 3261 §7.3.3). @example compactName('Via') // 'v' */
export const compactName = (canonical: string): string => compactOf.get(canonical) ?? canonical

/** Names whose field value is a comma-separated list, so that one line may hold several values (RFC 3261 §7.3.1). */
const listNames = [
  'Accept',
  'Accept-Contact',
  'Accept-Encoding',
  'Accept-Language',
  'Alert-Info',
  'Allow',
  'Allow-Events',
  'Call-Info',
  'Contact',
  'Content-Encoding',
  'Content-Language',
  'Diversion',
  'Error-Info',
  'Geolocation',
  'History-Info',
  'In-Reply-To',
  'P-Asserted-Identity',
  'P-Associated-URI',
  'P-Preferred-Identity',
  'Path',
  'Proxy-Require',
  'Reason',
  'Record-Route',
  'Recv-Info',
  'Reject-Contact',
  'Require',
  'Route',
  'Security-Client',
  'Security-Server',
  'Security-Verify',
  'Service-Route',
  'Supported',
  'Unsupported',
  'Via',
  'Warning',
]

const singleNames = [
  'Accept-Resource-Priority',
  'Answer-Mode',
  'Authentication-Info',
  'Authorization',
  'CSeq',
  'Call-ID',
  'Content-Disposition',
  'Content-ID',
  'Content-Length',
  'Content-Transfer-Encoding',
  'Content-Type',
  'Date',
  'Event',
  'Expires',
  'Flow-Timer',
  'From',
  'Geolocation-Error',
  'Geolocation-Routing',
  'Identity',
  'Identity-Info',
  'Info-Package',
  'Join',
  'MIME-Version',
  'Max-Breadth',
  'Max-Forwards',
  'Min-Expires',
  'Min-SE',
  'Organization',
  'P-Access-Network-Info',
  'P-Charging-Vector',
  'Priority',
  'Privacy',
  'Proxy-Authenticate',
  'Proxy-Authentication-Info',
  'Proxy-Authorization',
  'RAck',
  'RSeq',
  'Refer-Sub',
  'Refer-To',
  'Referred-By',
  'Remote-Party-ID',
  'Replaces',
  'Reply-To',
  'Request-Disposition',
  'Resource-Priority',
  'Retry-After',
  'SIP-ETag',
  'SIP-If-Match',
  'Server',
  'Session-Expires',
  'Session-ID',
  'Subject',
  'Subscription-State',
  'Suppress-If-Match',
  'Target-Dialog',
  'Timestamp',
  'To',
  'Trigger-Consent',
  'User-Agent',
  'User-to-User',
  'WWW-Authenticate',
  'X-Vaxel-Call',
]

const lists: ReadonlySet<string> = new Set(listNames)

/** Spellings seen most, looked up without changing case; all keys of this map are fixed at start, so it cannot grow by input. */
const canonicalOf = new Map<string, string>()
for (const name of [...listNames, ...singleNames]) {
  canonicalOf.set(name, name)
  canonicalOf.set(name.toLowerCase(), name)
  canonicalOf.set(name.toUpperCase(), name)
}
for (const [letter, name] of Object.entries(compactForms)) {
  canonicalOf.set(letter, name)
  canonicalOf.set(letter.toUpperCase(), name)
}

/**
 * The one spelling under which a header field is kept: the registry's for known names (compact forms expanded),
 * for others each word with a capital letter.
 * @example canonicalName('v') // 'Via'
 * @example canonicalName('x-SOMETHING') // 'X-Something'
 */
export function canonicalName(name: string): string {
  const known = canonicalOf.get(name)
  if (known !== undefined) return known
  const lower = name.toLowerCase()
  return (
    canonicalOf.get(lower) ??
    lower.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
  )
}

/** Whether a field of this canonical name holds a comma-separated list. */
export const isListName = (canonical: string): boolean => lists.has(canonical)

/** Canonical names by first letter and length, so that the usual spelling is known without cutting the name out. */
const buckets: string[][] = Array.from({ length: 1024 }, () => [])
const bucketOf = (firstCode: number, length: number): number => ((firstCode & 31) << 5) | (length & 31)
for (const name of [...listNames, ...singleNames]) buckets[bucketOf(name.charCodeAt(0), name.length)]!.push(name)

/** The canonical name if the text between two places is spelled so, else undefined. */
export function knownNameAt(text: string, start: number, end: number): string | undefined {
  for (const name of buckets[bucketOf(text.charCodeAt(start), end - start)]!) {
    if (name.length === end - start && text.startsWith(name, start)) return name
  }
  return undefined
}

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][^\s<>/]*)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The calendars in the answer to a `calendar-query` (RFC 4791 §7.8), one text after another. Only elements and text are looked at; a document
 * type, which could define entities, is refused.
 * @returns undefined when the answer is none
 */
export function calendarsIn(xml: string): string | undefined {
  const text = xml.replace(/^\uFEFF/, '')
  const open: string[] = []
  const found: string[] = []
  let data: string[] | undefined
  let root: string | undefined
  let at = 0
  for (const match of text.matchAll(token)) {
    if (match.index !== at) return undefined
    at += match[0].length
    const { 1: cdata, 2: slash, 3: qualified, 5: isEmpty, 6: words } = match
    if (qualified === undefined) {
      const piece = cdata ?? (words === undefined ? '' : unescaped(words))
      if (data) data.push(piece)
      else if (open.length === 0 && piece.trim() !== '') return undefined
      continue
    }
    const name = qualified.slice(qualified.indexOf(':') + 1)
    if (slash === '/') {
      if (open.pop() !== qualified) return undefined
      if (name === 'calendar-data' && data) {
        found.push(data.join(''))
        data = undefined
      }
    } else if (isEmpty === '') {
      root ??= name
      open.push(qualified)
      if (name === 'calendar-data') data = []
    }
  }
  return at === text.length && open.length === 0 && root === 'multistatus' ? found.join('\r\n') : undefined
}

const unescaped = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, digits?: string, name = '') => {
      const code = hex === undefined ? Number(digits ?? Number.NaN) : Number.parseInt(hex, 16)
      if (Number.isNaN(code)) return entities[name] ?? whole
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )

/** What is asked of a CalDAV collection: every event that touches a stretch of time. */
export function calendarQuery(fromMs: number, toMs: number): string {
  const time = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="${time(fromMs)}" end="${time(toMs)}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`
}

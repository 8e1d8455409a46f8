/** One thing that is not as it was sent. */
export interface Change {
  /** `Via`, `Contact`, `SDP c=`, `Request-URI`, `Content-Length`, `layout`. */
  readonly field: string
  /** Absent: it was put in. */
  readonly sent?: string
  /** Absent: it was taken out. */
  readonly received?: string
}

/**
 * What is different between the request that was sent and the one that arrived. What servers on the way may write into Via
 * (RFC 3261 §18.2.1, RFC 3581 §4) is no change. Two texts that differ in anything have at least one.
 */
export function compareRequests(sent: string, received: string): readonly Change[] {
  const changes: Change[] = []
  const [one, other] = [split(sent), split(received)]
  const say = (field: string, before: string | undefined, after: string | undefined): void => {
    if (before !== after)
      changes.push({
        field,
        ...(before !== undefined && { sent: before }),
        ...(after !== undefined && { received: after }),
      })
  }
  say('Request-URI', one.start, other.start)
  for (const name of new Set([...one.fields.keys(), ...other.fields.keys()])) {
    const [before = [], after = []] = [one.fields.get(name), other.fields.get(name)]
    // What was put in, a proxy puts on top; taken from below, equal ones meet.
    const length = Math.max(before.length, after.length)
    for (let back = 1; back <= length; back += 1) say(name, before.at(-back), after.at(-back))
  }
  const bodies = [...new Set([...one.body.keys(), ...other.body.keys()])]
  for (const name of bodies) say(`SDP ${name}`, one.body.get(name), other.body.get(name))
  if (changes.length === 0 && withoutReceived(sent) !== withoutReceived(received))
    changes.push({ field: 'layout', sent: `${sent.length} bytes`, received: `${received.length} bytes` })
  return changes
}

interface Parts {
  readonly start: string
  readonly fields: ReadonlyMap<string, readonly string[]>
  /** Lines of the description by their place: `o=`, `c=`, `m=`, `a=rtcp`. */
  readonly body: ReadonlyMap<string, string>
}

function split(text: string): Parts {
  const end = text.indexOf('\r\n\r\n')
  const [start = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n')
  const fields = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = fullName(colon < 0 ? line : line.slice(0, colon).trim())
    const value = colon < 0 ? '' : line.slice(colon + 1).trim()
    fields.set(name, [...(fields.get(name) ?? []), name === 'Via' ? withoutReceived(value) : value])
  }
  const body = new Map<string, string>()
  for (const line of end < 0 ? [] : text.slice(end + 4).split('\r\n')) {
    if (line === '') continue
    const name = line.startsWith('a=') ? (/^a=[^:]*/.exec(line)?.[0] ?? 'a=') : line.slice(0, 2)
    body.set(name, body.has(name) ? `${body.get(name)} ${line}` : line)
  }
  return { start, fields, body }
}

const withoutReceived = (via: string): string =>
  via.replaceAll(/;received=[^;,\s]*/gi, '').replaceAll(/;rport=\d+/gi, ';rport')

/** Short forms (RFC 3261 §7.3.3). */
const longNames: ReadonlyMap<string, string> = new Map([
  ['v', 'via'],
  ['f', 'from'],
  ['t', 'to'],
  ['i', 'call-id'],
  ['m', 'contact'],
  ['l', 'content-length'],
  ['c', 'content-type'],
])

/** Names as we write them, whether they came short or in other letters. */
function fullName(name: string): string {
  const lower = longNames.get(name.toLowerCase()) ?? name.toLowerCase()
  if (lower === 'call-id') return 'Call-ID'
  if (lower === 'cseq') return 'CSeq'
  return lower.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

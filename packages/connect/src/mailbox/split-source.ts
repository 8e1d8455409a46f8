import { createHash } from 'node:crypto'

const cr = 13
const lf = 10
/** More is no head of a mail. */
const mostHeadBytes = 2 * 1024 * 1024
/** What a server on the way does not change. */
const lasting = ['message-id', 'date', 'from', 'to', 'cc', 'subject', 'in-reply-to', 'references'] as const

/** Head and body of a mail, and the fields of the head as they came, unfolded, in order. */
export interface SplitSource {
  readonly head: Buffer
  readonly body: Buffer
  /** Names in lower case; values of 8 bits a character. */
  readonly fields: ReadonlyMap<string, readonly string[]>
}

/** Takes a mail apart at the first empty line (RFC 5322 §2.1); lines may end as they like. */
export function splitSource(source: Uint8Array): SplitSource {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  let end = bytes.length
  let start = bytes.length
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1] === cr ? at + 2 : at + 1
    if (bytes[next] !== lf && !(at === 0 || (at === 1 && bytes[0] === cr))) continue
    end = at + 1
    start = bytes[next] === lf ? next + 1 : at + 1
    break
  }
  const head = bytes.subarray(0, Math.min(end, mostHeadBytes))
  return { head, body: bytes.subarray(start), fields: fieldsOf(head.toString('latin1')) }
}

function fieldsOf(head: string): Map<string, readonly string[]> {
  const fields = new Map<string, string[]>()
  let current: string[] | undefined
  for (const line of head.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (current) current[current.length - 1] += ` ${line.trim()}`
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) {
      current = undefined
      continue
    }
    const name = line.slice(0, colon).trim().toLowerCase()
    current = fields.get(name) ?? []
    current.push(line.slice(colon + 1).trim())
    fields.set(name, current)
  }
  return fields
}

/**
 * The same for every copy of one mail, whichever way it came. Without a Message-ID only what is the same to the last byte is the same.
 * @returns SHA-256 in hexadecimal
 */
export function fingerprintOf({ head, body, fields }: SplitSource): string {
  const hash = createHash('sha256')
  if (!fields.has('message-id')) hash.update('whole\0').update(head)
  else for (const name of lasting) hash.update(`${name}\0${(fields.get(name) ?? []).join('\0')}\n`, 'latin1')
  return hash.update('\0\0').update(body).digest('hex')
}

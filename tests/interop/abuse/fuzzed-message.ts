import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SeededRandom } from '@vaxel/testkit'

const corpora = ['rfc4475', 'rfc5118'].map((name) =>
  join(import.meta.dirname, '../../../packages/sip/src/message/torture', name),
)
const torture: readonly Buffer[] = corpora.flatMap((folder) =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name))),
)

/** What breaks parsers: delimiters, ends of ranges, other people's syntax. */
const crumbs = [
  '"',
  '\\',
  '<',
  '>',
  ';',
  ',',
  '=',
  ':',
  '@',
  '?',
  '%00',
  '%',
  '[::1]',
  ' ',
  '\t',
  '\r\n ',
  '*',
  '-1',
  '4294967296',
  'é',
  '\0',
  '${jndi:x}',
  '../',
  "' OR 1=1 --",
  '<script>',
  '\u202e',
  'sip:',
  'sips:',
  'tel:+1',
  'urn:x',
  ';lr',
  ';maddr=127.0.0.1',
  ';tag=',
] as const
const methods = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'REGISTER',
  'SUBSCRIBE',
  'NOTIFY',
  'MESSAGE',
  'REFER',
  'UPDATE',
  'PRACK',
  'INFO',
  'PUBLISH',
  'X',
] as const
const names = [
  'Via',
  'Route',
  'Record-Route',
  'Contact',
  'From',
  'To',
  'Call-ID',
  'CSeq',
  'Max-Forwards',
  'Content-Length',
  'Content-Type',
  'Content-Encoding',
  'Authorization',
  'Proxy-Authorization',
  'Require',
  'Supported',
  'Event',
  'Expires',
  'Replaces',
  'Refer-To',
  'Session-Expires',
  'RAck',
  'Path',
  'Identity',
  'X-Any',
] as const
const bodies = [
  '',
  'v=0\r\n',
  `v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n${'a=x:y\r\n'.repeat(400)}m=audio 0 RTP/AVP 8\r\n`,
  '\x1f\x8b\x08\0',
] as const

/**
 * A SIP message gone wrong, the same for the same seed: even seeds change a message of RFC 4475 or 5118, odd ones are made
 * by a grammar whose every part may be a crumb.
 */
export function fuzzedMessage(seed: number): Buffer {
  const random = new SeededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[random.between(0, from.length - 1)]!
  if (seed % 2 === 0) {
    let bytes = Buffer.from(pick(torture))
    for (let hits = random.between(1, 8); hits > 0 && bytes.length > 1; hits--) {
      const at = random.between(0, bytes.length - 1)
      const kind = random.between(0, 3)
      if (kind === 0) bytes[at] = random.between(0, 255)
      else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(crumbs)), bytes.subarray(at)])
      else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 40))])
      else bytes = Buffer.concat([bytes.subarray(0, at), pick(torture).subarray(at)])
    }
    return bytes
  }
  const broken = (whole: string): string => {
    if (random.between(0, 5) > 0) return whole
    return Array.from({ length: random.between(1, 10) }, () => pick([...crumbs, whole])).join('')
  }
  const method = pick(methods)
  const body = pick(bodies)
  const lines = [
    `${broken(method)} ${broken('sip:201@127.0.0.1')} ${broken('SIP/2.0')}`,
    `Via: ${broken('SIP/2.0/UDP 127.0.0.1:9')};branch=${broken(`z9hG4bK${seed}`)};rport`,
    `From: ${broken('"A" <sip:202@127.0.0.1>')};tag=${broken('1')}`,
    `To: ${broken('<sip:201@127.0.0.1>')}${random.between(0, 3) === 0 ? ';tag=2' : ''}`,
    `Call-ID: ${broken(`fuzz-${seed}`)}`,
    `CSeq: ${broken('1')} ${broken(method)}`,
    `Max-Forwards: ${broken('70')}`,
    ...Array.from(
      { length: random.between(0, 8) },
      () => `${pick(names)}: ${broken('<sip:a@127.0.0.1;transport=udp>')}`,
    ),
    `Content-Length: ${broken(String(body.length))}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'utf8')
}

/** Seeds of messages that something was found by, and of every shape that the grammar makes; they run first, always. */
export const keptSeeds: readonly number[] = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 4475, 5118, 3261,
]

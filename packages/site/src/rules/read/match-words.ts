import { addressSpan, allPorts, type RangeSet, type Span, toSet } from './range-set.ts'
import { protocolBits } from './rule-set.ts'

/** Services that rule sets name by word; names and numbers as IANA registers them. */
const services: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  smtp: 25,
  domain: 53,
  dns: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  http: 80,
  'http-alt': 8080,
  kerberos: 88,
  ntp: 123,
  imap2: 143,
  imap: 143,
  snmp: 161,
  ldap: 389,
  https: 443,
  submission: 587,
  submissions: 465,
  ldaps: 636,
  imaps: 993,
  stun: 3478,
  turn: 3478,
  stuns: 5349,
  sip: 5060,
  'sip-tls': 5061,
  sips: 5061,
}

/** Types of ICMP (RFC 792) and ICMPv6 (RFC 4443) by the words of nft and iptables. */
const icmpTypes: Readonly<Record<4 | 6, Readonly<Record<string, number>>>> = {
  4: {
    'echo-reply': 0,
    'destination-unreachable': 3,
    'echo-request': 8,
    ping: 8,
    'time-exceeded': 11,
    'parameter-problem': 12,
  },
  6: {
    'destination-unreachable': 1,
    'packet-too-big': 2,
    'time-exceeded': 3,
    'parameter-problem': 4,
    'echo-request': 128,
    'echo-reply': 129,
  },
}

/** `443`, `https`, `5060-5070` (or with `:`); undefined for anything else. */
export function portSpan(text: string): Span | undefined {
  const [first, last, more] = text.split(/[-:]/)
  if (more === undefined && last !== undefined && /^\d{1,5}$/.test(first!) && /^\d{1,5}$/.test(last)) {
    const span: Span = [BigInt(first!), BigInt(last)]
    return span[0] <= span[1] && span[1] <= allPorts[1] ? span : undefined
  }
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Object.hasOwn(services, text) ? services[text]! : -1
  return number >= 0 && number <= 65_535 ? [BigInt(number), BigInt(number)] : undefined
}

export function icmpSpan(text: string, family: 4 | 6): Span | undefined {
  const types = icmpTypes[family]
  const word = text.split('/')[0]!
  const number = /^\d{1,3}$/.test(word) ? Number(word) : Object.hasOwn(types, word) ? types[word]! : -1
  return number >= 0 && number <= 255 ? [BigInt(number), BigInt(number)] : undefined
}

/** Bit of a protocol by word or number, and the family it belongs to, if to one. */
export function protocolOf(text: string): { readonly bit: number; readonly family?: 4 | 6 } {
  switch (text.toLowerCase()) {
    case 'tcp':
    case '6':
      return { bit: protocolBits.tcp }
    case 'udp':
    case '17':
      return { bit: protocolBits.udp }
    case 'icmp':
    case '1':
      return { bit: protocolBits.icmp, family: 4 }
    case 'icmpv6':
    case 'ipv6-icmp':
    case '58':
      return { bit: protocolBits.icmp, family: 6 }
    default:
      return { bit: protocolBits.other }
  }
}

/** A set from words, or the first word that is none. */
export function setOfWords(
  words: readonly string[],
  read: (word: string) => Span | undefined,
): { readonly ok: true; readonly set: RangeSet } | { readonly ok: false; readonly word: string } {
  const spans: Span[] = []
  for (const word of words) {
    const span = read(word)
    if (!span) return { ok: false, word }
    spans.push(span)
  }
  return { ok: true, set: toSet(spans) }
}

export const readAddress = addressSpan

import type { CallState } from '@vaxel/core'
import { consultingNumber } from './hook/hook-numbers.ts'
import type { Reach } from './reach.ts'

/** What a ring says to who hears it. */
export type RingKind = 'internal' | 'external' | 'group' | 'recall'

/**
 * Adapters and phones that know ring cadences by Bellcore's names alone (GR-506), as their makers' manuals say. All others are told by URNs
 * (RFC 7462), which who knows none passes over.
 */
const knowsBellcore =
  /\b(grandstream|ht-?[5-8]\d\d|linksys|sipura|cisco.?(spa|ata)|spa-?\d{3,4}|ata-?1[89]\d|audiocodes|mp-?1\d\d|patton|obihai|obi\d{3}|innovaphone ip2\d|panasonic|snom-?m)/i

const bellcore: Readonly<Record<RingKind, string>> = {
  internal: 'Bellcore-dr1',
  external: 'Bellcore-dr2',
  group: 'Bellcore-dr3',
  recall: 'Bellcore-dr4',
}

/** Why a device rings. A call for a group is told as such whoever calls; one that comes back, as a recall. */
export function ringKind({ call, ...state }: CallState, reach: Extract<Reach, { kind: 'binding' }>): RingKind {
  const seat = state.name === 'alerting' || state.name === 'routing' ? state.seat : undefined
  if (seat?.service === 'feature' && seat.number !== consultingNumber) return 'recall'
  if (reach.label !== undefined) return 'group'
  return call.direction === 'internal' ? 'internal' : 'external'
}

/** The Alert-Info of a call to a device (RFC 3261 §20.4), in the words that it knows. */
export function alertInfo(kind: RingKind, userAgent: string | undefined, isInternal: boolean): string {
  if (userAgent !== undefined && knowsBellcore.test(userAgent)) return `<http://127.0.0.1/${bellcore[kind]}>`
  const source = `<urn:alert:source:${isInternal ? 'internal' : 'external'}>`
  return kind === 'recall' ? `${source}, <urn:alert:service:recall:hold>` : source
}

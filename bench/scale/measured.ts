import type { Figure } from '../figure.ts'

/** One row of the table in docs/scale.md that everything there follows from. */
export interface MeasuredRow {
  /** As in the figures of `npm run bench`. */
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly value: number
}

/** The rows, in their order; values come from the last bench. */
export const measuredRows = [
  { id: 'registrations.cpu', label: 'CPU of 1,000 registrations, digest, durable', unit: 'CPU-s' },
  { id: 'registrations.rate', label: 'registrations a second, one core', unit: '/s' },
  { id: 'calls.cpu', label: 'CPU of 1,000 calls set up and cleared', unit: 'CPU-s' },
  { id: 'calls.rate', label: 'calls set up and cleared a second, one core', unit: '/s' },
  { id: 'calls.disk', label: 'database of one call', unit: 'KiB' },
  { id: 'media.plain.calls', label: 'G.711 calls relayed, one core', unit: 'calls' },
  { id: 'media.srtp.calls', label: 'the same, SRTP on both legs', unit: 'calls' },
  { id: 'media.recorded.calls', label: 'G.711 calls relayed and recorded', unit: 'calls' },
  { id: 'memory.registration.resident', label: 'memory of one registration', unit: 'KiB' },
  { id: 'memory.call.resident', label: 'memory of one call', unit: 'KiB' },
  { id: 'start.users', label: 'start with 100,000 users', unit: 's' },
  { id: 'kamailio.registrations.cpu', label: 'Kamailio (-x fm): CPU of 1,000 registrations, in memory', unit: 'CPU-s' },
  { id: 'kamailio.calls.cpu', label: 'Kamailio (-x fm): CPU of 1,000 calls as a proxy', unit: 'CPU-s' },
  { id: 'rtpengine.plain.calls', label: 'rtpengine (userspace): G.711 calls relayed, one core', unit: 'calls' },
] as const satisfies readonly Omit<MeasuredRow, 'value'>[]

export type MeasuredId = (typeof measuredRows)[number]['id']
export type Measured = Readonly<Record<MeasuredId, number>>

/** The value of a row among the figures of a bench: the peers' have ids that begin with their names. */
export function valueAmong(figures: readonly Figure[], id: MeasuredId): number | undefined {
  const [peer = '', ...rest] = id.split('.')
  const theirs: Readonly<Record<string, readonly [system: string, id: string]>> = {
    kamailio: ['kamailio -x fm', rest.join('.')],
    rtpengine: ['rtpengine', `media.${rest.join('.')}`],
  }
  const [system, own] = theirs[peer] ?? ['vaxel', id]
  return figures.find((figure) => figure.id === own && figure.system.startsWith(system))?.value
}

/** Short enough to read, exact enough to reckon with: what the page shows is what it reckons with. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))

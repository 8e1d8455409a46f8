import { type RandomBytes, systemRandom } from '@vaxel/base'
import type { Binding } from '@vaxel/core/ports'
import type { Registration } from './read-registration.ts'

/** Phones on connections come again by themselves; so long they are still known, and those of a burst are spread. */
export const streamGraceMs = 120_000
/** What a phone on UDP gets at least, and at most, that could not refresh while we were away. */
const leastGraceMs = 60_000
const mostGraceMs = 300_000
/** Shorter lifetimes are those of phones that keep a NAT open; they are granted as asked. */
const leastSpreadSeconds = 300

/** A number from 0 to 1. */
export function randomFraction(random: RandomBytes = systemRandom): number {
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low) / 65_536
}

/** Requests for it go by a connection that dies with the process; behind an edge proxy they go by its Path. */
export const isOverStream = (binding: Binding): boolean => binding.flow.protocol !== 'udp' && binding.path.length === 0

/**
 * What this run makes of a binding of an earlier one.
 * A phone on UDP stays reachable without knowing of anything; if its time ran out, or nearly did, it could not refresh while
 * nobody was there, and gets some minutes for it. A phone on a connection must come again: it stays known for two minutes, so
 * that a call may look for it at its contact and nobody who watches it sees it go and come. No end lies farther ahead than
 * a registration may last: the clock may have been put back meanwhile.
 * @param fraction 0 to 1; ends that are granted are spread by it, as phones would else all come at once
 */
export function takeOver(
  binding: Binding,
  { nowMs, maxExpiresSeconds, fraction }: { nowMs: number; maxExpiresSeconds: number; fraction: number },
): Binding {
  const expiresAtMs = Math.min(binding.expiresAtMs, nowMs + 1000 * maxExpiresSeconds)
  if (isOverStream(binding)) return { ...binding, expiresAtMs: Math.min(expiresAtMs, nowMs + streamGraceMs) }
  if (expiresAtMs > nowMs + leastGraceMs) return { ...binding, expiresAtMs }
  return { ...binding, expiresAtMs: Math.round(nowMs + leastGraceMs + fraction * (mostGraceMs - leastGraceMs)) }
}

/**
 * After a restart all phones on connections register within moments. Each is granted between half and all of what it
 * asks for, so that they do not come together each time from then on.
 */
export function spreadLifetimes(registration: Registration, fraction: number): Registration {
  if (registration.kind !== 'update') return registration
  const contacts = registration.contacts.map((contact) =>
    contact.expiresSeconds < leastSpreadSeconds
      ? contact
      : { ...contact, expiresSeconds: Math.round(contact.expiresSeconds * (0.5 + fraction / 2)) },
  )
  return { ...registration, contacts }
}

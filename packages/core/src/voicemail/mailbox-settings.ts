import type { MailboxCounts, MailboxSettings } from '../ports/voicemail-store.ts'

/** As a mailbox is until somebody says otherwise. */
export const usualMailboxSettings: MailboxSettings = {
  isOn: true,
  mostMessageSeconds: 180,
  mostMessages: 100,
  mostMinutes: 60,
  saysDetails: true,
  skipsPin: false,
  mail: 'none',
}

/** Shorter is a wrong key, a cough, a caller who hung up at the tone. */
export const shortestMessageMs = 1500

/** How a mailbox stands to its limits. `mostMs`: how long one more message may be. */
export type MailboxRoom = { readonly kind: 'room'; readonly mostMs: number } | { readonly kind: 'full' }

/**
 * Whether one more message fits, and how long it may be: no longer than the rest of the quota.
 * @example mailboxRoom(settings, { newMessages: 100, savedMessages: 0, usedMs: 0 }) // { kind: 'full' }
 */
export function mailboxRoom(
  { mostMessages, mostMinutes, mostMessageSeconds }: MailboxSettings,
  { newMessages, savedMessages, usedMs }: MailboxCounts,
): MailboxRoom {
  const restMs = mostMinutes * 60_000 - usedMs
  if (newMessages + savedMessages >= mostMessages || restMs < shortestMessageMs) return { kind: 'full' }
  return { kind: 'room', mostMs: Math.min(mostMessageSeconds * 1000, restMs) }
}

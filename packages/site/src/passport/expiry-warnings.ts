import type { SiteProfile } from '../profile/site-profile.ts'

/** Days before the end on which the owner is told. */
export const warningDays = [60, 30, 14, 7, 1] as const

const dayMs = 86_400_000

/** Something of a site that ends soon, or has ended. */
export interface ExpiryWarning {
  /** The same for the same secret, end and step: who was told once is not told again. */
  readonly key: string
  readonly requirement: string
  readonly subject: string
  /** Day. */
  readonly notAfter: string
  /** Mail address. */
  readonly owner: string
  /** Below zero: ended so many days ago. */
  readonly daysLeft: number
}

/**
 * What the owners of a site's secrets have to be told now: for each secret the nearest step that has been reached, so that
 * a server that was off for a month tells once and not five times.
 * @param nowMs the day counts in UTC
 */
export function expiryWarnings(secrets: SiteProfile['secrets'], nowMs: number): readonly ExpiryWarning[] {
  const today = Math.floor(nowMs / dayMs)
  return (secrets ?? []).flatMap(({ requirement, subject, notAfter, owner }) => {
    const end = Date.parse(`${notAfter}T00:00:00Z`)
    if (Number.isNaN(end)) return []
    const daysLeft = end / dayMs - today
    const step = daysLeft < 0 ? 'ended' : warningDays.findLast((days) => daysLeft <= days)
    if (step === undefined) return []
    return [
      { key: JSON.stringify([requirement, subject, notAfter, step]), requirement, subject, notAfter, owner, daysLeft },
    ]
  })
}

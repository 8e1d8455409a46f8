import { readRevocationList, revocationListAge, type Trunk } from '@vaxel/core'

/** How a trunk's revocation lists are, for its state. */
export interface RevocationListView {
  readonly issuer: string
  readonly revoked: number
  readonly from: string
  readonly until?: string
}

export type RevocationWarning = 'revocationListEndsSoon' | 'revocationListOver'

const at = (ms: number): string => new Date(ms).toISOString()

const listsOf = ({ tls }: Pick<Trunk, 'tls'>) =>
  (tls?.revocationLists ?? []).flatMap((text) => {
    const read = readRevocationList(text)
    return read.ok ? [read.list] : []
  })

export function revocationViews(trunk: Pick<Trunk, 'tls'>): RevocationListView[] {
  return listsOf(trunk).map(({ issuerText, revokedAtMs, fromMs, untilMs }) => ({
    issuer: issuerText,
    revoked: revokedAtMs.size,
    from: at(fromMs),
    ...(untilMs === undefined ? {} : { until: at(untilMs) }),
  }))
}

/** What is time to be renewed, each kind once. */
export function revocationWarnings(trunk: Pick<Trunk, 'tls'>, nowMs: number): RevocationWarning[] {
  const ages = listsOf(trunk).map((list) => revocationListAge(list, nowMs))
  return [
    ...(ages.includes('endsSoon') ? (['revocationListEndsSoon'] as const) : []),
    ...(ages.includes('over') ? (['revocationListOver'] as const) : []),
  ]
}

/** The same for whoever runs the installation, a sentence for each list. */
export function revocationSentences({ name, tls }: Pick<Trunk, 'name' | 'tls'>, nowMs: number): string[] {
  return listsOf({ ...(tls ? { tls } : {}) }).flatMap((list) => {
    const age = revocationListAge(list, nowMs)
    if (age === 'fresh' || list.untilMs === undefined) return []
    const day = at(list.untilMs).slice(0, 10)
    const verb = age === 'over' ? 'has been out of date since' : 'ends on'
    return [`The revocation list of ${list.issuerText} for the trunk ${name} ${verb} ${day}: give it a newer one.`]
  })
}

import { type Place, requirementsOf } from '../catalogue/catalogue.ts'
import type { Requirement, RequirementOf } from '../catalogue/requirement.ts'
import { warningDays } from '../passport/expiry-warnings.ts'
import { ownSecret, type SiteProfile } from '../profile/site-profile.ts'
import { publicCertificateDays } from './certificate-lifetime.ts'
import type { Opening } from './opening.ts'
import { line, type PlanLine } from './plan-line.ts'
import { addDays, daysBetween, firstDay, isDay, lastDay } from './source-day.ts'

/** What has to be done by a day, or what has no day yet. */
export interface CalendarEntry {
  /** `ends`: a secret's last day. `unknown`: a secret whose end nobody has told. `never`: one that must not expire. */
  readonly kind: 'ends' | 'unknown' | 'never' | 'open-by' | 'close-after'
  /** Day by which something has to be done; absent for `unknown` and `never`. */
  readonly day?: string
  /** Last day of the secret. */
  readonly notAfter?: string
  readonly subject: string
  readonly requirementIds: readonly string[]
  /** Mail address of who renews it. */
  readonly owner?: string
  /** Days on which the owner is told. */
  readonly warnOn: readonly string[]
  readonly lostIfMissing?: string
  readonly explained: readonly PlanLine[]
}

/**
 * The site's calendar, by day: secrets that end (a renewal that the other side needs earlier counts from there), secrets whose
 * end is not told (the provider's own certificates are its own affair), and openings that come and go.
 */
export function makeCalendar(
  requirements: readonly Requirement[],
  { secrets = [] }: SiteProfile,
  openings: readonly Opening[],
  { places, today }: { readonly places: readonly Place[]; readonly today: string },
): readonly CalendarEntry[] {
  const isOurs = (name: string): boolean => places.find((one) => one.name === name)?.side === 'customer'
  const byId = new Map(requirements.map((one) => [one.id, one]))
  const told = secrets.flatMap((secret) =>
    isDay(secret.notAfter) ? [endOf(secret, byId.get(secret.requirement), today)] : [],
  )
  const known = new Set(secrets.map(({ requirement }) => requirement))
  const untold = [
    ...requirementsOf(requirements, 'secret')
      .filter(({ id }) => !known.has(id))
      .map((one) => untoldSecret(one, today)),
    ...requirementsOf(requirements, 'tls')
      .filter(({ id, body }) => !known.has(id) && body.issuer === 'public' && isOurs(body.of))
      .map((one) => untoldCertificate(one, today)),
  ]
  const entries = [...told, ...untold, ...openings.flatMap(changesOf)]
  // Those with a day first, by day; the order of the catalogue among equals.
  return entries.toSorted((a, b) => compare(a.day ?? '9', b.day ?? '9'))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function endOf(
  { requirement: id, subject, notAfter, owner }: NonNullable<SiteProfile['secrets']>[number],
  requirement: Requirement | undefined,
  today: string,
): CalendarEntry {
  const body = requirement?.body.kind === 'secret' ? requirement.body : undefined
  const daysLeft = daysBetween(today, notAfter)
  const lead = body?.leadDays ?? 0
  const longest = body?.longestLifetimeDays
  const explained: PlanLine[] = [
    daysLeft < 0
      ? line('secretEnded', { subject, day: notAfter, days: -daysLeft }, id)
      : line('secretEnds', { subject, day: notAfter, days: daysLeft }, id),
  ]
  if (lead > 0) explained.push(line('secretLead', { day: addDays(notAfter, -lead), days: lead }, id))
  if (longest !== undefined && daysLeft > longest) explained.push(line('secretTooLong', { days: longest }, id))
  if (!requirement && id !== ownSecret) explained.push(line('secretNotAsked', { requirement: id }, id))
  return {
    kind: 'ends',
    day: addDays(notAfter, -lead),
    notAfter,
    subject,
    requirementIds: [id],
    owner,
    warnOn: warningDays.map((days) => addDays(notAfter, -days)).filter((day) => day >= today),
    ...(requirement && { lostIfMissing: requirement.lostIfMissing }),
    explained,
  }
}

function untoldSecret({ id, lostIfMissing, body }: RequirementOf<'secret'>, today: string): CalendarEntry {
  const { subject, mayExpire, longestLifetimeDays: days } = body
  const explained = mayExpire
    ? [
        line('secretUnknown', { subject }, id),
        ...(days === undefined ? [] : [line('secretLatest', { days, day: addDays(today, days) }, id)]),
      ]
    : [line('secretNever', { subject }, id)]
  return { kind: mayExpire ? 'unknown' : 'never', subject, requirementIds: [id], warnOn: [], lostIfMissing, explained }
}

function untoldCertificate({ id, title, lostIfMissing }: RequirementOf<'tls'>, today: string): CalendarEntry {
  const days = publicCertificateDays(today)
  return {
    kind: 'unknown',
    subject: title,
    requirementIds: [id],
    warnOn: [],
    lostIfMissing,
    explained: [
      line('secretUnknown', { subject: title }, id),
      line('publicCertificate', { days, day: addDays(today, days) }, id),
    ],
  }
}

function changesOf({ title, requirementIds, openBy, closeAfter, lostIfMissing }: Opening): CalendarEntry[] {
  const entry = (kind: 'open-by' | 'close-after', day: string, told: string): CalendarEntry => ({
    kind,
    day,
    subject: title,
    requirementIds,
    warnOn: [],
    ...(kind === 'open-by' && { lostIfMissing }),
    explained: [line(kind === 'open-by' ? 'openBefore' : 'mayCloseAfter', { title, day: told }, ...requirementIds)],
  })
  return [
    ...(openBy === undefined ? [] : [entry('open-by', firstDay(openBy), openBy)]),
    ...(closeAfter === undefined ? [] : [entry('close-after', lastDay(closeAfter), closeAfter)]),
  ]
}

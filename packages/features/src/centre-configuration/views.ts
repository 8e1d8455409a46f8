import type { CompanyId, UserId } from '@vaxel/base'
import {
  type checkCentre as checkCentreOperation,
  type compareCentres,
  type listCentreVersions,
  mostTold,
  type OperationReply,
  type OperationRequest,
  type putCentreDraft,
  type readCentre,
  type readCentreDraft,
} from '@vaxel/contract'
import {
  type Centre,
  type CentreDifference,
  type CentreSurroundings,
  checkCentre,
  diffCentres,
  emptyCentre,
  type Language,
  type PublishedCentre,
  sayCentreFinding,
} from '@vaxel/core'
import type { CentreDependencies } from './dependencies.ts'
import { surroundingsOf } from './surroundings.ts'

export type CentreDraftView = OperationReply<typeof readCentreDraft>
export type CentreDocument = CentreDraftView['centre']
export type SentCentre = OperationRequest<typeof putCentreDraft>['body']['centre']
export type FindingsView = OperationReply<typeof checkCentreOperation>
export type DifferencesView = OperationReply<typeof compareCentres>
export type VersionView = OperationReply<typeof listCentreVersions>['items'][number]

/** The machine's and the API's centres are the same; what differs is that lists of one may be changed. */
export const toDocument = (centre: Centre): CentreDocument => centre as unknown as CentreDocument
/** @param kept has the channels where the document says nothing of them */
export const fromDocument = (document: SentCentre, { mailboxes, websites }: Centre): Centre =>
  ({ mailboxes, websites, ...document }) as unknown as Centre

const iso = (ms: number): string => new Date(ms).toISOString()

/** What is published, and what is being changed, with all that is to be said of it. */
export function toDraftView(parts: CentreDependencies, companyId: CompanyId, language: Language): CentreDraftView {
  const { centres, directory } = parts
  const published = centres.published(companyId)
  const draft = centres.draft(companyId)
  const around = surroundingsOf(parts, companyId)
  const live = published?.centre ?? emptyCentre
  const centre = draft?.centre ?? live
  const nameOf = (id: UserId | undefined) => id && directory.user(id)?.displayName
  const publishedBy = nameOf(published?.by)
  const changedBy = nameOf(draft?.by)
  return {
    version: published?.version ?? 0,
    ...(published ? { publishedAt: iso(published.publishedAtMs) } : {}),
    ...(publishedBy === undefined ? {} : { publishedBy }),
    hasDraft: draft !== undefined,
    revision: draft?.revision ?? published?.publishedAtMs ?? 0,
    ...(draft ? { changedAt: iso(draft.changedAtMs) } : {}),
    ...(changedBy === undefined ? {} : { changedBy }),
    centre: toDocument(centre),
    findings: toFindings(centre, around, language),
    changes: draft ? toDifferences(diffCentres(live, centre, around, language)) : { items: [], total: 0 },
    conflicts: (draft?.conflicts ?? []).slice(0, mostTold).map(({ section, id, name }) => ({
      section,
      id,
      name: name ?? around.userName(id) ?? '',
    })),
    numbers: [...around.queueNumbers],
  }
}

export function toFindings(centre: Centre, around: CentreSurroundings, language: Language): FindingsView {
  const found = checkCentre(centre, around)
  const errors = found.filter(({ severity }) => severity === 'error').length
  return {
    items: found.slice(0, mostTold).map((finding) => ({
      severity: finding.severity,
      code: finding.code,
      ...(finding.section === undefined ? {} : { section: finding.section }),
      ...(finding.id === undefined ? {} : { id: finding.id }),
      ...(finding.at === undefined ? {} : { at: finding.at }),
      text: sayCentreFinding(finding, language),
    })),
    errors,
    warnings: found.length - errors,
  }
}

export const toDifferences = (differences: readonly CentreDifference[]): DifferencesView => ({
  items: differences.slice(0, mostTold).map((one) => ({ ...one, fields: [...one.fields] })),
  total: differences.length,
})

export function toVersionView(
  { version, publishedAtMs, by, note, centre }: PublishedCentre,
  live: number | undefined,
  { directory }: Pick<CentreDependencies, 'directory'>,
): VersionView {
  const publishedBy = by && directory.user(by)?.displayName
  return {
    version,
    publishedAt: iso(publishedAtMs),
    ...(publishedBy === undefined ? {} : { publishedBy }),
    ...(note === undefined ? {} : { note }),
    queues: centre.queues.length,
    agents: centre.agents.length,
    channels: centre.mailboxes.length + centre.websites.length,
    isLive: version === live,
  }
}

export function toPublishedView(published: PublishedCentre | undefined): OperationReply<typeof readCentre> {
  return {
    version: published?.version ?? 0,
    ...(published ? { publishedAt: iso(published.publishedAtMs) } : {}),
    centre: toDocument(published?.centre ?? emptyCentre),
  }
}

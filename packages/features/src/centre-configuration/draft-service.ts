import { type CompanyId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import { CentreChangedSince, CentreNothingToPublish, InvalidRequest, NotFound, type Principal } from '@vaxel/contract'
import {
  type Centre,
  type CentreConflict,
  type CentreSection,
  type CentreThing,
  diffCentres,
  idOfThing,
  isSame,
  type Language,
  type ScreenPop,
} from '@vaxel/core'
import type { CentreDependencies } from './dependencies.ts'
import { type AgentChange, changeAgents, keepThing, removeThing } from './edit-centre.ts'
import type { CentrePublisher } from './publisher.ts'
import { queueNumbersOf } from './surroundings.ts'
import {
  type CentreDraftView,
  type DifferencesView,
  type FindingsView,
  fromDocument,
  type SentCentre,
  toDifferences,
  toDocument,
  toDraftView,
  toFindings,
  toVersionView,
  type VersionView,
} from './views.ts'

const usualVersions = 20

/** The draft of a company's contact centre: what an administrator changes before it holds. */
export class DraftService {
  readonly #parts: CentreDependencies
  readonly #publisher: CentrePublisher

  constructor(parts: CentreDependencies, publisher: CentrePublisher) {
    this.#parts = parts
    this.#publisher = publisher
  }

  read({ companyId }: Principal, language: Language): CentreDraftView {
    return toDraftView(this.#parts, companyId as CompanyId, language)
  }

  put(principal: Principal, language: Language, revision: number, document: SentCentre) {
    return this.#change(
      principal,
      language,
      revision,
      (centre) => fromDocument(document, centre),
      () => false,
    )
  }

  putThing(
    principal: Principal,
    language: Language,
    revision: number,
    { section, id, thing }: { section: CentreSection; id: string; thing: CentreThing },
  ): Promise<CentreDraftView | Refusal> {
    if (idOfThing(thing) !== id) {
      const path = section === 'agents' ? '/value/userId' : '/value/id'
      return Promise.resolve(InvalidRequest(undefined, { mistakes: [{ path, reason: 'is not that of the address' }] }))
    }
    return this.#change(
      principal,
      language,
      revision,
      (centre) => keepThing(centre, section, thing),
      (conflict) => conflict.section === section && conflict.id === id,
    )
  }

  putScreenPop(principal: Principal, language: Language, revision: number, value: ScreenPop | null) {
    return this.#change(
      principal,
      language,
      revision,
      ({ screenPop: _, ...centre }) => (value ? { ...centre, screenPop: value } : centre),
      ({ section }) => section === 'screenPop',
    )
  }

  removeThing(principal: Principal, language: Language, revision: number, section: CentreSection, id: string) {
    const numbers = queueNumbersOf(this.#parts.directory, principal.companyId as CompanyId).flatMap((one) =>
      section === 'queues' && one.queueId === id ? [one.number] : [],
    )
    return this.#change(
      principal,
      language,
      revision,
      (centre) => removeThing(centre, section, id, numbers, language),
      (conflict) => conflict.section === section && conflict.id === id,
    )
  }

  changeAgents(
    principal: Principal,
    language: Language,
    revision: number,
    wish: { readonly userIds: readonly string[]; readonly change?: AgentChange; readonly remove?: boolean },
  ): Promise<CentreDraftView | Refusal> {
    const around = this.#publisher.around(principal.companyId as CompanyId)
    const unknown = wish.userIds.flatMap((id, i) =>
      wish.remove === true || around.userName(id) !== undefined
        ? []
        : [{ path: `/userIds/${i}`, reason: 'is no user of the company' }],
    )
    if (unknown.length > 0) return Promise.resolve(InvalidRequest(undefined, { mistakes: unknown.slice(0, 100) }))
    const chosen = new Set(wish.userIds)
    return this.#change(
      principal,
      language,
      revision,
      (centre) => changeAgents(centre, [...chosen] as UserId[], wish.change, wish.remove === true),
      ({ section, id }) => section === 'agents' && chosen.has(id),
    )
  }

  drop(principal: Principal, language: Language, revision: number): Promise<CentreDraftView | Refusal> {
    const companyId = principal.companyId as CompanyId
    return this.#publisher.inTurn(companyId, async () => {
      const draft = this.#parts.centres.draft(companyId)
      if (this.#publisher.revisionOf(companyId) !== revision) return CentreChangedSince()
      if (draft) await this.#parts.centres.removeDraft(companyId)
      return this.read(principal, language)
    })
  }

  check(principal: Principal, language: Language, document: SentCentre | undefined): FindingsView {
    const companyId = principal.companyId as CompanyId
    const kept = this.#draftOrLive(companyId)
    const centre = document ? fromDocument(document, kept) : kept
    return toFindings(centre, this.#publisher.around(companyId), language)
  }

  async compare(
    principal: Principal,
    language: Language,
    from: string,
    to: string,
  ): Promise<DifferencesView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const [before, after] = [await this.#side(companyId, from), await this.#side(companyId, to)]
    if (!before || !after) return NotFound()
    return toDifferences(diffCentres(before, after, this.#publisher.around(companyId), language))
  }

  publish(principal: Principal, language: Language, revision: number, note: string | undefined) {
    const companyId = principal.companyId as CompanyId
    return this.#publisher.inTurn<CentreDraftView | Refusal>(companyId, async () => {
      const draft = this.#parts.centres.draft(companyId)
      if (this.#publisher.revisionOf(companyId) !== revision) return CentreChangedSince()
      if (!draft) return CentreNothingToPublish()
      const refused = await this.#publisher.publishDraft(draft, publicationOf(principal, note), language)
      return refused ?? this.read(principal, language)
    })
  }

  restore(principal: Principal, language: Language, version: number, note: string | undefined) {
    const companyId = principal.companyId as CompanyId
    return this.#publisher.inTurn<CentreDraftView | Refusal>(companyId, async () => {
      const earlier = await this.#parts.centres.version(companyId, version)
      if (!earlier) return NotFound()
      const refused = await this.#publisher.restore(earlier, publicationOf(principal, note), language)
      return refused ?? this.read(principal, language)
    })
  }

  async versions(
    principal: Principal,
    { limit = usualVersions, before }: { limit?: number; before?: number },
  ): Promise<{ items: VersionView[]; next?: number }> {
    const companyId = principal.companyId as CompanyId
    const { centres } = this.#parts
    const found = await centres.versions(companyId, limit + 1, before)
    const live = centres.published(companyId)?.version
    const items = found.slice(0, limit).map((one) => toVersionView(one, live, this.#parts))
    return found.length > limit ? { items, next: items.at(-1)!.version } : { items }
  }

  async version(principal: Principal, version: number) {
    const companyId = principal.companyId as CompanyId
    const found = await this.#parts.centres.version(companyId, version)
    if (!found) return NotFound()
    const live = this.#parts.centres.published(companyId)?.version
    return { version: toVersionView(found, live, this.#parts), centre: toDocument(found.centre) }
  }

  /** Changes the draft in its turn, unless somebody else has since. @param settles conflicts that are looked at with it */
  #change(
    principal: Principal,
    language: Language,
    revision: number,
    edit: (centre: Centre) => Centre | Refusal,
    settles: (conflict: CentreConflict) => boolean,
  ): Promise<CentreDraftView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const by = principal.userId as UserId
    return this.#publisher.inTurn(companyId, async () => {
      const { conflicts = [], ...draft } = this.#publisher.draftOf(companyId, by)
      if (draft.revision !== revision) return CentreChangedSince()
      const centre = edit(draft.centre)
      if (isRefusal(centre)) return centre
      const left = conflicts.filter((conflict) => !settles(conflict))
      const isBack = left.length === 0 && isSame(centre, this.#publisher.live(companyId))
      if (isBack) await this.#parts.centres.removeDraft(companyId)
      else
        await this.#parts.centres.putDraft({
          ...draft,
          revision: this.#publisher.nextRevision(companyId),
          changedAtMs: this.#parts.clock.now(),
          by,
          centre,
          ...(left.length > 0 ? { conflicts: left } : {}),
        })
      return this.read(principal, language)
    })
  }

  #draftOrLive(companyId: CompanyId): Centre {
    return this.#parts.centres.draft(companyId)?.centre ?? this.#publisher.live(companyId)
  }

  async #side(companyId: CompanyId, side: string): Promise<Centre | undefined> {
    if (side === 'draft') return this.#draftOrLive(companyId)
    if (side === 'published') return this.#publisher.live(companyId)
    return (await this.#parts.centres.version(companyId, Number(side)))?.centre
  }
}

const publicationOf = (principal: Principal, note: string | undefined) => ({
  companyId: principal.companyId as CompanyId,
  by: principal.userId as UserId,
  ...(note === undefined ? {} : { note }),
})

import { type CompanyId, isRefusal, type Mistake, type Refusal, type UserId } from '@vaxel/base'
import { CentreNothingToPublish, CentreNotSound } from '@vaxel/contract'
import {
  type Centre,
  type CentreConflict,
  type CentreDraft,
  type CentreEditor,
  type CentreFinding,
  type CentreSurroundings,
  checkCentre,
  diffCentres,
  emptyCentre,
  idOfThing,
  isSame,
  type Language,
  type PublishedCentre,
  rebaseCentre,
  sayCentreFinding,
} from '@vaxel/core'
import type { CentreDependencies } from './dependencies.ts'
import { surroundingsOf } from './surroundings.ts'
import { Turns } from './turns.ts'

/** Who publishes what, and why. */
export interface Publication {
  readonly companyId: CompanyId
  readonly by: UserId
  readonly note?: string
  /** The version that this is again. */
  readonly restored?: number
}

/** Publishes centres: one after another in each company, checked, beside whatever draft is open. */
export class CentrePublisher implements CentreEditor {
  readonly #parts: CentreDependencies
  readonly #turns = new Turns()

  constructor(parts: CentreDependencies) {
    this.#parts = parts
  }

  around(companyId: CompanyId): CentreSurroundings {
    return surroundingsOf(this.#parts, companyId)
  }

  live(companyId: CompanyId): Centre {
    return this.#parts.centres.published(companyId)?.centre ?? emptyCentre
  }

  languageOf(by: UserId): Language {
    return this.#parts.directory.user(by)?.language ?? 'en'
  }

  /** Runs what changes a company's centre or draft when what was asked before is done. */
  inTurn<T>(companyId: CompanyId, task: () => Promise<T>): Promise<T> {
    return this.#turns.run(companyId, task)
  }

  change(
    companyId: CompanyId,
    by: UserId,
    note: string,
    edit: (centre: Centre) => Centre | Refusal,
  ): Promise<Refusal | undefined> {
    return this.inTurn(companyId, async () => {
      const before = this.live(companyId)
      const after = edit(before)
      if (isRefusal(after)) return after
      // What was wrong before (somebody was removed since) does not stop a change that has nothing to do with it.
      const refused = this.whyNot(companyId, after, this.languageOf(by), before)
      if (refused) return refused
      if (!isSame(before, after)) await this.publishBeside({ companyId, by, note }, after)
      return undefined
    })
  }

  /** @param before errors that this had already do not count */
  whyNot(companyId: CompanyId, centre: Centre, language: Language, before?: Centre): Refusal | undefined {
    const around = this.around(companyId)
    const nameOf = ({ code, section, id, params }: CentreFinding) => JSON.stringify([code, section, id, params])
    const known = new Set(before ? checkCentre(before, around).map(nameOf) : [])
    const errors = checkCentre(centre, around).filter(
      (finding) => finding.severity === 'error' && !known.has(nameOf(finding)),
    )
    if (errors.length === 0) return undefined
    return CentreNotSound(undefined, { mistakes: errors.map((finding) => mistakeOf(finding, centre, language)) })
  }

  /** Publishes; an open draft stays, with what this changes put into it. */
  async publishBeside(publication: Publication, centre: Centre): Promise<void> {
    const { companyId } = publication
    const { centres, clock } = this.#parts
    const draft = centres.draft(companyId)
    const version = (centres.published(companyId)?.version ?? 0) + 1
    if (!draft) return this.#publish(publication, centre)
    const rebased = rebaseCentre(await this.#baseOf(draft), draft.centre, centre)
    if (isSame(rebased.centre, centre)) return this.#publish(publication, centre)
    const { conflicts: earlier = [], ...kept } = draft
    const conflicts = joined(earlier, rebased.conflicts)
    await this.#publish(publication, centre, {
      ...kept,
      revision: this.nextRevision(companyId),
      basedOn: version,
      changedAtMs: clock.now(),
      centre: rebased.centre,
      ...(conflicts.length > 0 ? { conflicts } : {}),
    })
  }

  /** Publishes the draft in its turn; refuses what is not sound, and what changes nothing. */
  async publishDraft(draft: CentreDraft, publication: Publication, language: Language): Promise<Refusal | undefined> {
    const { companyId } = publication
    const refused = this.whyNot(companyId, draft.centre, language)
    if (refused) return refused
    if (isSame(draft.centre, this.live(companyId))) return CentreNothingToPublish()
    await this.#publish(publication, draft.centre)
    return undefined
  }

  /** Publishes an earlier version anew, in its turn. */
  async restore(earlier: PublishedCentre, publication: Publication, language: Language): Promise<Refusal | undefined> {
    const { companyId } = publication
    const refused = this.whyNot(companyId, earlier.centre, language)
    if (refused) return refused
    if (isSame(earlier.centre, this.live(companyId))) return CentreNothingToPublish()
    await this.publishBeside({ ...publication, restored: earlier.version }, earlier.centre)
    return undefined
  }

  /** Of the draft, else of what is published; grows with each change of either, so that nobody's change is taken for another's. */
  revisionOf(companyId: CompanyId): number {
    const { centres } = this.#parts
    return centres.draft(companyId)?.revision ?? centres.published(companyId)?.publishedAtMs ?? 0
  }

  nextRevision(companyId: CompanyId): number {
    return Math.max(this.#parts.clock.now(), this.revisionOf(companyId) + 1)
  }

  /** A draft as it is, or one that is begun now. */
  draftOf(companyId: CompanyId, by: UserId): CentreDraft {
    const { centres, clock } = this.#parts
    return (
      centres.draft(companyId) ?? {
        companyId,
        revision: this.revisionOf(companyId),
        basedOn: centres.published(companyId)?.version ?? 0,
        changedAtMs: clock.now(),
        by,
        centre: this.live(companyId),
      }
    )
  }

  async #baseOf({ companyId, basedOn }: CentreDraft): Promise<Centre> {
    const { centres } = this.#parts
    const live = centres.published(companyId)
    if (live?.version === basedOn) return live.centre
    return (await centres.version(companyId, basedOn))?.centre ?? emptyCentre
  }

  async #publish({ companyId, by, note, restored }: Publication, centre: Centre, draft?: CentreDraft): Promise<void> {
    const { centres, clock } = this.#parts
    const before = this.live(companyId)
    const version = (centres.published(companyId)?.version ?? 0) + 1
    const more = note === undefined ? {} : { note }
    await centres.publish(
      { companyId, version, publishedAtMs: clock.now(), by, ...more, centre },
      {
        kind: 'centre.published',
        atMs: clock.now(),
        companyId,
        data: {
          version,
          by: `user:${by}`,
          ...more,
          changes: diffCentres(before, centre, this.around(companyId), 'en').length,
          ...(restored === undefined ? {} : { restored }),
        },
      },
      draft,
    )
  }
}

/** A finding as a mistake of a request: where in the document, and the sentence. */
function mistakeOf(finding: CentreFinding, centre: Centre, language: Language): Mistake {
  const { section, id, at: place = '' } = finding
  const reason = sayCentreFinding(finding, language)
  if (section === undefined || section === 'screenPop') return { path: `/centre/${section ?? ''}`, reason }
  const at = centre[section].findIndex((thing) => idOfThing(thing) === id)
  return { path: at < 0 ? `/centre/${section}` : `/centre/${section}/${at}${place}`, reason }
}

const joined = (earlier: readonly CentreConflict[], now: readonly CentreConflict[]): readonly CentreConflict[] => [
  ...new Map([...earlier, ...now].map((conflict) => [`${conflict.section} ${conflict.id}`, conflict])).values(),
]

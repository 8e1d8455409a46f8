import { isRefusal, makeId, type Refusal } from '@vaxel/base'
import {
  type changeExternalDirectory,
  type createExternalDirectory,
  directoryPresets,
  ExternalDirectoriesFull,
  InvalidRequest,
  type listExternalDirectories,
  mostExternalDirectories,
  NotFound,
  NothingHeld,
  type OperationReply,
  type OperationRequest,
  type readExternalDirectoryNow,
} from '@vaxel/contract'
import type { DirectoryProgress, ExternalDirectory, ExternalDirectoryId, LedgerEvent } from '@vaxel/core'
import type { Asker } from '../scope.ts'
import type { DirectoryLoops } from './directory-loops.ts'
import type { ReadingParts } from './parts.ts'
import { mistakesOf } from './settings-mistakes.ts'

type View = OperationReply<typeof readExternalDirectoryNow>
type Made = OperationRequest<typeof createExternalDirectory>['body']
type Change = OperationRequest<typeof changeExternalDirectory>['body']

const removedAtOnce = 500
/** What, when it is another, makes what was read of a directory worth nothing. */
const readBy = ['server', 'base', 'scope', 'filter', 'mapping', 'skipsColleagues'] as const

/** Directories that administrators connect. */
export class ExternalDirectoryService {
  readonly #parts: ReadingParts
  readonly #loops: DirectoryLoops

  constructor(parts: ReadingParts, loops: DirectoryLoops) {
    this.#parts = parts
    this.#loops = loops
  }

  list({ companyId }: Asker): OperationReply<typeof listExternalDirectories> {
    const items = this.#parts.externalDirectories.ofCompany(companyId).map((directory) => this.#view(directory))
    return { items, presets: directoryPresets }
  }

  async create(asker: Asker, { password, ...fields }: Made): Promise<View | Refusal> {
    const { externalDirectories: store, clock, random } = this.#parts
    const { companyId } = asker
    if (store.ofCompany(companyId).length >= mostExternalDirectories) return ExternalDirectoriesFull()
    const mistakes = mistakesOf(fields, password)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const id = makeId<ExternalDirectoryId>(clock.now(), random)
    const directory: ExternalDirectory = { ...fields, id, companyId, createdAtMs: clock.now() }
    const refusal = await store.put(directory, password, this.#event(asker, directory, 'added'))
    if (refusal) return refusal
    await this.#loops.follow()
    return this.#view(directory)
  }

  async change(asker: Asker, id: string, { password: given, ...patch }: Change): Promise<View | Refusal> {
    const { externalDirectories: store } = this.#parts
    const before = this.#find(asker, id)
    if (isRefusal(before)) return before
    const wanted = Object.entries({ ...before, ...withoutAbsent(patch) }).filter(([, value]) => value !== null)
    const directory = Object.fromEntries(wanted) as unknown as ExternalDirectory
    const kept = isSamePlace(before, directory) ? store.password(before.id) : undefined
    const password = given === undefined ? kept : (given ?? undefined)
    const mistakes = mistakesOf(directory, password)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    await this.#loops.stop(before.id)
    const event = this.#event(asker, directory, 'changed', {
      fields: Object.keys({ ...patch, ...(given === undefined ? {} : { password: '' }) }),
    })
    const isOther = readBy.some((field) => JSON.stringify(before[field]) !== JSON.stringify(directory[field]))
    const refusal = await store.put(directory, password, event, begunAnew(store.progress(before.id), isOther))
    await this.#loops.follow()
    return refusal ?? this.#view(directory)
  }

  /** Its contacts go first, so that none is left that nobody changes any more. */
  async remove(asker: Asker, id: string): Promise<Refusal | undefined> {
    const { externalDirectories: store, keeper } = this.#parts
    const directory = this.#find(asker, id)
    if (isRefusal(directory)) return directory
    await this.#loops.stop(directory.id)
    for (;;) {
      const entries = await store.entries(directory.id, { limit: removedAtOnce })
      if (entries.length === 0) break
      const refusal = await store.write(directory.id, { remove: entries })
      if (refusal) {
        await this.#loops.follow()
        return refusal
      }
      keeper.removeMany(
        directory.companyId,
        entries.map(({ contactId }) => contactId),
      )
    }
    const refusal = await store.remove(directory, this.#event(asker, directory, 'removed'))
    await this.#loops.follow()
    return refusal
  }

  readNow(asker: Asker, id: string): View | Refusal {
    const directory = this.#find(asker, id)
    if (isRefusal(directory)) return directory
    this.#loops.readNow(directory.id, false)
    return this.#view(directory)
  }

  async acceptMissing(asker: Asker, id: string): Promise<View | Refusal> {
    const { externalDirectories: store } = this.#parts
    const directory = this.#find(asker, id)
    if (isRefusal(directory)) return directory
    const progress = store.progress(directory.id)
    if (!progress.held || !directory.isOn) return NothingHeld()
    const event = this.#event(asker, directory, 'removalsAccepted')
    const refusal = await store.putProgress(directory.id, progress, [event])
    if (refusal) return refusal
    this.#loops.readNow(directory.id, true)
    return this.#view(directory)
  }

  #find({ companyId }: Asker, id: string): ExternalDirectory | Refusal {
    return this.#parts.externalDirectories.find(companyId, id) ?? NotFound()
  }

  #view({ companyId: _company, createdAtMs: _created, ...directory }: ExternalDirectory): View {
    const { externalDirectories: store } = this.#parts
    const { mapping } = directory
    const { state, nextAtMs } = this.#loops.healthOf(directory.id)
    const { contacts, readAtMs, comparedAtMs, leftOut, changed, failing, held } = store.progress(directory.id)
    return {
      ...directory,
      mapping: {
        ...mapping,
        name: [...mapping.name],
        organisation: [...mapping.organisation],
        title: [...mapping.title],
        department: [...mapping.department],
        location: [...mapping.location],
        email: [...mapping.email],
        work: [...mapping.work],
        mobile: [...mapping.mobile],
        home: [...mapping.home],
        fax: [...mapping.fax],
      },
      hasPassword: store.password(directory.id) !== undefined,
      health: {
        state,
        contacts,
        ...(readAtMs === undefined ? {} : { readAt: timeOf(readAtMs) }),
        ...(comparedAtMs === undefined ? {} : { comparedAt: timeOf(comparedAtMs) }),
        ...(nextAtMs === undefined ? {} : { nextAt: timeOf(nextAtMs) }),
        ...(leftOut ? { leftOut: { ...leftOut, examples: [...leftOut.examples] } } : {}),
        ...(changed ? { changed: named(changed) } : {}),
        ...(failing
          ? { failing: { since: timeOf(failing.sinceMs), trouble: failing.trouble, detail: failing.detail } }
          : {}),
        ...(held ? { held: { since: timeOf(held.sinceMs), missing: held.missing, known: held.known } } : {}),
      },
    }
  }

  #event(
    { actor }: Asker,
    { id, companyId, name }: ExternalDirectory,
    what: string,
    more: Record<string, unknown> = {},
  ): LedgerEvent {
    const data = { directory: id, name, ...actor, ...more }
    return { kind: `externalDirectory.${what}`, atMs: this.#parts.clock.now(), companyId, data }
  }
}

/** A password was meant for one server and login; it goes to no other. */
export const isSamePlace = (
  a: Pick<ExternalDirectory, 'server' | 'bindDn'>,
  b: Pick<ExternalDirectory, 'server' | 'bindDn'>,
): boolean =>
  a.server.host === b.server.host &&
  a.server.port === b.server.port &&
  a.server.security === b.server.security &&
  a.bindDn === b.bindDn

/** What was known stays the truth until it is read again; what must be compared is. */
function begunAnew(progress: DirectoryProgress, isOther: boolean): DirectoryProgress {
  if (!isOther) return progress
  const { marker: _marker, comparedAtMs: _compared, held: _held, ...rest } = progress
  return rest
}

const withoutAbsent = (patch: object): object =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))

const timeOf = (ms: number): string => new Date(ms).toISOString()

const named = ({ atMs, made, changed, removed }: NonNullable<DirectoryProgress['changed']>) => ({
  at: timeOf(atMs),
  made,
  changed,
  removed,
})

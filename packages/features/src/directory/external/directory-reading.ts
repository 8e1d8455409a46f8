import { createHash } from 'node:crypto'
import { makeId, type Refusal } from '@vaxel/base'
import {
  type Contact,
  type DirectoryProgress,
  type ExternalDirectory,
  type FoundEntry,
  type KnownEntry,
  LdapFault,
  type LeftOut,
  type OpenLdap,
} from '@vaxel/core'
import { mostShared } from '../contact-service.ts'
import { countryOf } from '../scope.ts'
import { askedAttributes, laterMarker, type MappedEntry, mapEntry, valueOfKey } from './map-entry.ts'
import type { ReadingParts } from './parts.ts'
import { takePhoto } from './take-photo.ts'

const compareEveryMs = 3_600_000
const mostEntries = 150_000
const mostExamples = 5
/** A directory with fewer entries may lose all of them. */
const fewEntries = 10
const askedAtOnce = 50
const removedAtOnce = 500

/** What a reading has found and done. */
export interface ReadingOutcome {
  readonly made: number
  readonly changed: number
  readonly removed: number
  readonly progress: DirectoryProgress
}

interface Wanted {
  readonly mapped: MappedEntry & { readonly key: string }
  readonly entry: KnownEntry
  readonly contact: Contact
  readonly isNew: boolean
  /** The contact is as it was. */
  readonly isSame: boolean
}

/**
 * One reading of a directory: takes over what has changed by its marker, or compares everything when an hour has gone by, another server answers, or
 * it is asked to. What is missing is removed only when everything was compared, each entry was asked for by its key in vain, and not more than half is
 * missing; else an administrator is asked.
 */
export class DirectoryReading {
  readonly #parts: ReadingParts
  readonly #directory: ExternalDirectory
  readonly #ldap: OpenLdap
  readonly #country: string
  readonly #colleagues: ReadonlySet<string>
  readonly #seen = new Set<string>()
  readonly #leftOut = { colleagues: 0, nameless: 0, keyless: 0, numbers: 0, examples: [] as string[] }
  #room = 0
  #marker: string | undefined
  #made = 0
  #changed = 0
  #removed = 0

  constructor(parts: ReadingParts, directory: ExternalDirectory, ldap: OpenLdap) {
    this.#parts = parts
    this.#directory = directory
    this.#ldap = ldap
    this.#country = countryOf(parts, directory.companyId)
    const users = directory.skipsColleagues ? parts.configuration.current.usersOf(directory.companyId) : []
    this.#colleagues = new Set(
      users.flatMap(({ email, name, domain }) => [
        `${name}@${domain}`.toLowerCase(),
        ...(email === undefined ? [] : [email.toLowerCase()]),
      ]),
    )
  }

  /** Throws {@link LdapFault}; what was taken until then stays taken. */
  async run({
    isAskedFor,
    acceptsMissing,
  }: {
    readonly isAskedFor: boolean
    readonly acceptsMissing: boolean
  }): Promise<ReadingOutcome> {
    const { clock, contacts, externalDirectories: store, keeper } = this.#parts
    const { id, companyId, mapping } = this.#directory
    const before = store.progress(id)
    const { server } = this.#ldap
    await keeper.load()
    this.#room = mostShared - (await contacts.count({ companyId }))
    const since = isAskedFor || this.#mustCompare(before) ? undefined : before.marker
    this.#marker = since
    const what =
      since === undefined || mapping.marker === undefined
        ? ({ kind: 'all' } as const)
        : ({ kind: 'since', attribute: mapping.marker, marker: since } as const)
    for await (const page of this.#ldap.search({ what, attributes: askedAttributes(mapping) })) await this.#take(page)
    const held = what.kind === 'all' ? await this.#removeMissing(before, acceptsMissing) : before.held
    const nowMs = clock.now()
    const { made, changed, removed } = { made: this.#made, changed: this.#changed, removed: this.#removed }
    const comparedAtMs = what.kind === 'all' ? nowMs : before.comparedAtMs
    const leftOut = what.kind === 'all' ? this.#leftOut : before.leftOut
    const didChange = made + changed + removed > 0
    const lastChanged = didChange ? { atMs: nowMs, made, changed, removed } : before.changed
    return {
      made,
      changed,
      removed,
      progress: {
        contacts: await store.count(id),
        readAtMs: nowMs,
        ...(comparedAtMs === undefined ? {} : { comparedAtMs }),
        ...(this.#marker === undefined ? {} : { marker: this.#marker }),
        ...(server === undefined ? {} : { server }),
        ...(leftOut === undefined ? {} : { leftOut }),
        ...(lastChanged === undefined ? {} : { changed: lastChanged }),
        ...(held === undefined ? {} : { held }),
      },
    }
  }

  #mustCompare({ marker, comparedAtMs, server }: DirectoryProgress): boolean {
    return (
      this.#directory.mapping.marker === undefined ||
      marker === undefined ||
      comparedAtMs === undefined ||
      this.#parts.clock.now() - comparedAtMs >= compareEveryMs ||
      server !== this.#ldap.server
    )
  }

  /** Takes a page over: contacts, then their photos, then what is searched. */
  async #take(page: readonly FoundEntry[]): Promise<void> {
    const { externalDirectories: store, keeper } = this.#parts
    const { id, mapping } = this.#directory
    const entries = this.#counted(page.map((entry) => mapEntry(entry, mapping, this.#country)))
    if (this.#seen.size > mostEntries) throw new LdapFault('full', `more than ${mostEntries} entries fit the filter`)
    const known = await store.known(id, [...entries.keys()])
    const wanted = [...entries.values()].flatMap((mapped) => this.#wanted(mapped, known.get(mapped.key)) ?? [])
    const wantedKeys = new Set(wanted.map(({ entry }) => entry.key))
    const unwanted = [...known.values()].filter(({ key }) => !wantedKeys.has(key))
    const put = wanted.filter(({ isSame }) => !isSame)
    const seen = wanted.filter(({ isSame, entry }) => isSame && known.get(entry.key)?.marker !== entry.marker)
    this.#room -= put.filter(({ isNew }) => isNew).length
    if (this.#room < 0) throw new LdapFault('full', `a company has at most ${mostShared} contacts`)
    if (put.length + seen.length > 0) orThrow(await store.write(id, { put, seen: seen.map(({ entry }) => entry) }))
    const changed = new Set(put.map(({ contact }) => contact))
    if (mapping.photo !== undefined)
      for (const { mapped, contact } of [...put, ...seen])
        if (await takePhoto(this.#parts, this.#ldap, { dn: mapped.dn, attribute: mapping.photo, contact }))
          changed.add(contact)
    keeper.put([...changed])
    const made = put.filter(({ isNew }) => isNew).length
    this.#made += made
    this.#changed += changed.size - made
    await this.#remove(unwanted)
  }

  /** By key, and counted what cannot be taken. */
  #counted(page: readonly MappedEntry[]): Map<string, Wanted['mapped']> {
    const entries = new Map<string, Wanted['mapped']>()
    for (const mapped of page) {
      this.#leftOut.numbers += mapped.unread.length
      this.#leftOut.examples.push(...mapped.unread.slice(0, mostExamples - this.#leftOut.examples.length))
      const { key } = mapped
      if (key === undefined) this.#leftOut.keyless++
      else {
        entries.set(key, { ...mapped, key })
        this.#seen.add(key)
        this.#marker = laterMarker(this.#marker, mapped.marker)
      }
    }
    return entries
  }

  /** As a contact; undefined for those that are none here. */
  #wanted(mapped: Wanted['mapped'], known: KnownEntry | undefined): Wanted | undefined {
    const { key, marker, fields } = mapped
    const { clock, random } = this.#parts
    const { id: directoryId, companyId } = this.#directory
    if (!fields) {
      this.#leftOut.nameless++
      return undefined
    }
    if (fields.emails?.some((address) => this.#colleagues.has(address.toLowerCase()))) {
      this.#leftOut.colleagues++
      return undefined
    }
    const nowMs = clock.now()
    const contactId = known?.contactId ?? makeId(nowMs, random)
    const digest = createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22)
    return {
      mapped,
      entry: { key, contactId, digest, ...(marker === undefined ? {} : { marker }) },
      contact: { ...fields, id: contactId, companyId, directoryId, changedAtMs: nowMs },
      isNew: known === undefined,
      isSame: known?.digest === digest,
    }
  }

  /** @returns what is left to an administrator */
  async #removeMissing(before: DirectoryProgress, acceptsMissing: boolean): Promise<DirectoryProgress['held']> {
    const { externalDirectories: store, clock } = this.#parts
    const { id } = this.#directory
    const known = await store.count(id)
    const missing: KnownEntry[] = []
    for (let after: string | undefined; ; ) {
      const some = await store.entries(id, { limit: removedAtOnce, ...(after === undefined ? {} : { after }) })
      missing.push(...some.filter(({ key }) => !this.#seen.has(key)))
      after = some.at(-1)?.key
      if (some.length < removedAtOnce) break
    }
    if (missing.length === 0) return undefined
    if (!acceptsMissing && known >= fewEntries && missing.length > known / 2)
      return { sinceMs: before.held?.sinceMs ?? clock.now(), missing: missing.length, known }
    for (let at = 0; at < missing.length; at += removedAtOnce)
      await this.#remove(await this.#reallyGone(missing.slice(at, at + removedAtOnce)))
    return undefined
  }

  /** Asks for each by its key: a list that was cut short removes nobody. */
  async #reallyGone(missing: readonly KnownEntry[]): Promise<readonly KnownEntry[]> {
    const { id: attribute } = this.#directory.mapping
    const there = new Set<string>()
    for (let at = 0; at < missing.length; at += askedAtOnce) {
      const values = missing.slice(at, at + askedAtOnce).map(({ key }) => valueOfKey(key))
      const what = { kind: 'named', attribute, values } as const
      for await (const page of this.#ldap.search({ what, attributes: [attribute] }))
        for (const entry of page) {
          const { key } = mapEntry(entry, this.#directory.mapping, this.#country)
          if (key !== undefined) there.add(key)
        }
    }
    return missing.filter(({ key }) => !there.has(key))
  }

  async #remove(entries: readonly KnownEntry[]): Promise<void> {
    if (entries.length === 0) return
    orThrow(await this.#parts.externalDirectories.write(this.#directory.id, { remove: entries }))
    this.#parts.keeper.removeMany(
      this.#directory.companyId,
      entries.map(({ contactId }) => contactId),
    )
    this.#removed += entries.length
    this.#room += entries.length
  }
}

/** What is left out of a reading when nothing was. */
export const nothingLeftOut: LeftOut = { colleagues: 0, nameless: 0, keyless: 0, numbers: 0, examples: [] }

function orThrow(refusal: Refusal | undefined): void {
  if (refusal) throw new LdapFault('ours', refusal.text)
}

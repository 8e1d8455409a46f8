import { isRefusal, type Logger, makeId, type Refusal, SerialQueue } from '@vaxel/base'
import { DirectoryFull, InvalidRequest, NotAllowed, NotFound } from '@vaxel/contract'
import type { Contact, ContactsOf, LedgerEvent } from '@vaxel/core'
import { type ContactFields, readContact, readRow, type WrittenContact } from './contact-fields.ts'
import { type Asker, contactsOf, countryOf, type DirectoryDependencies } from './scope.ts'
import type { SearchKeeper } from './search-keeper.ts'

/** Contacts that a company shares. */
export const mostShared = 200_000
const mostPersonal = 10_000
/** An event names so many contacts. */
const mostNamed = 20

type Patch = { readonly [K in keyof WrittenContact]?: WrittenContact[K] | null }

/** What becomes, or would become, of a row. */
export interface RowVerdict {
  what: 'made' | 'duplicate' | 'refused'
  id?: string
  mistakes?: { path: string; reason: string }[]
}

/** Contacts that a company shares, and those of each user. Changes come one after the other, each on what the one before left. */
export class ContactService {
  readonly #around: DirectoryDependencies
  readonly #keeper: SearchKeeper
  readonly #turns: SerialQueue

  constructor(dependencies: DirectoryDependencies & { readonly log: Logger }, keeper: SearchKeeper) {
    this.#around = dependencies
    this.#keeper = keeper
    this.#turns = new SerialQueue((error) => dependencies.log.error('a contact', { error: String(error) }))
  }

  list(
    asker: Asker,
    { kind = 'shared', after, limit = 200 }: { kind?: 'shared' | 'personal'; after?: string; limit?: number },
  ): Promise<readonly Contact[]> {
    return this.#around.contacts.list(contactsOf(asker, kind), { limit, ...(after === undefined ? {} : { after }) })
  }

  /** Somebody else's personal contact is not there. */
  async read({ companyId, userId }: Asker, id: string): Promise<Contact | Refusal> {
    const contact = await this.#around.contacts.read(companyId, id)
    return contact && (contact.ownerId === undefined || contact.ownerId === userId) ? contact : NotFound()
  }

  create(
    asker: Asker,
    { kind, ...written }: WrittenContact & { kind: 'shared' | 'personal' },
  ): Promise<Contact | Refusal> {
    return this.#inTurn(async () => {
      const of = contactsOf(asker, kind)
      const refusal = mayChange(asker, of) ?? (await this.#roomFor(of, 1))
      if (refusal) return refusal
      const read = readContact(written, this.#country(asker))
      if ('mistakes' in read) return InvalidRequest(undefined, { mistakes: read.mistakes })
      const contact = this.#make(of, read.fields)
      return (await this.#write(asker, 'made', [contact])) ?? contact
    })
  }

  change(asker: Asker, id: string, patch: Patch): Promise<Contact | Refusal> {
    return this.#inTurn(async () => {
      const before = await this.read(asker, id)
      if (isRefusal(before)) return before
      const refusal = mayChange(asker, before)
      if (refusal) return refusal
      const { id: _id, companyId: _company, ownerId: _owner, changedAtMs: _at, ...fields } = before
      const wanted = {
        ...fields,
        ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
      }
      const named = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null))
      const read = readContact(named as unknown as WrittenContact, this.#country(asker))
      if ('mistakes' in read) return InvalidRequest(undefined, { mistakes: read.mistakes })
      const { companyId, ownerId } = before
      const contact: Contact = {
        ...read.fields,
        id,
        companyId,
        ...(ownerId === undefined ? {} : { ownerId }),
        changedAtMs: this.#around.clock.now(),
      }
      return (await this.#write(asker, 'changed', [contact])) ?? contact
    })
  }

  remove(asker: Asker, id: string): Promise<Refusal | undefined> {
    return this.#inTurn(async () => {
      const contact = await this.read(asker, id)
      if (isRefusal(contact)) return contact
      const refusal =
        mayChange(asker, contact) ??
        (await this.#around.contacts.change({ remove: [contact] }, this.#events(asker, 'removed', [contact])))
      if (refusal) return refusal
      this.#keeper.remove(contact)
      return undefined
    })
  }

  /** All rows or none; see createContacts of the contract. */
  createMany(
    asker: Asker,
    options: {
      kind: 'shared' | 'personal'
      isPreview?: boolean
      duplicates?: 'skip' | 'create'
      items: readonly object[]
    },
  ): Promise<{ isDone: boolean; items: RowVerdict[] } | Refusal> {
    return this.#inTurn(async () => {
      const of = contactsOf(asker, options.kind)
      const refusal = mayChange(asker, of)
      if (refusal) return refusal
      const country = this.#country(asker)
      const rows = options.items.map((row) => readRow(row, country))
      const ownerOf =
        options.duplicates === 'create' ? () => undefined : await this.#ownersOfNumbers(asker, options.kind, rows)
      const made: Contact[] = []
      const items = rows.map((row): RowVerdict => {
        if ('mistakes' in row) return { what: 'refused', mistakes: [...row.mistakes] }
        const known = ownerOf(row.fields)
        if (known !== undefined) return { what: 'duplicate', ...(known === '' ? {} : { id: known }) }
        const contact = this.#make(of, row.fields)
        made.push(contact)
        return options.isPreview ? { what: 'made' } : { what: 'made', id: contact.id }
      })
      if (options.isPreview || items.some(({ what }) => what === 'refused'))
        return {
          isDone: false,
          items: items.map(({ id, ...row }) => (row.what === 'duplicate' && id ? { ...row, id } : row)),
        }
      const failed = (await this.#roomFor(of, made.length)) ?? (await this.#write(asker, 'made', made))
      return failed ?? { isDone: true, items }
    })
  }

  /** Whether a number of a row belongs to a contact already ('' for an earlier row). */
  async #ownersOfNumbers(
    asker: Asker,
    kind: 'shared' | 'personal',
    rows: readonly ReturnType<typeof readRow>[],
  ): Promise<(fields: ContactFields) => string | undefined> {
    await this.#keeper.upToDate()
    const numbers = rows.flatMap((row) => ('fields' in row ? row.fields.numbers.map(({ number }) => number) : []))
    const cards = numbers.length === 0 ? [] : await this.#around.search.withNumbers(asker, numbers)
    const known = new Map<string, string>()
    for (const card of cards) if (card.kind === kind) for (const { number } of card.numbers) known.set(number, card.id)
    return ({ numbers: own }) => {
      for (const { number } of own) {
        const owner = known.get(number)
        if (owner !== undefined) return owner
      }
      for (const { number } of own) known.set(number, '')
      return undefined
    }
  }

  #make(of: ContactsOf, fields: ContactFields): Contact {
    const { clock, random } = this.#around
    return { ...fields, ...of, id: makeId(clock.now(), random), changedAtMs: clock.now() }
  }

  async #write(asker: Asker, what: 'made' | 'changed', contacts: readonly Contact[]): Promise<Refusal | undefined> {
    if (contacts.length === 0) return undefined
    const refusal = await this.#around.contacts.change({ put: contacts }, this.#events(asker, what, contacts))
    if (refusal) return refusal
    await this.#keeper.load()
    this.#keeper.put(contacts)
    return undefined
  }

  async #roomFor(of: ContactsOf, more: number): Promise<Refusal | undefined> {
    const most = of.ownerId === undefined ? mostShared : mostPersonal
    return (await this.#around.contacts.count(of)) + more > most ? DirectoryFull() : undefined
  }

  /** Of shared contacts; a personal one is nobody else's business. */
  #events({ actor, companyId }: Asker, what: string, contacts: readonly Contact[]): LedgerEvent[] {
    if (contacts.length === 0 || contacts[0]!.ownerId !== undefined) return []
    const named = contacts.slice(0, mostNamed)
    const data = {
      ...actor,
      what,
      count: contacts.length,
      contactIds: named.map(({ id }) => id),
      names: named.map(({ name }) => name),
    }
    return [{ kind: 'directory.changed', atMs: this.#around.clock.now(), companyId, data }]
  }

  #country({ companyId }: Asker): string {
    return countryOf(this.#around, companyId)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      void this.#turns.run(() => work().then(resolve, reject))
    })
  }
}

/** Shared contacts are kept by attendants and those above them, personal ones by their owner. */
export function mayChange(
  asker: Asker,
  { ownerId, directoryId }: ContactsOf & Pick<Contact, 'directoryId'>,
): Refusal | undefined {
  if (directoryId !== undefined)
    return NotAllowed('This contact is from a directory that the company has connected. Have it changed there.')
  if (ownerId === asker.userId || (ownerId === undefined && asker.keepsShared)) return undefined
  return NotAllowed('Contacts that the company shares are kept by attendants and administrators.')
}

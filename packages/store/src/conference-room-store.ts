import type { CompanyId, UserId } from '@vaxel/base'
import type { ConferenceRoom, ConferenceRoomStore, ConfigurationChange, LedgerEvent, RoomRules } from '@vaxel/core'
import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { roomsEndedBy } from './configuration/change-queries.ts'
import type { SecretBox } from './configuration/secret-box.ts'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

type Pins = Pick<RoomRules, 'pin' | 'moderatorPin'>

/** Conference rooms, whole in memory; the database gets each change before it is seen. */
export class StoredConferenceRooms implements ConferenceRoomStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #rooms = new Map<CompanyId, Map<string, ConferenceRoom>>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('conference_rooms').selectAll().execute()) this.#keep(this.#toRoom(row))
  }

  /** Forgets what belonged to users and companies that are gone; the database has removed it with them. */
  forget(isUserGone: (userId: UserId) => boolean, isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const [companyId, rooms] of this.#rooms) {
      if (isCompanyGone(companyId)) this.#rooms.delete(companyId)
      for (const { number, ownerId } of rooms.values()) if (ownerId && isUserGone(ownerId)) rooms.delete(number)
    }
  }

  /** Forgets the rooms whose numbers reach none any more; the database has removed them with that. */
  follow(changes: readonly ConfigurationChange[]): void {
    for (const { companyId, number } of changes.flatMap(roomsEndedBy)) this.#rooms.get(companyId)?.delete(number)
  }

  room(companyId: CompanyId, number: string): ConferenceRoom | undefined {
    return this.#rooms.get(companyId)?.get(number)
  }

  roomsOf(companyId: CompanyId): readonly ConferenceRoom[] {
    return [...(this.#rooms.get(companyId)?.values() ?? [])]
  }

  async put(room: ConferenceRoom, event: LedgerEvent): Promise<void> {
    const { companyId, number, ownerId } = room
    const { pin, moderatorPin, ...rules } = room.rules
    const pins: Pins = {
      ...(pin === undefined ? {} : { pin }),
      ...(moderatorPin === undefined ? {} : { moderatorPin }),
    }
    const hasPins = Object.keys(pins).length > 0
    const row = {
      owner_id: ownerId ?? null,
      pins: hasPins ? this.#box.seal(toJson(pins), contextOf(companyId, number)) : null,
      rules: toJson(rules),
    }
    await this.#write(
      this.#db
        .insertInto('conference_rooms')
        .values({ company_id: companyId, number, ...row })
        .onConflict((conflict) => conflict.columns(['company_id', 'number']).doUpdateSet(row))
        .compile(),
      event,
    )
    this.#keep(room)
  }

  async remove(companyId: CompanyId, number: string, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('conference_rooms').where('company_id', '=', companyId)
    await this.#write(remove.where('number', '=', number).compile(), event)
    this.#rooms.get(companyId)?.delete(number)
  }

  async #write(query: CompiledQuery, event: LedgerEvent): Promise<void> {
    await this.#transactor.commit([this.#transactor.write(query)], [event])
  }

  #keep(room: ConferenceRoom): void {
    const rooms = this.#rooms.get(room.companyId)
    if (rooms) rooms.set(room.number, room)
    else this.#rooms.set(room.companyId, new Map([[room.number, room]]))
  }

  #toRoom(row: Selectable<Schema['conference_rooms']>): ConferenceRoom {
    const companyId = row.company_id as CompanyId
    const pins = row.pins === null ? {} : fromJson<Pins>(this.#box.open(row.pins, contextOf(companyId, row.number)))
    return {
      companyId,
      number: row.number,
      ...(row.owner_id === null ? {} : { ownerId: row.owner_id as UserId }),
      rules: { ...fromJson<Omit<RoomRules, keyof Pins>>(row.rules), ...pins },
    }
  }
}

/** Pins open only for the room that they were sealed for. */
const contextOf = (companyId: CompanyId, number: string): string => `conference ${companyId} ${number}`

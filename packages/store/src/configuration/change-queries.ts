import type { ConfigurationChange, ConfigurationReader, Device, PhoneNumber } from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import { toFlag } from '../rows/columns.ts'
import { companyRow, deviceRow, numberRow, trunkRow, userRow } from '../rows/configuration-row.ts'
import type { Schema } from '../schema.ts'
import type { SecretBox } from './secret-box.ts'

/** Where the domain of a device's user is looked up: users of the same change count too. */
export interface ChangeContext {
  readonly db: Kysely<Schema>
  readonly box: SecretBox
  readonly current: ConfigurationReader
  readonly changes: readonly ConfigurationChange[]
}

/** The statements that make one change, in order. */
export function changeQueries(context: ChangeContext, change: ConfigurationChange): CompiledQuery[] {
  const { db } = context
  switch (change.kind) {
    case 'company':
      return put(context, 'companies', 'id', change.before?.id, change.after && companyRow(change.after))
    case 'domain':
      return put(
        context,
        'domains',
        'name',
        change.before?.name,
        change.after && { name: change.after.name, company_id: change.after.companyId },
      )
    case 'user':
      return put(context, 'users', 'id', change.before?.id, change.after && userRow(change.after))
    case 'device':
      return [
        ...put(
          context,
          'devices',
          'id',
          change.before?.id,
          change.after && deviceRow(change.after, domainOf(context, change.after)),
        ),
        ...(change.after ? secretQueries(context, change.after) : []),
      ]
    case 'number':
      return numberQueries(context, change)
    case 'trunk':
      return put(context, 'trunks', 'id', change.before?.id, change.after && trunkRow(change.after, context.box))
    case 'password': {
      const of = (change.after ?? change.before)?.userId ?? ''
      const forget = db.deleteFrom('passwords').where('user_id', '=', of).compile()
      if (!change.after) return [forget]
      const { hash, isTemporary = false } = change.after
      return [
        forget,
        db
          .insertInto('passwords')
          .values({ user_id: of, hash, is_temporary: toFlag(isTemporary) })
          .compile(),
      ]
    }
    case 'operator': {
      if (change.after) return [db.insertInto('operators').values({ user_id: change.after.userId }).compile()]
      return [
        db
          .deleteFrom('operators')
          .where('user_id', '=', change.before?.userId ?? '')
          .compile(),
      ]
    }
  }
}

type Table = 'companies' | 'domains' | 'users' | 'devices' | 'trunks'

function put(
  { db }: ChangeContext,
  table: Table,
  key: 'id' | 'name',
  before: string | undefined,
  row: Record<string, unknown> | undefined,
): CompiledQuery[] {
  // The five tables share the shape of their key; Kysely cannot see that through a union of tables.
  const any = db as unknown as Kysely<Record<Table, Record<string, unknown>>>
  if (before === undefined) return row ? [any.insertInto(table).values(row).compile()] : []
  if (row) return [any.updateTable(table).set(row).where(key, '=', before).compile()]
  return [any.deleteFrom(table).where(key, '=', before).compile()]
}

function numberQueries({ db }: ChangeContext, change: ConfigurationChange & { kind: 'number' }): CompiledQuery[] {
  const queries: CompiledQuery[] = []
  if (change.before)
    queries.push(
      db
        .deleteFrom('numbers')
        .where('company_id', '=', change.before.companyId)
        .where('number', '=', change.before.number)
        .compile(),
    )
  if (change.after) queries.push(db.insertInto('numbers').values(numberRow(change.after)).compile())
  for (const { companyId, number } of roomsEndedBy(change))
    queries.push(
      db.deleteFrom('conference_rooms').where('company_id', '=', companyId).where('number', '=', number).compile(),
    )
  return queries
}

/**
 * The settings of conference rooms that end with a change: those of a number that no longer reaches one. A number that reaches one anew begins
 * without the PINs and moderators of whoever had it before.
 */
export function roomsEndedBy(change: ConfigurationChange): readonly Pick<PhoneNumber, 'companyId' | 'number'>[] {
  if (change.kind !== 'number') return []
  const { before, after } = change
  const isSame = before?.companyId === after?.companyId && before?.number === after?.number
  if (isSame && isRoom(before) && isRoom(after)) return []
  return [before, after].filter((one) => one !== undefined && isRoom(one)) as PhoneNumber[]
}

const isRoom = (number: PhoneNumber | undefined): boolean =>
  number?.target.kind === 'service' && number.target.service === 'conference'

function secretQueries({ db, box }: ChangeContext, device: Device): CompiledQuery[] {
  return [
    db.deleteFrom('device_secrets').where('device_id', '=', device.id).compile(),
    ...device.secrets.map(({ algorithm, realm, ha1 }) =>
      db
        .insertInto('device_secrets')
        .values({
          device_id: device.id,
          algorithm,
          realm,
          sealed: box.seal(ha1, sealContext(device.id, algorithm, realm)),
        })
        .compile(),
    ),
  ]
}

/** Binds a sealed secret to its row, so that it cannot be copied to another device. */
export const sealContext = (deviceId: string, algorithm: string, realm: string): string =>
  `${deviceId} ${algorithm} ${realm}`

function domainOf({ current, changes }: ChangeContext, device: Device): string {
  for (const change of changes)
    if (change.kind === 'user' && change.after?.id === device.userId) return change.after.domain
  const user = current.user(device.userId)
  if (!user) throw new Error(`device ${device.id} has no user`)
  return user.domain
}

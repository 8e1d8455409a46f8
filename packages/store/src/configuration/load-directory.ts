import type { CompanyId, UserId } from '@vaxel/base'
import type { ConfigurationChange, DigestSecret } from '@vaxel/core'
import type { OpenDatabase } from '../database.ts'
import {
  deviceColumns,
  type DeviceRow,
  numberColumns,
  type NumberRow,
  toCompany,
  toDevice,
  toPhoneNumber,
  toTrunk,
  toUser,
  userColumns,
  type UserRow,
} from '../rows/configuration-row.ts'
import { SharedValues } from '../rows/shared-values.ts'
import { MemoryDirectory } from './memory-directory.ts'
import { SealedSecret } from './sealed-secret.ts'
import type { SecretBox } from './secret-box.ts'

type SecretRow = readonly [deviceId: string, algorithm: string, realm: string, sealed: string]

/**
 * Reads the whole configuration into memory. What there is much of comes in chunks, which are taken over while the
 * database reads the next. Throws when the secrets do not open with the folder's key.
 */
export async function loadDirectory(
  { db, each }: Pick<OpenDatabase, 'db' | 'each'>,
  box: SecretBox,
): Promise<MemoryDirectory> {
  const directory = new MemoryDirectory()
  const shared = new SharedValues()
  await loadOwners({ db }, directory)
  await each(db.selectFrom('users').select(userColumns).orderBy('id').compile(), (rows) => {
    directory.apply((rows as unknown as UserRow[]).map((row) => ({ kind: 'user', after: toUser(row, shared) })))
  })
  const secretsOf = new Map<string, DigestSecret[]>()
  const secrets = db.selectFrom('device_secrets').select(['device_id', 'algorithm', 'realm', 'sealed'])
  let last: DigestSecret | undefined
  await each(secrets.orderBy('device_id').orderBy('algorithm').orderBy('realm').compile(), (rows) => {
    for (const [deviceId, algorithm, realm, sealed] of rows as unknown as SecretRow[]) {
      const known = secretsOf.get(deviceId)
      last = new SealedSecret({
        deviceId,
        algorithm: shared.text(algorithm) as DigestSecret['algorithm'],
        realm: shared.text(realm),
        sealed,
        box,
      })
      // The strongest first, as they are issued.
      if (known) known.unshift(last)
      else secretsOf.set(deviceId, [last])
    }
  })
  assertOpens(last)
  await each(db.selectFrom('devices').select(deviceColumns).orderBy('id').compile(), (rows) => {
    directory.apply(
      (rows as unknown as DeviceRow[]).map((row) => ({
        kind: 'device',
        after: toDevice(row, secretsOf.get(row[0]) ?? [], shared),
      })),
    )
  })
  await each(
    db.selectFrom('numbers').select(numberColumns).orderBy('company_id').orderBy('number').compile(),
    (rows) => {
      directory.apply(
        (rows as unknown as NumberRow[]).map((row) => ({ kind: 'number', after: toPhoneNumber(row, shared) })),
      )
    },
  )
  await loadOthers({ db }, directory, box)
  return directory
}

async function loadOwners({ db }: Pick<OpenDatabase, 'db'>, directory: MemoryDirectory): Promise<void> {
  const companies = await db.selectFrom('companies').selectAll().orderBy('id').execute()
  const domains = await db.selectFrom('domains').selectAll().orderBy('name').execute()
  directory.apply([
    ...companies.map((row): ConfigurationChange => ({ kind: 'company', after: toCompany(row) })),
    ...domains.map(
      (row): ConfigurationChange => ({
        kind: 'domain',
        after: { name: row.name, companyId: row.company_id as CompanyId },
      }),
    ),
  ])
}

async function loadOthers({ db }: Pick<OpenDatabase, 'db'>, directory: MemoryDirectory, box: SecretBox): Promise<void> {
  const trunks = await db.selectFrom('trunks').selectAll().orderBy('id').execute()
  const operators = await db
    .selectFrom('operators')
    .innerJoin('users', 'users.id', 'operators.user_id')
    .select(['user_id', 'company_id'])
    .execute()
  directory.apply([
    ...trunks.map((row): ConfigurationChange => ({ kind: 'trunk', after: toTrunk(row, box) })),
    ...operators.map(
      (row): ConfigurationChange => ({
        kind: 'operator',
        after: { userId: row.user_id as UserId, companyId: row.company_id as CompanyId },
      }),
    ),
  ])
}

/** A key of another database shows at start, not when the first phone comes. */
function assertOpens(secret: DigestSecret | undefined): void {
  void secret?.ha1
}

import type { ConfigurationChange, DigestSecret } from '@vaxel/core'
import type { CompanyId, UserId } from '@vaxel/base'
import type { Kysely } from 'kysely'
import { toCompany, toDevice, toPhoneNumber, toTrunk, toUser } from '../rows/configuration-row.ts'
import type { Schema } from '../schema.ts'
import { sealContext } from './change-queries.ts'
import { MemoryDirectory } from './memory-directory.ts'
import type { SecretBox } from './secret-box.ts'

/** Reads the whole configuration into memory. Throws when the secrets do not open with the folder's key. */
export async function loadDirectory(db: Kysely<Schema>, box: SecretBox): Promise<MemoryDirectory> {
  const [companies, domains, users, devices, secrets, numbers, trunks, operators] = await Promise.all([
    db.selectFrom('companies').selectAll().orderBy('id').execute(),
    db.selectFrom('domains').selectAll().orderBy('name').execute(),
    db.selectFrom('users').selectAll().orderBy('id').execute(),
    db.selectFrom('devices').selectAll().orderBy('id').execute(),
    db.selectFrom('device_secrets').selectAll().orderBy('algorithm', 'desc').execute(),
    db.selectFrom('numbers').selectAll().orderBy('number').execute(),
    db.selectFrom('trunks').selectAll().orderBy('id').execute(),
    db
      .selectFrom('operators')
      .innerJoin('users', 'users.id', 'operators.user_id')
      .select(['user_id', 'company_id'])
      .execute(),
  ])
  const secretsOf = new Map<string, DigestSecret[]>()
  for (const { device_id, algorithm, realm, sealed } of secrets) {
    const ha1 = openSecret(box, sealed, sealContext(device_id, algorithm, realm))
    const secret: DigestSecret = { algorithm: algorithm as DigestSecret['algorithm'], realm, ha1 }
    const known = secretsOf.get(device_id)
    if (known) known.push(secret)
    else secretsOf.set(device_id, [secret])
  }
  const changes: ConfigurationChange[] = [
    ...companies.map((row) => ({ kind: 'company' as const, after: toCompany(row) })),
    ...domains.map((row) => ({
      kind: 'domain' as const,
      after: { name: row.name, companyId: row.company_id as CompanyId },
    })),
    ...users.map((row) => ({ kind: 'user' as const, after: toUser(row) })),
    ...devices.map((row) => ({ kind: 'device' as const, after: toDevice(row, secretsOf.get(row.id) ?? []) })),
    ...numbers.map((row) => ({ kind: 'number' as const, after: toPhoneNumber(row) })),
    ...trunks.map((row) => ({ kind: 'trunk' as const, after: toTrunk(row) })),
    ...operators.map((row) => ({
      kind: 'operator' as const,
      after: { userId: row.user_id as UserId, companyId: row.company_id as CompanyId },
    })),
  ]
  const directory = new MemoryDirectory()
  directory.apply(changes)
  return directory
}

function openSecret(box: SecretBox, sealed: string, context: string): string {
  try {
    return box.open(sealed, context)
  } catch {
    throw new Error(
      'The secrets in the database do not open with keys/secrets.key of the data folder. Put the key back that belongs to this database.',
    )
  }
}

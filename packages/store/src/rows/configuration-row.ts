import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import type { Company, Device, DigestSecret, PhoneNumber, Trunk, User } from '@vaxel/core'
import type { Insertable, Selectable } from 'kysely'
import { type SecretBox, wrongKey } from '../configuration/secret-box.ts'
import type { Schema } from '../schema.ts'
import { fromFlag, fromJson, present, toFlag, toJson } from './columns.ts'
import type { SharedValues } from './shared-values.ts'

/** One row as an array, in the order of these columns: what is read by the hundred thousand at start. */
type RowOf<Table extends keyof Schema, Columns extends readonly (keyof Schema[Table])[]> = {
  readonly [I in keyof Columns]: Schema[Table][Columns[I]]
}

export const userColumns = [
  'id',
  'company_id',
  'domain',
  'name',
  'display_name',
  'extension',
  'language',
  'role',
  'ring_seconds',
  'more',
] as const
export const deviceColumns = [
  'id',
  'company_id',
  'user_id',
  'label',
  'sip_username',
  'keying',
  'encryption_required',
  'kind',
] as const
export const numberColumns = ['number', 'company_id', 'target'] as const

export type UserRow = RowOf<'users', typeof userColumns>
export type DeviceRow = RowOf<'devices', typeof deviceColumns>
export type NumberRow = RowOf<'numbers', typeof numberColumns>

export function companyRow({ id, name, country, mainNumber, ...more }: Company): Insertable<Schema['companies']> {
  return { id, name, country, main_number: mainNumber ?? null, more: toJson(more) }
}

export function toCompany(row: Selectable<Schema['companies']>): Company {
  const more = fromJson<Pick<Company, 'limits' | 'emergencyNumbers'>>(row.more)
  return present<Company>({
    ...more,
    id: row.id as CompanyId,
    name: row.name,
    country: row.country,
    mainNumber: row.main_number,
  })
}

export function userRow(user: User): Insertable<Schema['users']> {
  const { id, companyId, domain, name, displayName, extension, language, role, ringSeconds, ...more } = user
  return {
    id,
    company_id: companyId,
    domain,
    name,
    display_name: displayName,
    extension: extension ?? null,
    language,
    role,
    ring_seconds: ringSeconds,
    more: toJson(more),
  }
}

/** @param shared values that many rows have are kept once */
export function toUser(row: UserRow, shared: SharedValues): User {
  const [id, companyId, domain, name, displayName, extension, language, role, ringSeconds, more] = row
  return {
    ...shared.json<Pick<User, 'limits'>>(more),
    id: id as UserId,
    companyId: shared.text(companyId) as CompanyId,
    domain: shared.text(domain),
    name,
    displayName,
    // Extensions are mostly names.
    ...(extension !== null && { extension: extension === name ? name : extension }),
    language: shared.text(language) as User['language'],
    role: shared.text(role) as User['role'],
    ringSeconds,
  }
}

export function deviceRow(device: Device, domain: string): Insertable<Schema['devices']> {
  return {
    id: device.id,
    company_id: device.companyId,
    user_id: device.userId,
    domain,
    label: device.label,
    sip_username: device.sipUsername,
    keying: device.keying,
    encryption_required: toFlag(device.encryptionRequired),
    kind: device.kind ?? null,
  }
}

export function toDevice(row: DeviceRow, secrets: readonly DigestSecret[], shared: SharedValues): Device {
  const [id, companyId, userId, label, sipUsername, keying, encryptionRequired, kind] = row
  return {
    id: id as DeviceId,
    companyId: shared.text(companyId) as CompanyId,
    userId: userId as UserId,
    label: shared.text(label),
    sipUsername,
    secrets,
    keying: shared.text(keying) as Device['keying'],
    encryptionRequired: fromFlag(encryptionRequired),
    ...(kind === 'browser' && { kind }),
  }
}

export function numberRow({ number, companyId, target }: PhoneNumber): Insertable<Schema['numbers']> {
  return { number, company_id: companyId, is_direct: toFlag(number.startsWith('+')), target: toJson(target) }
}

export function toPhoneNumber([number, companyId, target]: NumberRow, shared: SharedValues): PhoneNumber {
  return { number, companyId: shared.text(companyId) as CompanyId, target: fromJson(target) }
}

/** Its passwords are sealed, bound to the trunk and to what they are for. */
export function trunkRow(
  { id, companyId, name, keying, ...more }: Trunk,
  box: SecretBox,
): Insertable<Schema['trunks']> {
  const kept = trunkLogins.reduce((all, which) => {
    const login = more[which]
    if (!login) return all
    return { ...all, [which]: { ...login, password: box.seal(login.password, `${id} ${which}`) } }
  }, more)
  return { id, company_id: companyId, name, keying, more: toJson(kept) }
}

/** Throws with a sentence for a person when its passwords were not sealed with this folder's key. */
export function toTrunk(row: Selectable<Schema['trunks']>, box: SecretBox): Trunk {
  const more = fromJson<Omit<Trunk, 'id' | 'companyId' | 'name' | 'keying'>>(row.more)
  const opened = trunkLogins.reduce((all, which) => {
    const login = more[which]
    if (!login) return all
    return { ...all, [which]: { ...login, password: openPassword(box, login.password, `${row.id} ${which}`) } }
  }, more)
  return {
    ...opened,
    id: row.id as TrunkId,
    companyId: row.company_id as CompanyId,
    name: row.name,
    keying: row.keying as Trunk['keying'],
  }
}

const trunkLogins = ['login', 'incomingLogin'] as const

function openPassword(box: SecretBox, sealed: string, context: string): string {
  try {
    return box.open(sealed, context)
  } catch {
    throw new Error(wrongKey)
  }
}

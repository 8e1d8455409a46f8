import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import type { Company, Device, DigestSecret, PhoneNumber, Trunk, User } from '@vaxel/core'
import type { Insertable, Selectable } from 'kysely'
import type { Schema } from '../schema.ts'
import { fromFlag, fromJson, present, toFlag, toJson } from './columns.ts'

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

export function toUser(row: Selectable<Schema['users']>): User {
  return present<User>({
    ...fromJson<Pick<User, 'limits'>>(row.more),
    id: row.id as UserId,
    companyId: row.company_id as CompanyId,
    domain: row.domain,
    name: row.name,
    displayName: row.display_name,
    extension: row.extension,
    language: row.language as User['language'],
    role: row.role as User['role'],
    ringSeconds: row.ring_seconds,
  })
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
  }
}

export function toDevice(row: Selectable<Schema['devices']>, secrets: readonly DigestSecret[]): Device {
  return {
    id: row.id as DeviceId,
    companyId: row.company_id as CompanyId,
    userId: row.user_id as UserId,
    label: row.label,
    sipUsername: row.sip_username,
    secrets,
    keying: row.keying as Device['keying'],
    encryptionRequired: fromFlag(row.encryption_required),
  }
}

export function numberRow({ number, companyId, target }: PhoneNumber): Insertable<Schema['numbers']> {
  return { number, company_id: companyId, is_direct: toFlag(number.startsWith('+')), target: toJson(target) }
}

export function toPhoneNumber(row: Selectable<Schema['numbers']>): PhoneNumber {
  return { number: row.number, companyId: row.company_id as CompanyId, target: fromJson(row.target) }
}

export function trunkRow({ id, companyId, name, keying, ...more }: Trunk): Insertable<Schema['trunks']> {
  return { id, company_id: companyId, name, keying, more: toJson(more) }
}

export function toTrunk(row: Selectable<Schema['trunks']>): Trunk {
  return {
    ...fromJson<Omit<Trunk, 'id' | 'companyId' | 'name' | 'keying'>>(row.more),
    id: row.id as TrunkId,
    companyId: row.company_id as CompanyId,
    name: row.name,
    keying: row.keying as Trunk['keying'],
  }
}

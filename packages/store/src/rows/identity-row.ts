import type { CompanyId, UserId } from '@vaxel/base'
import type { AccessLink, Passkey, SecondFactors, SsoLink, SsoSettings } from '@vaxel/core'
import type { Insertable, Selectable } from 'kysely'
import type { Schema } from '../schema.ts'
import { fromFlag, fromJson, present, toFlag, toJson } from './columns.ts'

export function secondFactorsRow(factors: SecondFactors): Insertable<Schema['second_factors']> {
  const { userId, companyId, codes, recoveryHashes } = factors
  return {
    user_id: userId,
    company_id: companyId,
    codes_sealed: codes?.sealed ?? null,
    codes_since_ms: codes?.sinceMs ?? null,
    codes_last_step: codes?.lastStep ?? null,
    recovery_hashes: toJson(recoveryHashes),
  }
}

export function toSecondFactors(row: Selectable<Schema['second_factors']>): SecondFactors {
  return present<SecondFactors>({
    userId: row.user_id as UserId,
    companyId: row.company_id as CompanyId,
    codes:
      row.codes_sealed === null
        ? undefined
        : {
            sealed: row.codes_sealed,
            sinceMs: Number(row.codes_since_ms),
            lastStep: Number(row.codes_last_step),
          },
    recoveryHashes: fromJson<string[]>(row.recovery_hashes),
  })
}

export function passkeyRow(passkey: Passkey): Insertable<Schema['passkeys']> {
  return {
    id: passkey.id,
    credential_id: passkey.credentialId,
    user_id: passkey.userId,
    company_id: passkey.companyId,
    rp_id: passkey.rpId,
    public_key: passkey.publicKey,
    counter: passkey.counter,
    transports: toJson(passkey.transports),
    name: passkey.name,
    created_at_ms: passkey.createdAtMs,
    used_at_ms: passkey.usedAtMs ?? null,
    is_backed_up: toFlag(passkey.isBackedUp),
    is_suspect: toFlag(passkey.isSuspect),
  }
}

export function toPasskey(row: Selectable<Schema['passkeys']>): Passkey {
  return present<Passkey>({
    id: row.id,
    credentialId: row.credential_id,
    userId: row.user_id as UserId,
    companyId: row.company_id as CompanyId,
    rpId: row.rp_id,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: fromJson<string[]>(row.transports),
    name: row.name,
    createdAtMs: Number(row.created_at_ms),
    usedAtMs: row.used_at_ms === null ? undefined : Number(row.used_at_ms),
    isBackedUp: fromFlag(row.is_backed_up),
    isSuspect: fromFlag(row.is_suspect),
  })
}

export function ssoSettingsRow(settings: SsoSettings): Insertable<Schema['sso_settings']> {
  const { companyId, sealedSecret, ...rest } = settings
  return { company_id: companyId, settings: toJson(rest), sealed_secret: sealedSecret ?? null }
}

export function toSsoSettings(row: Selectable<Schema['sso_settings']>): SsoSettings {
  return present<SsoSettings>({
    ...fromJson<Omit<SsoSettings, 'companyId' | 'sealedSecret'>>(row.settings),
    companyId: row.company_id as CompanyId,
    sealedSecret: row.sealed_secret,
  })
}

export const toSsoLink = (row: Selectable<Schema['sso_links']>): SsoLink => ({
  companyId: row.company_id as CompanyId,
  issuer: row.issuer,
  subject: row.subject,
  userId: row.user_id as UserId,
})

export const toAccessLink = (row: Selectable<Schema['access_links']>): AccessLink => ({
  tokenHash: row.token_hash,
  userId: row.user_id as UserId,
  companyId: row.company_id as CompanyId,
  expiresAtMs: Number(row.expires_at_ms),
})

import type { OneTimeCodes } from '@vaxel/core'
import { Secret, TOTP } from 'otpauth'

const secretBytes = 20
const periodSeconds = 30

/** What every authenticator app can do, Google's included: six digits, SHA-1, 30 seconds. */
const form = { algorithm: 'SHA1', digits: 6, period: periodSeconds } as const

/** Codes of authenticator apps (TOTP, RFC 6238). The only file that knows the library. */
export const oneTimeCodes: OneTimeCodes = {
  newSecret: () => new Secret({ size: secretBytes }).base32,
  uri: (secret, account, issuer) =>
    new TOTP({ ...form, issuer, label: account, secret: Secret.fromBase32(secret) }).toString(),
  stepOf(secret, code, nowMs) {
    const digits = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) return undefined
    const totp = new TOTP({ ...form, secret: Secret.fromBase32(secret) })
    const delta = totp.validate({ token: digits, timestamp: nowMs, window: 1 })
    return delta === null ? undefined : Math.floor(nowMs / 1000 / periodSeconds) + delta
  },
}

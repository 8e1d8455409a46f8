import { rm } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { readKeyedCertificate, writeKeyedCertificate } from './certificate-files.ts'
import type { KeyedCertificate } from './certificate-issuer.ts'

/** Before there was this program: a machine without a battery begins in 1970 or 2000, until its time service answers. */
const leastMs = Date.UTC(2026, 0, 1)

/** Whether a clock says nothing about what has ended or not yet begun. */
export const isClockUnset = (nowMs: number): boolean => nowMs < leastMs

const pathOf = (folder: string): string => join(folder, 'uploaded.pem')

/** A certificate that others issued for this server: uploaded, or ordered by ACME; undefined when there is none, or its time is over. */
export async function readForeignCertificate(folder: string, nowMs: number): Promise<KeyedCertificate | undefined> {
  const known = await readKeyedCertificate(pathOf(folder))
  if (!known) return undefined
  const { validFromDate, validToDate } = new X509Certificate(known.certPem)
  const isInTime = validFromDate.getTime() <= nowMs && nowMs < validToDate.getTime()
  return isInTime || isClockUnset(nowMs) ? known : undefined
}

export const writeForeignCertificate = (folder: string, pair: KeyedCertificate): Promise<void> =>
  writeKeyedCertificate(pathOf(folder), pair)

export const removeForeignCertificate = (folder: string): Promise<void> => rm(pathOf(folder), { force: true })

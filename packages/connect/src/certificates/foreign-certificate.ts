import { rm } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { readKeyedCertificate, writeKeyedCertificate } from './certificate-files.ts'
import type { KeyedCertificate } from './certificate-issuer.ts'

const pathOf = (folder: string): string => join(folder, 'uploaded.pem')

/** A certificate that others issued for this server: uploaded, or ordered by ACME; undefined when there is none, or its time is over. */
export async function readForeignCertificate(folder: string, nowMs: number): Promise<KeyedCertificate | undefined> {
  const known = await readKeyedCertificate(pathOf(folder))
  if (!known) return undefined
  const { validFromDate, validToDate } = new X509Certificate(known.certPem)
  return validFromDate.getTime() <= nowMs && nowMs < validToDate.getTime() ? known : undefined
}

export const writeForeignCertificate = (folder: string, pair: KeyedCertificate): Promise<void> =>
  writeKeyedCertificate(pathOf(folder), pair)

export const removeForeignCertificate = (folder: string): Promise<void> => rm(pathOf(folder), { force: true })

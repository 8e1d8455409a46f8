import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A certificate for `localhost` that nobody trusts unless they are given it. */
export interface MailCertificate {
  readonly certificate: string
  readonly key: string
  readonly pem: string
}

export function makeMailCertificate(folder: string): MailCertificate {
  const certificate = join(folder, 'certificate.pem')
  const key = join(folder, 'key.pem')
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
  chmodSync(key, 0o644)
  return { certificate, key, pem: readFileSync(certificate, 'utf8') }
}

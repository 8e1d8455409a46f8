import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import { certificateIdentity } from '@vaxel/core'
import type { KeyedCertificate } from '../certificates/certificate-issuer.ts'

const value = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
const sequence = (...parts: readonly Uint8Array[]) => value(0x30, ...parts)
const utcTime = (ms: number) =>
  value(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`))
/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
const algorithm = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))

/** A list by which an authority of ours takes these certificates back, PEM. */
export function makeRevocationList(
  authority: KeyedCertificate,
  revoked: readonly X509Certificate[],
  nowMs: number,
  signedBy: KeyedCertificate = authority,
): string {
  const { subject } = certificateIdentity(new X509Certificate(authority.certPem).raw)!
  const entries = revoked.map(({ raw }) => {
    const { serial } = certificateIdentity(raw)!
    const bytes = Buffer.from(serial, 'hex')
    return sequence(value(0x02, bytes[0]! & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes), utcTime(nowMs))
  })
  const body = sequence(
    value(0x02, Buffer.of(1)),
    algorithm,
    Buffer.from(subject, 'hex'),
    utcTime(nowMs),
    utcTime(nowMs + 86_400_000),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
  )
  const signature = sign('sha256', body, createPrivateKey(signedBy.keyPem))
  const der = sequence(body, algorithm, value(0x03, Buffer.of(0), signature))
  return `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`
}

import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import type { Fingerprint } from '@vaxel/sip/sdp'

/** A self-signed certificate for DTLS-SRTP (RFC 5763 §5): what counts is its fingerprint in the session description. */
export interface DtlsCertificate {
  /** X.509, DER. */
  readonly certificate: Uint8Array
  /** Its private key, PKCS #8 or SEC 1, DER. */
  readonly privateKey: Uint8Array
  readonly fingerprint: Fingerprint
}

const dayMs = 86_400_000

/**
 * Makes a new key pair on P-256 and its certificate, for 90 days from yesterday on (clocks differ).
 * The name in it is random, so that it tells nothing (RFC 8827 §6.5).
 */
export function makeDtlsCertificate(nowMs: number): DtlsCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = selfSigned(privateKey, publicKey, nowMs)
  return {
    certificate,
    privateKey: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    fingerprint: fingerprintOf(certificate, 'sha-256'),
  }
}

/** Takes a certificate and key that are kept elsewhere. Throws where they cannot be read. */
export function readDtlsCertificate(certificatePem: string, privateKeyPem: string): DtlsCertificate {
  const certificate = new Uint8Array(new X509Certificate(certificatePem).raw)
  const privateKey = createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' })
  return { certificate, privateKey: new Uint8Array(privateKey), fingerprint: fingerprintOf(certificate, 'sha-256') }
}

/** The fingerprint of a certificate (RFC 8122 §5). */
export function fingerprintOf(certificate: Uint8Array, hash: Fingerprint['hash']): Fingerprint {
  const digest = createHash(hash.replace('-', '')).update(certificate).digest('hex').toUpperCase()
  return { hash, value: digest.match(/../g)!.join(':') }
}

/** RFC 5280 §4.1, with ecdsa-with-SHA256 (RFC 5758 §3.2). */
function selfSigned(privateKey: KeyObject, publicKey: KeyObject, nowMs: number): Uint8Array {
  const algorithm = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
  const commonName = sequence(
    der(0x06, Buffer.from('550403', 'hex')),
    der(0x0c, Buffer.from(randomBytes(8).toString('hex'))),
  )
  const name = sequence(der(0x31, commonName))
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    algorithm,
    name,
    sequence(utcTime(nowMs - dayMs), utcTime(nowMs + 90 * dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', body, privateKey)
  return new Uint8Array(sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature]))))
}

function utcTime(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

import assert from 'node:assert/strict'
import { verify, X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { certificateIdentity, readRevocationList, type RevocationList, revocationListAge } from './revocation-list.ts'

/** All made by `openssl ca -gencrl` with this authority: /O=Carrier AB/CN=Carrier root. */
const authority = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUCgAwIBAgIBATAKBggqhkjOPQQDAjAsMRMwEQYDVQQKDApDYXJyaWVy
IEFCMRUwEwYDVQQDDAxDYXJyaWVyIHJvb3QwHhcNMjYxMTIxMTgzMjEyWhcNMzYx
MTE4MTgzMjEyWjAsMRMwEQYDVQQKDApDYXJyaWVyIEFCMRUwEwYDVQQDDAxDYXJy
aWVyIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATR3hnufxN0JKau+G5f
ebvIxSPb1L+eLzwl+G2JzL78tNTLulauSN4smYIGT/8jCE6wZ22PgZaLHTss+6rg
KkMao1MwUTAdBgNVHQ4EFgQUKZeSJlby6ooI8Gb/Xk16Y535zKkwHwYDVR0jBBgw
FoAUKZeSJlby6ooI8Gb/Xk16Y535zKkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjO
PQQDAgNIADBFAiEAx5aQj8rNlYAyGYbePTlV0Re1ciLo/aILLN7h86RjpUUCIEfM
TLBUWOYQhmVn/MUAB8ReuTg2IkCqQMo1iL4zB0af
-----END CERTIFICATE-----`
const base64 = {
  two: 'MIIBIjCByAIBATAKBggqhkjOPQQDAjAsMRMwEQYDVQQKDApDYXJyaWVyIEFCMRUwEwYDVQQDDAxDYXJyaWVyIHJvb3QXDTI2MDMwMTAwMDAwMFoXDTI2MDMwODAwMDAwMFowOjAUAgMA8A0XDTI2MDIwMzA0MDUwNlowIgIDChssFw0yNjAxMDIwMzA0MDVaMAwwCgYDVR0VBAMKAQGgLzAtMB8GA1UdIwQYMBaAFCmXkiZW8uqKCPBm/15NemOd+cypMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMCA0kAMEYCIQCb1oUlUE6lWlyYGh17eQtSPLBasRlZQ91JHrtvHxIWIgIhAI9vsBlBIYeQxW1GFMKPmrsxQOwPc1xuMYOpVX5wINlP',
  none: 'MIHmMIGMAgEBMAoGCCqGSM49BAMCMCwxEzARBgNVBAoMCkNhcnJpZXIgQUIxFTATBgNVBAMMDENhcnJpZXIgcm9vdBcNMjYxMTIxMTgzMjEyWhcNMjYxMTI4MTgzMjEyWqAvMC0wHwYDVR0jBBgwFoAUKZeSJlby6ooI8Gb/Xk16Y535zKkwCgYDVR0UBAMCAQIwCgYIKoZIzj0EAwIDSQAwRgIhAP0E73P1L8Q5EnLXiS7HFDCM5/IVoyFLlQ9jjf9neQORAiEAp5QxAD7j+av4pkj9CzPejlDZiBoXbe5jaQuUs3y6juw=',
  partOfAuthority:
    'MIHwMIGXAgEBMAoGCCqGSM49BAMCMCwxEzARBgNVBAoMCkNhcnJpZXIgQUIxFTATBgNVBAMMDENhcnJpZXIgcm9vdBcNMjYwMzAxMDAwMDAwWhgPMjA1NjAzMDgwMDAwMDBaoDgwNjAoBgNVHRwBAf8EHjAcoBegFYYTaHR0cDovL3gudGVzdC9jLmNybIEB/zAKBgNVHRQEAwIBAzAKBggqhkjOPQQDAgNIADBFAiEAlqpUfG0UQfKURm3+vinEBLxK52+eVFvGXFGtAum36kICIH0HeWi8xX8zlyMXvm6MGa3mdAl6OfB/qPm1lHUA16nt',
  indirect:
    'MIHwMIGXAgEBMAoGCCqGSM49BAMCMCwxEzARBgNVBAoMCkNhcnJpZXIgQUIxFTATBgNVBAMMDENhcnJpZXIgcm9vdBcNMjYwMzAxMDAwMDAwWhgPMjA1NjAzMDgwMDAwMDBaoDgwNjAoBgNVHRwBAf8EHjAcoBegFYYTaHR0cDovL3gudGVzdC9jLmNybIQB/zAKBgNVHRQEAwIBBDAKBggqhkjOPQQDAgNIADBFAiAbLzl0K6ynivEVw9I98zDnQi2j7AX7VW0yGFbzTUMQVQIhAONdsy0D7nSB3n/xlRCMFvf77OZq/XFI6tsjoOzXsvgG',
  delta:
    'MIHVMHwCAQEwCgYIKoZIzj0EAwIwLDETMBEGA1UECgwKQ2FycmllciBBQjEVMBMGA1UEAwwMQ2FycmllciByb290Fw0yNjAzMDEwMDAwMDBaGA8yMDU2MDMwODAwMDAwMFqgHTAbMA0GA1UdGwEB/wQDAgEBMAoGA1UdFAQDAgEFMAoGCCqGSM49BAMCA0kAMEYCIQD6ShoMwe7I0vFvjMZVGi2ojnezus4rOvwpsttdGLHwQQIhAKJ7YLLtBaNIAgzkVi08YY5fPlupgElnf6ypHdXEsRe6',
  unknownExtension:
    'MIHTMHsCAQEwCgYIKoZIzj0EAwIwLDETMBEGA1UECgwKQ2FycmllciBBQjEVMBMGA1UEAwwMQ2FycmllciByb290Fw0yNjAzMDEwMDAwMDBaGA8yMDU2MDMwODAwMDAwMFqgHDAaMAwGAyoDBAEB/wQCBQAwCgYDVR0UBAMCAQYwCgYIKoZIzj0EAwIDSAAwRQIhAJreGiLsq5fJy5EZAzeAnxwO/qfiH/SNmxN1oKoS/klIAiB+WtsW8oVrF4D4aToMDK3oe7OTWhhJURSl1nariZv/iw==',
  sha1: 'MIHkMIGLAgEBMAkGByqGSM49BAEwLDETMBEGA1UECgwKQ2FycmllciBBQjEVMBMGA1UEAwwMQ2FycmllciByb290Fw0yNjExMjExODMyMTJaFw0yNjExMjgxODMyMTJaoC8wLTAfBgNVHSMEGDAWgBQpl5ImVvLqigjwZv9eTXpjnfnMqTAKBgNVHRQEAwIBBzAJBgcqhkjOPQQBA0kAMEYCIQCTT3JzE/6Bq1kngXxl2ctAe2qp+4xo+vm8fW677pCDEwIhAO9D9JKJVD0lDFeAXV0V+QICpUwmNuZYIJNEJ7twY7eI',
}

function listOf(text: string): RevocationList {
  const read = readRevocationList(text)
  assert.ok(read.ok, read.ok ? '' : read.reason)
  return read.list
}
const reasonOf = (text: string): string => {
  const read = readRevocationList(text)
  return read.ok ? 'taken' : read.reason
}

describe('a revocation list (RFC 5280 §5)', () => {
  it('tells who has taken which certificates back, and when', () => {
    const list = listOf(base64.two)
    assert.equal(list.issuerText, 'Carrier root')
    assert.equal(new Date(list.fromMs).toISOString(), '2026-03-01T00:00:00.000Z')
    assert.equal(new Date(list.untilMs!).toISOString(), '2026-03-08T00:00:00.000Z')
    assert.deepEqual(
      [...list.revokedAtMs].map(([serial, atMs]) => [serial, new Date(atMs).toISOString()]),
      [
        ['f00d', '2026-02-03T04:05:06.000Z'],
        ['0a1b2c', '2026-01-02T03:04:05.000Z'],
      ],
    )
    assert.equal(listOf(base64.none).revokedAtMs.size, 0)
  })

  it('is the authority’s by its name as certificates have it, and by its signature', () => {
    const list = listOf(base64.two)
    const { raw, publicKey } = new X509Certificate(authority)
    assert.deepEqual(certificateIdentity(raw), { serial: '01', issuer: list.issuer, subject: list.issuer })
    assert.ok(verify(list.hash, list.signed, publicKey, list.signature))
    const changed = Buffer.from(list.signed)
    changed[changed.length - 1]! ^= 1
    assert.ok(!verify(list.hash, changed, publicKey, list.signature))
  })

  it('is taken as PEM and as DER in base 64, and kept as PEM', () => {
    const read = readRevocationList(base64.two)
    assert.ok(read.ok)
    const again = readRevocationList(`Some text before it\n${read.pem}`)
    assert.ok(again.ok)
    assert.equal(again.pem, read.pem)
    assert.match(read.pem, /^-----BEGIN X509 CRL-----\nMIIBIj.*\n/)
  })

  it('may speak of a part of an authority’s certificates: what it names is refused all the same; GeneralizedTime is read', () => {
    const { untilMs } = listOf(base64.partOfAuthority)
    assert.equal(new Date(untilMs!).toISOString(), '2056-03-08T00:00:00.000Z')
  })

  it('is refused in words when it is of no use here', () => {
    assert.match(reasonOf('hello there!'), /^is no revocation list: give it in PEM form/)
    assert.match(reasonOf(authority.replaceAll(/-----.*-----/g, '')), /^is no revocation list: /)
    assert.match(reasonOf(base64.delta), /^is a delta: give the whole list/)
    assert.match(reasonOf(base64.indirect), /^speaks for several authorities/)
    assert.match(reasonOf(base64.unknownExtension), /^has an extension that is not known here \(1\.2\.3\.4\)/)
    assert.match(reasonOf(base64.sha1), /^is signed in a way that is not taken here \(1\.2\.840\.10045\.4\.1\)/)
  })

  it('that is cut, longer than itself, or changed in any byte of its frame is never a list of something else', () => {
    const der = Buffer.from(base64.two, 'base64')
    for (let length = 1; length < der.length; length++)
      assert.match(reasonOf(der.subarray(0, length).toString('base64')), /^is no revocation list/)
    assert.match(reasonOf(Buffer.concat([der, Buffer.of(0)]).toString('base64')), /something stands behind its end/)
    for (let at = 0; at < der.length; at++)
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(der)
        changed[at]! ^= change
        // Whatever it is read as: it is a value, and the signature tells.
        const read = readRevocationList(changed.toString('base64'))
        assert.equal(typeof read.ok, 'boolean')
      }
  })

  it('wants a newer one in its last quarter, at most a week before its end', () => {
    const dayMs = 86_400_000
    const week = { ...listOf(base64.two), fromMs: 0, untilMs: 8 * dayMs }
    assert.deepEqual(
      [1, 5.9, 6.1, 8].map((day) => revocationListAge(week, day * dayMs)),
      ['fresh', 'fresh', 'endsSoon', 'over'],
    )
    const year = { ...week, untilMs: 365 * dayMs }
    assert.equal(revocationListAge(year, 357 * dayMs), 'fresh')
    assert.equal(revocationListAge(year, 359 * dayMs), 'endsSoon')
    const { untilMs: _, ...endless } = week
    assert.equal(revocationListAge(endless, 1000 * dayMs), 'fresh')
  })
})

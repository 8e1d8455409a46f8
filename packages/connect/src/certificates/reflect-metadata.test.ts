import assert from 'node:assert/strict'
import { it } from 'node:test'
import { makeAccountKey } from './acme-orders.ts'
import { makeSelfSigned } from './certificate-issuer.ts'
import { passkeyCeremonies } from '../identity/passkey-ceremonies.ts'

it('lets the ACME client, which brings the same part of Reflect, load after a certificate was made, and one be made after that', async () => {
  const request = { commonName: 'a', names: ['a'], nowMs: Date.now(), lifetimeMs: 1e9, uses: ['serverAuth'] as const }
  assert.match((await makeSelfSigned(request)).certPem, /BEGIN CERTIFICATE/)
  assert.match(await makeAccountKey(), /BEGIN PRIVATE KEY/)
  const asked = await passkeyCeremonies.creationOptions(
    { rpId: 'a.test', origin: 'https://a.test' },
    { id: 'u', login: 'u', displayName: 'U' },
    [],
  )
  assert.ok(asked.challenge.length > 20)
  assert.match((await makeSelfSigned(request)).certPem, /BEGIN CERTIFICATE/)
})

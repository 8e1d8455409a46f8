import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { revocationSentences, revocationViews, revocationWarnings } from './revocation-age.ts'

/** Of `openssl ca -gencrl`: two certificates, for the first week of March 2026. */
const list =
  'MIIBIjCByAIBATAKBggqhkjOPQQDAjAsMRMwEQYDVQQKDApDYXJyaWVyIEFCMRUwEwYDVQQDDAxDYXJyaWVyIHJvb3QXDTI2MDMwMTAwMDAwMFoXDTI2MDMwODAwMDAwMFowOjAUAgMA8A0XDTI2MDIwMzA0MDUwNlowIgIDChssFw0yNjAxMDIwMzA0MDVaMAwwCgYDVR0VBAMKAQGgLzAtMB8GA1UdIwQYMBaAFCmXkiZW8uqKCPBm/15NemOd+cypMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMCA0kAMEYCIQCb1oUlUE6lWlyYGh17eQtSPLBasRlZQ91JHrtvHxIWIgIhAI9vsBlBIYeQxW1GFMKPmrsxQOwPc1xuMYOpVX5wINlP'
const trunk = { name: 'carrier', tls: { revocationLists: [list] } }
const march = (day: number) => Date.UTC(2026, 2, day)

describe('the revocation lists of a trunk', () => {
  it('are told with who made them, how many they name and until when they are new', () => {
    assert.deepEqual(revocationViews(trunk), [
      { issuer: 'Carrier root', revoked: 2, from: '2026-03-01T00:00:00.000Z', until: '2026-03-08T00:00:00.000Z' },
    ])
    assert.deepEqual(revocationViews({}), [])
  })

  it('warn when they end soon and when they are over, for who has the trunk and who runs the installation', () => {
    assert.deepEqual([revocationWarnings(trunk, march(5)), revocationSentences(trunk, march(5))], [[], []])
    assert.deepEqual(revocationWarnings(trunk, march(7)), ['revocationListEndsSoon'])
    assert.deepEqual(revocationSentences(trunk, march(7)), [
      'The revocation list of Carrier root for the trunk carrier ends on 2026-03-08: give it a newer one.',
    ])
    assert.deepEqual(revocationWarnings(trunk, march(9)), ['revocationListOver'])
    assert.deepEqual(revocationSentences(trunk, march(9)), [
      'The revocation list of Carrier root for the trunk carrier has been out of date since 2026-03-08: give it a newer one.',
    ])
  })
})

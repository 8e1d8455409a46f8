import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { badTarget, bodyOf, draftOfTrunk, emptyTrunk, readTarget, revocationListOf } from './trunk-draft.ts'

describe('a trunk that is filled in', () => {
  it('has its targets as lines', () => {
    assert.deepEqual(readTarget('tls:sip.carrier.example:5061'), {
      protocol: 'tls',
      host: 'sip.carrier.example',
      port: 5061,
    })
    assert.deepEqual(readTarget('[2001:db8::1]:5060'), { protocol: 'udp', host: '2001:db8::1', port: 5060 })
    assert.equal(readTarget('http://carrier'), undefined)
    assert.equal(badTarget({ ...emptyTrunk, targets: 'udp:a\nno way' }), 'no way')
  })

  it('comes back as it was', () => {
    const body = {
      name: 'pstn',
      targets: [{ protocol: 'udp' as const, host: '127.0.0.1', port: 5080 }],
      fromAddresses: ['127.0.0.1:5080'],
      prefixes: ['0', '+'],
      keying: 'none' as const,
      channels: 30,
    }
    const trunk = { ...body, id: 'x', companyId: 'c', pricePerMinuteMicros: {} }
    assert.deepEqual(bodyOf(draftOfTrunk(trunk)), body)
  })

  it('keeps its limits when one of them is typed wrongly, and knows the blanks of thousands', () => {
    const sent = (more: Partial<typeof emptyTrunk>) => bodyOf({ ...emptyTrunk, name: 'a', ...more })
    const wrong = sent({ channels: '3O', spend: 'ten', emergency: '1e999', expires: '' })
    assert.deepEqual([wrong.channels, wrong.spendPerDayMicros, wrong.emergencyChannels], ['3O', 'ten', '1e999'])
    const right = sent({ channels: '1 000', spend: '10\u00a0000,50', emergency: '' })
    assert.deepEqual(
      [right.channels, right.spendPerDayMicros, right.emergencyChannels],
      [1000, 10_000_500_000, undefined],
    )
  })

  it('takes revocation lists as files of both forms, several below each other', () => {
    const fromDer = revocationListOf(Uint8Array.of(0x30, 0x01, 0xff))
    assert.equal(fromDer, '-----BEGIN X509 CRL-----\nMAH/\n-----END X509 CRL-----')
    assert.equal(revocationListOf(new TextEncoder().encode(`${fromDer}\n`)), fromDer)
    const { tls } = bodyOf({ ...emptyTrunk, name: 'a', revocationLists: `${fromDer}\n${fromDer}\n` })
    assert.deepEqual(tls, { revocationLists: [fromDer, fromDer] })
  })
})

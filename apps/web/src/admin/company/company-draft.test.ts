import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReplyOf } from '../../api/api.ts'
import { changeOf, draftOf } from './company-draft.ts'

describe('a company in a form', () => {
  const acme = {
    name: 'Acme',
    country: 'SE',
    mainNumber: '+46850000',
    emergencyNumbers: ['112'],
    limits: { callsAtOnce: 10 },
  } as unknown as ReplyOf<'readCompany'>

  it('is changed in what was changed and in nothing else', () => {
    const draft = draftOf(acme)
    assert.deepEqual(changeOf(acme, draft), {})
    assert.deepEqual(changeOf(acme, { ...draft, emergencyNumbers: '112, 116117', tellsMonitored: false }), {
      emergencyNumbers: ['112', '116117'],
      tellsMonitored: false,
    })
    const networks = (allowedNetworks: string) => changeOf(acme, { ...draft, allowedNetworks })
    assert.deepEqual(networks('192.0.2.0/24, 2001:db8::/48'), { allowedNetworks: ['192.0.2.0/24', '2001:db8::/48'] })
    assert.deepEqual(networks(' '), { allowedNetworks: null })
    assert.deepEqual(changeOf(acme, { ...draft, name: ' Acme AB', country: 'no', mainNumber: '' }), {
      name: 'Acme AB',
      country: 'NO',
      mainNumber: null,
    })
    const limits = { ...draft.limits, callsAtOnce: '', spendPerDay: '12,5' }
    assert.deepEqual(changeOf(acme, { ...draft, limits }), { limits: { spendPerDayMicros: 12_500_000 } })
  })
})

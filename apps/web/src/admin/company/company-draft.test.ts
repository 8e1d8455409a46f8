import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReplyOf } from '../../api/api.ts'
import { changeOf, draftOf, erasesAfter } from './company-draft.ts'

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
    const days = (callRetention: string) => changeOf(acme, { ...draft, callRetention })
    assert.deepEqual([days('90'), days('')], [{ callRetentionDays: 90 }, {}])
    assert.deepEqual(days('some'), { callRetentionDays: 'some' }, 'the server says what is wrong')
    const kept = { ...acme, callRetentionDays: 90 }
    assert.deepEqual(changeOf(kept, { ...draftOf(kept), callRetention: ' ' }), { callRetentionDays: null })
    const networks = (allowedNetworks: string) => changeOf(acme, { ...draft, allowedNetworks })
    assert.deepEqual(networks('192.0.2.0/24, 2001:db8::/48'), { allowedNetworks: ['192.0.2.0/24', '2001:db8::/48'] })
    assert.deepEqual(networks(' '), { allowedNetworks: null })
    assert.deepEqual(changeOf(acme, { ...draft, directAudioNetworks: '192.0.2.7' }), {
      directAudioNetworks: ['192.0.2.7'],
    })
    assert.deepEqual(changeOf(acme, { ...draft, name: ' Acme AB', country: 'no', mainNumber: '' }), {
      name: 'Acme AB',
      country: 'NO',
      mainNumber: null,
    })
    const limits = { ...draft.limits, callsAtOnce: '', spendPerDay: '12,5' }
    assert.deepEqual(changeOf(acme, { ...draft, limits }), { limits: { spendPerDayMicros: 12_500_000 } })
  })

  it('erases only what is kept for a shorter time than before', () => {
    const asked = (was: number | undefined, callRetention: string) => {
      const company = was === undefined ? acme : { ...acme, callRetentionDays: was }
      return erasesAfter(company, { ...draftOf(company), callRetention }).map(({ days }) => days)
    }
    assert.deepEqual([asked(undefined, '90'), asked(90, '30')], [[90], [30]])
    assert.deepEqual([asked(90, '90'), asked(90, '365'), asked(90, ''), asked(undefined, 'x')], Array(4).fill([]))
    const kept = { ...acme, customerRetentionDays: 30, mailRetentionDays: 700 }
    const draft = { ...draftOf(kept), customerRetention: '60', mailRetention: '365' }
    assert.deepEqual(erasesAfter(kept, draft), [{ what: 'mails', days: 365 }])
    assert.deepEqual(changeOf(kept, draft), { customerRetentionDays: 60, mailRetentionDays: 365 })
  })
})

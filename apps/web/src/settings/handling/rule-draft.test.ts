import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { callersOf, draftOfRule, emptyRule, numbersText, type Rule, ruleOf } from './rule-draft.ts'
import { timeOf } from './times-draft.ts'

const nowMs = Date.UTC(2026, 10, 21, 12)

describe('a rule as it is filled in', () => {
  it('comes back as it was', () => {
    const rule: Rule = {
      name: 'Customers',
      from: { numbers: ['205'], prefixes: ['+4611'], kinds: ['contact'] },
      presence: ['away'],
      times: { timeZone: 'Europe/Stockholm', periods: [{ days: [1, 5], from: '08:00', to: '17:00' }] },
      until: '2099-01-01T00:00:00.000Z',
      moment: 'noAnswer',
      afterSeconds: 8,
      action: { kind: 'forward', to: '211' },
    }
    assert.deepEqual(ruleOf(draftOfRule(rule, 'UTC'), nowMs), rule)
    const through: Rule = { name: 'Family', isOff: true, moment: 'always', action: { kind: 'ring' } }
    assert.deepEqual(ruleOf(draftOfRule(through, 'UTC'), nowMs), through)
  })

  it('is not there while something is missing', () => {
    const draft = { ...emptyRule('UTC'), name: 'A', isForSome: false, to: '211' }
    assert.ok(ruleOf(draft, nowMs))
    assert.equal(ruleOf({ ...draft, name: ' ' }, nowMs), undefined)
    assert.equal(ruleOf({ ...draft, to: '' }, nowMs), undefined)
    assert.equal(ruleOf({ ...draft, isForSome: true }, nowMs), undefined)
    assert.equal(ruleOf({ ...draft, isByPresence: true }, nowMs), undefined)
    assert.equal(ruleOf({ ...draft, periods: [{ days: [1], from: '8', to: 'late' }] }, nowMs), undefined)
  })

  it('reads numbers and times as people write them', () => {
    assert.deepEqual(callersOf('070-174 06 05; +46 11*', []), { numbers: ['0701740605'], prefixes: ['+4611'] })
    assert.equal(numbersText({ prefixes: ['2'] }), '2*')
    assert.deepEqual(['8', '8.30', '17:00', '24', '25', '9:7'].map(timeOf), [
      '08:00',
      '08:30',
      '17:00',
      '24:00',
      undefined,
      undefined,
    ])
  })
})

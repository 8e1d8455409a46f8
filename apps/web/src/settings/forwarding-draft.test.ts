import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { draftOf, rulesOf } from './forwarding-draft.ts'

const nowMs = Date.UTC(2026, 10, 21, 9)

describe('rules of forwarding in a form', () => {
  it('come back as they were', () => {
    const rules = {
      callWaiting: false,
      always: { to: '205', until: '2026-11-22T09:00:00.000Z' },
      noAnswer: { to: '+46701740605', afterSeconds: 15 },
      doNotDisturb: { exceptions: ['203', '204'], usesBusyRule: true },
    }
    assert.deepEqual(rulesOf(draftOf(rules, nowMs), nowMs), rules)
    assert.deepEqual(rulesOf(draftOf({ callWaiting: true }, nowMs), nowMs), { callWaiting: true })
  })

  it('are off when their time is over', () => {
    const draft = draftOf({ callWaiting: true, busy: { to: '205', until: '2026-11-21T08:00:00.000Z' } }, nowMs)
    assert.equal(draft.rules.busy.isOn, false)
  })

  it('end when somebody said, with numbers as one writes them', () => {
    const { rules, ...rest } = draftOf({ callWaiting: true }, nowMs)
    const always = { isOn: true, to: ' 08-465 004 01', lasts: 'hour' as const }
    assert.deepEqual(rulesOf({ ...rest, rules: { ...rules, always } }, nowMs).always, {
      to: '0846500401',
      until: '2026-11-21T10:00:00.000Z',
    })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chiefEmergencyNumbersOf, emergencyNumbersOf } from './emergency-numbers.ts'

describe('emergency numbers of a new company', () => {
  it('take no extension from anybody, and are never none', () => {
    for (const [country, chief] of [
      ['SE', ['112']],
      ['US', ['911']],
      ['GB', ['999', '112']],
      ['AU', ['000', '112']],
      ['BE', ['112']],
      ['JP', ['110']],
      ['XX', ['112']],
    ] as const) {
      assert.deepEqual(chiefEmergencyNumbersOf(country), chief)
      assert.ok(chief.every((number) => emergencyNumbersOf(country).includes(number)))
    }
  })
})

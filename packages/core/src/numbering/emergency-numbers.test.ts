import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chiefEmergencyNumbersOf, emergencyBehindPrefix, emergencyNumbersOf } from './emergency-numbers.ts'

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

describe('an emergency number behind the digit of an outside line', () => {
  for (const [country, dialled, number] of [
    ['SE', '0112', '112'],
    ['SE', '9112', undefined],
    ['DE', '0110', '110'],
    ['US', '9911', '911'],
    ['US', '0911', '911'],
    ['GB', '9999', '999'],
    ['FR', '0112', '112'],
    ['FR', '018', undefined],
    ['SE', '00112', undefined],
    ['SE', '1112', undefined],
    ['SE', '0', undefined],
  ] as const)
    it(`${dialled} in ${country} is ${number ?? 'none'}`, () =>
      assert.equal(emergencyBehindPrefix(dialled, { country, emergencyNumbers: [] }), number))
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileCheck } from '@vaxel/contract'
import { Type } from 'typebox'
import { firstErrorsEn } from '../words/errors/first-en.ts'
import { firstErrorsFr } from '../words/errors/first-fr.ts'
import { firstErrorsSv } from '../words/errors/first-sv.ts'
import { isAt, sayMistake } from './say-mistake.ts'

const check = compileCheck(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    pin: Type.String({ minLength: 4 }),
    seconds: Type.Integer({ minimum: 5, maximum: 300 }),
    userIds: Type.Array(Type.String(), { minItems: 1 }),
    number: Type.String({ pattern: '^[0-9]+$' }),
  }),
)
const said = (value: object, errors = firstErrorsEn) =>
  Object.fromEntries(check.mistakes(value).map((mistake) => [mistake.path, sayMistake(errors, mistake)]))

describe('what is wrong with a field', () => {
  it('is said with what to do, as the server refuses it', () => {
    assert.deepEqual(said({ name: '', pin: '1', seconds: 1, userIds: [], number: 'x' }), {
      '/name': 'Fill this in.',
      '/pin': 'At least 4 characters are needed.',
      '/seconds': '5 is the least.',
      '/userIds': 'Fill this in.',
      '/number': 'This does not fit. Look at the hint.',
    })
    assert.equal(said({ seconds: null })['/seconds'], 'Write a whole number.')
    assert.deepEqual(said({ name: 'x'.repeat(101), pin: '1234', seconds: 301, userIds: ['a'] }), {
      '/name': 'This is too long: 100 characters at most.',
      '/seconds': '300 is the most.',
      '/number': 'Fill this in.',
    })
  })

  it('is said in each language', () => {
    for (const errors of [firstErrorsSv, firstErrorsFr])
      assert.doesNotMatch(
        JSON.stringify(said({ name: '', pin: '1', seconds: 999 }, errors)),
        /undefined|\{n\}|characters/,
      )
  })

  it('is said with the number that somebody has', () => {
    const reason = 'has 116, which is in use: give who has it another one first'
    for (const errors of [firstErrorsEn, firstErrorsSv, firstErrorsFr])
      assert.match(sayMistake(errors, { path: '/emergencyNumbers', reason }), /^116 /)
  })

  it('belongs to the field that it is below', () => {
    const mistake = { path: '/targets/0/port', reason: 'must be <= 65535' }
    assert.deepEqual([isAt('/targets', mistake), isAt('/target', mistake)], [true, false])
  })
})

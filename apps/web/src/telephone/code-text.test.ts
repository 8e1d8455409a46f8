import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { en } from '../words/en.ts'
import { type Code, codeOf, codeText } from './code-text.ts'

const code = (feature: Code['feature'], written: string, argument: Code['argument']): Code => ({
  feature,
  code: written,
  delivered: written,
  argument,
})

describe('codes as people read them', () => {
  it('say what is dialled after them', () => {
    assert.equal(codeText(code('groupPickup', '*8', 'none'), en), '*8')
    assert.equal(codeText(code('intercom', '*80', 'required'), en), '*80 (extension)')
    assert.equal(codeText(code('park', '*68', 'optional'), en), '*68, *68 (place)')
    assert.equal(codeText(code('forwardAlways', '*21', 'optional'), en), '*21, *21 (number)')
  })

  it('are not there where they are switched off', () => {
    const codes = [code('park', '', 'optional'), code('flip', '*40', 'none')]
    assert.equal(codeOf(codes, 'park'), undefined)
    assert.equal(codeOf(codes, 'flip'), '*40')
    assert.equal(codeOf(undefined, 'flip'), undefined)
  })
})

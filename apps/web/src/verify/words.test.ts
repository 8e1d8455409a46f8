import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pageFindings, type Sentences } from '@vaxel/site'
import { words } from './words.ts'

/** The same in two languages because the word is. */
const alike = new Set(['madeAt', 'headset', 'row-microphone', 'row-jitter', 'details', 'row-tls'])

const placeholders = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join()

describe('the texts of the verify page', () => {
  for (const [name, table] of Object.entries<Sentences<string>>({ words, findings: pageFindings }))
    it(`say the same in every language (${name})`, () => {
      for (const [key, { en, sv, fr }] of Object.entries(table)) {
        assert.equal(placeholders(sv), placeholders(en), key)
        assert.equal(placeholders(fr), placeholders(en), key)
        if (!alike.has(key)) assert.equal(new Set([en, sv, fr]).size, 3, `${key} is not translated`)
      }
    })

  it('have a title for every line and group, an owner and a word for every outcome', () => {
    const keys = new Set(Object.keys(words))
    for (const owner of [
      'customer-firewall',
      'customer-network',
      'internet-provider',
      'service',
      'endpoint',
      'unknown',
    ])
      assert.ok(keys.has(`owner-${owner}`), owner)
    for (const outcome of ['pass', 'limit', 'fail', 'inconclusive', 'not-tested', 'not-applicable', 'stale'])
      assert.ok(keys.has(`outcome-${outcome}`), outcome)
  })
})

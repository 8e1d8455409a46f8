import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toE164 } from './phone-number-library.ts'

describe('numbers as people write them', () => {
  it('are read the same the second time, each in its own country', () => {
    for (let time = 0; time < 2; time++) {
      assert.equal(toE164('08-465 004 01', 'SE'), '+46846500401')
      assert.equal(toE164('08-465 004 01', 'DE'), '+49846500401')
      assert.equal(toE164('+33 1 99 00 00 01', 'SE'), '+33199000001')
      assert.equal(toE164('201', 'SE'), undefined)
      assert.equal(toE164('anna', 'SE'), undefined)
      assert.equal(toE164('', 'SE'), undefined)
    }
  })

  it('are still read after very many others', () => {
    for (let i = 0; i < 5_000; i++) assert.equal(toE164(`070-174 ${1000 + i}`, 'SE'), `+4670174${1000 + i}`)
    assert.equal(toE164('08-465 004 01', 'SE'), '+46846500401')
  })
})

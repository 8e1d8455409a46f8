import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readDigit } from './read-digit.ts'
import { isHookFlash } from './read-hook-flash.ts'

describe('a digit by INFO', () => {
  it('is told in several ways', () => {
    for (const [contentType, body, digit, durationMs] of [
      ['application/dtmf-relay', 'Signal=5\r\nDuration=250\r\n', '5', 250],
      ['application/dtmf-relay', '\r\n signal = d\nduration = 90 ms\n', 'D', 90],
      ['application/dtmf-relay', 'Duration=100\rSignal=11', '#', 100],
      ['application/dtmf-relay', 'Signal=10', '*', 160],
      ['application/dtmf', ' 7\r\n', '7', 160],
    ] as const)
      assert.deepEqual(readDigit(contentType, body), { digit, durationMs }, body)
  })

  it('is none where there is no such signal', () => {
    for (const body of ['', 'Signal=', 'Signal=16', 'Signal=55', 'xSignal=5', 'Duration=100'])
      assert.equal(readDigit('application/dtmf-relay', body), undefined, body)
    assert.equal(readDigit('application/dtmf', '55'), undefined)
  })

  it('is looked for in linear time, whatever a telephone sends', () => {
    // By the square of their number, these lines would take minutes each.
    for (const filling of ['\n', '\r\n', ' ', '\t\n', 'a ', 'Signal\n', 'Signal='])
      for (const contentType of ['application/dtmf-relay', 'application/broadsoft', 'application/dtmf']) {
        const body = filling.repeat(400_000)
        assert.equal(readDigit(contentType, body), undefined)
        assert.equal(isHookFlash(contentType, body), false)
      }
  })
})

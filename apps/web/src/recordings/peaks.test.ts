import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readWave } from './peaks.ts'

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64')

describe('the wave of a recording', () => {
  it('has as many steps as are drawn, each as loud as its loudest', () => {
    assert.deepEqual(readWave(base64(0, 255, 0, 51, 0, 0), 3), [1, 0.2, 0])
    assert.deepEqual(readWave(base64(255, 0), 160), [1, 0])
    assert.deepEqual(readWave('', 160), [])
  })
})

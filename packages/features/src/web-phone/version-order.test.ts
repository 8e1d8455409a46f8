import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOlder } from './version-order.ts'

describe('versions', () => {
  it('are compared number by number', () => {
    assert.ok(isOlder('0.9.12', '0.10'))
    assert.ok(isOlder('1.2', '1.2.1'))
    assert.ok(!isOlder('1.2.0', '1.2'))
    assert.ok(!isOlder('2', '1.9.9'))
  })
})

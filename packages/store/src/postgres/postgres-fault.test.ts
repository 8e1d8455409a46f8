import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultOf } from './postgres-fault.ts'

const cases = [
  ['08006', 'gone', 'connection failure'],
  ['57P01', 'gone', 'the server is stopped'],
  ['25006', 'gone', 'read-only: a standby, or a provider whose disk is full'],
  ['25P03', 'gone', 'the session was ended: idle in a transaction'],
  ['ECONNRESET', 'gone', 'no SQLSTATE'],
  [undefined, 'gone', 'Query read timeout'],
  ['53100', 'storage', 'disk full'],
  ['53200', 'storage', 'out of memory'],
  ['42501', 'storage', 'read-only file system'],
  ['57014', 'storage', 'statement_timeout'],
  ['55P03', 'storage', 'lock_timeout'],
  ['40P01', 'storage', 'deadlock'],
  ['58030', 'doubtful', 'I/O error'],
  ['XX001', 'doubtful', 'damaged data'],
  ['XX002', 'doubtful', 'damaged index'],
  ['23505', 'refused', 'unique violation'],
  ['22P02', 'refused', 'invalid text representation'],
  ['25P02', 'refused', 'after another statement of the transaction'],
  ['54000', 'refused', 'too long for an index'],
] as const

describe('a fault of PostgreSQL', () => {
  for (const [code, fault, what] of cases)
    it(`${code ?? 'without code'} (${what}) is ${fault}`, () => {
      assert.equal(faultOf(Object.assign(new Error(what), code === undefined ? {} : { code })), fault)
    })
})

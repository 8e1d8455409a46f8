import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileCheck } from './check.ts'
import { createNumber } from './operations/numbers.ts'
import { createTrunk } from './operations/trunks.ts'
import { createUser } from './operations/users.ts'

const pathsOf = (check: ReturnType<typeof compileCheck>, value: unknown) =>
  check.mistakes(value).map(({ path }) => path)

describe('checking a body', () => {
  it('finds nothing in one that fits', () => {
    assert.deepEqual(compileCheck(createUser.body).mistakes({ name: 'eva', displayName: 'Eva' }), [])
  })

  it('names fields that are missing, too many and wrong, all at once', () => {
    const mistakes = compileCheck(createUser.body).mistakes({ name: 7, 'a/b~c': 1, limits: { callsAtOnce: 'x' } })
    assert.deepEqual(mistakes, [
      { path: '/displayName', reason: 'is required' },
      { path: '/a~1b~0c', reason: 'is not known here' },
      { path: '/name', reason: 'must be string' },
      { path: '/limits/callsAtOnce', reason: 'must be integer' },
    ])
  })

  it('tells the mistakes of the kind that was meant, not of the others', () => {
    const check = compileCheck(createNumber.body)
    assert.deepEqual(pathsOf(check, { number: '1', target: { kind: 'user', user: 'x' } }), [
      '/target/userId',
      '/target/user',
    ])
    assert.deepEqual(check.mistakes({ number: '1', target: { kind: 'moon' } }), [
      { path: '/target/kind', reason: 'must be one of user, group, shared, short, service' },
    ])
    assert.deepEqual(check.mistakes({ number: '1', target: 5 }), [{ path: '/target', reason: 'must be object' }])
  })

  it('tells at most a hundred mistakes', () => {
    const prefixes = Array.from({ length: 400 }, () => 'x')
    assert.ok(compileCheck(createTrunk.body).mistakes({ name: 'x', targets: [], prefixes }).length <= 100)
  })

  it('refuses a value of another type whole', () => {
    for (const value of [undefined, null, [], 'text', 5])
      assert.deepEqual(compileCheck(createUser.body).mistakes(value), [{ path: '', reason: 'must be object' }])
  })
})

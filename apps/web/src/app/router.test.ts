import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { matchRoute } from './router.ts'

describe('a route', () => {
  it('reads the names of its pattern', () => {
    assert.deepEqual(matchRoute('/people/:id?', '/people/7'), { id: '7' })
    assert.deepEqual(matchRoute('/people/:id?', '/people'), {})
    assert.deepEqual(matchRoute('/people/:id?', '/people/'), {})
    assert.deepEqual(matchRoute('/calls/:id', '/calls/a%2Fb'), { id: 'a/b' })
  })

  it('does not fit what is longer, shorter, other or wrongly escaped', () => {
    assert.equal(matchRoute('/people/:id?', '/people/7/8'), undefined)
    assert.equal(matchRoute('/calls/:id', '/calls'), undefined)
    assert.equal(matchRoute('/people', '/chat'), undefined)
    assert.equal(matchRoute('/calls/:id', '/calls/%E0%A4%A'), undefined)
  })
})

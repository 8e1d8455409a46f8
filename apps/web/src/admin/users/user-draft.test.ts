import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { User } from '../use-company.ts'
import { changeOf, draftOf } from './user-draft.ts'

describe('a user in a form', () => {
  const anna = { displayName: 'Anna', extension: '101', language: 'sv', role: 'user', ringSeconds: 25 } as User

  it('is changed in what was changed and in nothing else', () => {
    const draft = draftOf(anna)
    assert.deepEqual(changeOf(anna, draft), {})
    assert.deepEqual(changeOf(anna, { ...draft, displayName: 'Anna Berg ' }), { displayName: 'Anna Berg' })
    assert.deepEqual(changeOf(anna, { ...draft, extension: '', ringSeconds: '30', role: 'supervisor' }), {
      role: 'supervisor',
      ringSeconds: 30,
      extension: null,
    })
  })
})

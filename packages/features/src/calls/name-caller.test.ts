import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { CallerNames, Company } from '@vaxel/core'
import { nameCaller } from './name-caller.ts'
import type { Reach } from './reach.ts'

describe('the name of a caller from outside', () => {
  const company = { id: 'company' as CompanyId } as Company
  const asked: unknown[] = []
  const names: CallerNames = {
    nameOf: async (...question) => {
      asked.push(question)
      return question[2] === '+46846500455' ? 'Maria Blomdahl' : undefined
    },
  }
  const device = { kind: 'binding', binding: { userId: 'anna' } } as unknown as Reach
  const trunk = { kind: 'trunk' } as unknown as Reach
  const known = { number: '+46846500455', name: 'WIRELESS CALLER' }
  const shown = (caller: { number: string; name?: string; userId?: UserId }, reach = device, isWithheld = false) =>
    nameCaller(names, company, { caller, isWithheld }, reach)

  it('is what the person who is called has for the number', async () => {
    assert.deepEqual(await shown(known), { number: '+46846500455', name: 'Maria Blomdahl' })
    assert.deepEqual(asked, [['company', 'anna', '+46846500455']])
  })

  it('is the caller’s own where nobody knows the number', async () => {
    assert.deepEqual(await shown({ number: '+4681', name: 'X' }), { number: '+4681', name: 'X' })
  })

  it('is not looked for when it is withheld, when a colleague calls, and for the outside', async () => {
    asked.length = 0
    assert.deepEqual(await shown(known, device, true), known)
    assert.deepEqual(await shown(known, trunk), known)
    const colleague = { number: '201', name: 'Anna', userId: 'anna' as UserId }
    assert.deepEqual(await shown(colleague), colleague)
    assert.deepEqual(await nameCaller(undefined, company, { caller: known, isWithheld: false }, device), known)
    assert.deepEqual(asked, [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { DirectoryCard } from '@vaxel/core'
import { KnownNumbers } from './known-numbers.ts'

const companyId = 'company-1' as CompanyId
const ownerId = 'anna' as UserId
const cards = (from: number, to: number): DirectoryCard[] =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `${i}`,
    kind: 'shared',
    name: 'A',
    numbers: [{ number: `+4670${from + i}` }] as never,
  }))

describe('numbers that may be known', () => {
  it('never denies one that was added, however many come, and seldom claims another', () => {
    const numbers = new KnownNumbers()
    for (let from = 1_000_000; from < 1_020_000; from += 500) numbers.add({ companyId }, cards(from, from + 500))
    for (let at = 1_000_000; at < 1_020_000; at++) assert.ok(numbers.mayHave({ companyId }, `+4670${at}`), `${at}`)
    let claimed = 0
    for (let at = 2_000_000; at < 2_020_000; at++) if (numbers.mayHave({ companyId }, `+4670${at}`)) claimed++
    assert.ok(claimed < 400, `${claimed} of 20,000 were claimed`)
  })

  it('keeps companies and their people apart, and numbers as they are searched', () => {
    const numbers = new KnownNumbers()
    assert.equal(numbers.mayHave({ companyId }, '+46701000000'), false)
    numbers.add({ companyId }, cards(1_000_000, 1_000_001))
    numbers.add({ companyId, ownerId }, cards(1_000_001, 1_000_002))
    assert.equal(numbers.mayHave({ companyId }, '+46 70-100 00 00'), true)
    assert.equal(numbers.mayHave({ companyId, ownerId }, '+46701000000'), false)
    assert.equal(numbers.mayHave({ companyId, ownerId }, '+46701000001'), true)
    assert.equal(numbers.mayHave({ companyId: 'company-2' as CompanyId }, '+46701000000'), false)
    assert.equal(numbers.mayHave({ companyId }, ''), false)
    numbers.clear()
    assert.equal(numbers.mayHave({ companyId }, '+46701000000'), false)
  })
})

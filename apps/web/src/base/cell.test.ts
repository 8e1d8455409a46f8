import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cell, derive } from './cell.ts'

describe('a cell', () => {
  it('tells its listeners of changes only, until they leave', () => {
    const cell = new Cell(1)
    let heard = 0
    const leave = cell.subscribe(() => heard++)
    cell.set(1)
    cell.set(2)
    leave()
    cell.set(3)
    assert.equal(heard, 1)
    assert.equal(cell.get(), 3)
  })
})

describe('a derived value', () => {
  it('follows its sources and stays silent when the result is the same', () => {
    const [first, second] = [new Cell(1), new Cell(2)]
    const larger = derive([first, second], () => Math.max(first.get(), second.get()))
    const heard: number[] = []
    const leave = larger.subscribe(() => heard.push(larger.get()))
    first.set(0)
    second.set(5)
    assert.deepEqual(heard, [5])
    leave()
    second.set(9)
    assert.equal(larger.get(), 9)
    assert.deepEqual(heard, [5])
  })

  it('gives the same object while nothing has changed and somebody listens', () => {
    const names = new Cell(['a', 'b'])
    const upper = derive([names], () => names.get().map((name) => name.toUpperCase()))
    const leave = upper.subscribe(() => {})
    assert.equal(upper.get(), upper.get())
    leave()
  })
})

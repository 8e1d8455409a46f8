import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Turns } from './turns.ts'

describe('Turns', () => {
  it('runs the tasks of one key in order, those of another beside them, and forgets keys that are done', async () => {
    const said: string[] = []
    const turns = new Turns(() => said.push('error'))
    const slow = Promise.withResolvers<void>()
    const first = turns.run('a', async () => {
      said.push('a1')
      await slow.promise
      said.push('a1 done')
    })
    const second = turns.run('a', () => void said.push('a2'))
    const third = turns.run('a', async () => void said.push('a3'))
    await turns.run('b', () => void said.push('b1'))
    equal(turns.size, 1)
    slow.resolve()
    await first
    await Promise.all([second, third])
    await turns.run('a', () => void said.push('a4'))
    deepEqual(said, ['a1', 'b1', 'a1 done', 'a2', 'a3', 'a4'])
    await Promise.resolve()
    equal(turns.size, 0)
  })

  it('tells of a task that throws, and goes on with the next', async () => {
    const errors: string[] = []
    const turns = new Turns((error) => errors.push(String(error)))
    const first = turns.run('a', () => {
      throw new Error('one')
    })
    const second = turns.run('a', () => Promise.reject(new Error('two')))
    const third = turns.run('a', () => {})
    await Promise.all([first, second, third])
    deepEqual(errors, ['Error: one', 'Error: two'])
  })
})

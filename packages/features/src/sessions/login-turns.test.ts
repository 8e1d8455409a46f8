import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LoginTurns } from './login-turns.ts'

describe('taking turns', () => {
  it('runs tries of one key one after another, also after one that failed', async () => {
    const turns = new LoginTurns()
    const order: string[] = []
    const task = (name: string) => async () => {
      order.push(`${name} begins`)
      await Promise.resolve()
      order.push(`${name} ends`)
      if (name === 'a') throw new Error('mine')
    }
    await Promise.allSettled([turns.run('x', task('a')), turns.run('x', task('b')), turns.run('y', task('c'))])
    assert.ok(order.indexOf('a ends') < order.indexOf('b begins'))
    assert.ok(order.indexOf('c begins') < order.indexOf('a ends'))
  })

  it('refuses when too many wait, and goes on when they are gone', async () => {
    const turns = new LoginTurns()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const running = Array.from({ length: 21 }, () => turns.run('x', () => held))
    assert.equal(((await running[20]) as { code: string }).code, 'API_TOO_MANY_REQUESTS')
    release()
    await Promise.all(running)
    assert.equal(await turns.run('x', async () => 'done'), 'done')
  })
})

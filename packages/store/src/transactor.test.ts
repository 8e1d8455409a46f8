import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import type { LedgerEvent } from '@vaxel/core'
import type { WritingDatabase } from './database.ts'
import { EventFan } from './event-fan.ts'
import type { Unit, UnitOutcome } from './sqlite/messages.ts'
import { Transactor } from './transactor.ts'

const event: LedgerEvent = { kind: 'call.held', atMs: 0, companyId: 'c' as CompanyId, data: {} }

/** A database thread that answers when it is told to. */
class SlowThread {
  readonly groups: Unit[][] = []
  #answers: ((outcomes: readonly UnitOutcome[]) => void)[] = []
  #last = 0

  commit(units: string): Promise<readonly UnitOutcome[]> {
    this.groups.push(JSON.parse(units) as Unit[])
    return new Promise((resolve) => this.#answers.push(resolve))
  }

  /** Writes the group that is on its way, or fails all of it. */
  async answer(fault?: string): Promise<void> {
    const group = this.groups.at(-1)!
    this.#answers.shift()!(group.map(([, events]) => fault ?? (this.#last += events.length)))
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

function make() {
  const thread = new SlowThread()
  const fan = new EventFan(silentLogger)
  return { thread, fan, transactor: new Transactor({ database: thread as unknown as WritingDatabase, fan }) }
}

describe('group commit', () => {
  it('gathers what comes while a transaction is on its way into the next one', async () => {
    const { thread, transactor } = make()
    const first = transactor.commit([], [event])
    await Promise.resolve()
    const rest = Array.from({ length: 600 }, () => transactor.commit([], [event]))
    assert.equal(transactor.queued, 600)
    await thread.answer()
    assert.equal(await first, 1)
    await thread.answer()
    await thread.answer()
    assert.deepEqual(
      thread.groups.map((group) => group.length),
      [1, 512, 88],
    )
    assert.deepEqual(
      await Promise.all(rest),
      Array.from({ length: 600 }, (_, i) => i + 2),
    )
  })

  it('shows a change before its events are told, and tells nothing of what was not written', async () => {
    const { thread, fan, transactor } = make()
    const order: string[] = []
    fan.subscribe((events) => order.push(...events.map(({ number }) => `told ${number}`)))
    const shown = transactor.commit([], [event], () => order.push('shown'))
    await Promise.resolve()
    await thread.answer()
    await shown
    const lost = transactor.commit([], [event], () => order.push('never'))
    await Promise.resolve()
    const rejected = assert.rejects(lost, /disk is full/)
    await thread.answer('database or disk is full')
    await rejected
    assert.deepEqual(order, ['shown', 'told 1'])
  })

  it('knows that writing fails until it works again; a broken rule is no fault of the database', async () => {
    const { thread, transactor } = make()
    const attempt = async (fault?: string) => {
      const result = transactor.commit([[0]]).catch(() => {})
      await Promise.resolve()
      await thread.answer(fault)
      await result
      return transactor.fault
    }
    assert.equal(await attempt('UNIQUE constraint failed: users.name'), undefined)
    assert.equal(await attempt('database or disk is full'), 'database or disk is full')
    assert.equal(await attempt('UNIQUE constraint failed: users.name'), 'database or disk is full')
    assert.equal(await attempt(), undefined)
  })
})

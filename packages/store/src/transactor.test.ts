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

  commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    this.groups.push([...units])
    return new Promise((resolve) => this.#answers.push(resolve))
  }

  /** Writes the group that is on its way, or fails all of it. */
  async answer(fault?: string): Promise<void> {
    const group = this.groups.at(-1)!
    this.#answers.shift()!(group.map(([, events]) => fault ?? (this.#last += events.length)))
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

function make(now?: () => number) {
  const thread = new SlowThread()
  const fan = new EventFan(silentLogger)
  return {
    thread,
    fan,
    transactor: new Transactor({ database: thread as unknown as WritingDatabase, fan, ...(now && { now }) }),
  }
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

  it('lets many who wait share a transaction, but keeps nobody waiting when there are few', async () => {
    const { thread, transactor } = make(() => 1000)
    const commit = () => transactor.commit([], [event])
    const few = Array.from({ length: 10 }, commit)
    await Promise.resolve()
    await thread.answer()
    await Promise.all(few)
    const eleventh = commit()
    await Promise.resolve()
    assert.equal(thread.groups.length, 1, 'busy from now on')
    const more = [commit(), commit(), commit()]
    while (thread.groups.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    await thread.answer()
    assert.deepEqual([await eleventh, ...(await Promise.all(more))], [11, 12, 13, 14])
    const many = Array.from({ length: 64 }, commit)
    await Promise.resolve()
    assert.equal(thread.groups.at(-1)!.length, 64, 'a full group goes at once')
    await thread.answer()
    await Promise.all(many)
  })

  it('does not slow down one who writes many things, each after the other', async () => {
    let nowMs = 0
    const { thread, transactor } = make(() => nowMs)
    let pauses = 0
    for (let i = 0; i < 200; i++) {
      nowMs += 1
      const done = transactor.commit([], [event])
      await Promise.resolve()
      if (thread.groups.length === i) pauses++
      while (thread.groups.length === i) await new Promise((resolve) => setTimeout(resolve, 1))
      await thread.answer()
      await done
    }
    assert.ok(pauses > 0 && pauses < 10, `${pauses} pauses for 200 writes`)
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

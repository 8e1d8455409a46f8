import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit'
import type { WritingDatabase } from '../database.ts'
import { isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import type { ReplayMark } from './journal-entry.ts'
import { Replay } from './replay.ts'

const putMark = 0
const putRow = 1
const damaged = 'could not read block 7 of a table'

/** Takes each unit as its own transaction; some places of it may be damaged, or no answer may come. */
class ScriptedDatabase implements WritingDatabase {
  readonly away = undefined
  readonly rows: string[] = []
  readonly events: string[] = []
  mark: ReplayMark | undefined
  attempts = 0
  /** Rows that have their place where it is damaged. */
  damagedRows = new Set<string>()
  isDamaged = false
  /** Rows whose unit is written, but nobody hears of it. */
  unheard = new Set<string>()

  statement(): number {
    return 0
  }

  async commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    return units.map((unit) => this.#write(unit))
  }

  #write([writes, events]: Unit): UnitOutcome {
    this.attempts++
    const rows = writes.flatMap(([statement, value]) => (statement === putRow ? [String(value)] : []))
    if (this.isDamaged || rows.some((row) => this.damagedRows.has(row))) return { away: damaged, isDoubtful: true }
    this.rows.push(...rows)
    for (const [, , , kind] of events) this.events.push(kind)
    for (const [statement, , mark] of writes)
      if (statement === putMark) this.mark = JSON.parse(String(mark)) as ReplayMark
    if (rows.some((row) => this.unheard.delete(row))) return { away: 'the connection is lost' }
    return this.events.length
  }

  async lastEvent(): Promise<number> {
    return this.events.length
  }

  async check(): Promise<void> {}
  hurry(): void {}
  async close(): Promise<void> {}
}

const unit = (name: string, events = 1): Unit => [
  [[putRow, name]],
  Array.from({ length: events }, () => [0, 'company', null, name, {}]),
]

function start() {
  const database = new ScriptedDatabase()
  const clock = new VirtualClock()
  const of = { id: 'journal', generation: 1 }
  const replay = new Replay({ database, clock, log: silentLogger, putMark, of })
  let sequence = 0
  let after = 0
  const add = (...units: readonly Unit[]): void => {
    replay.add({ sequence: ++sequence, after, units })
    for (const [, events] of units) after += events.length
  }
  return { database, clock, replay, add }
}

describe('writing a journal to the database', () => {
  it('takes a damaged place for that of all at first, and then leaves out what belongs there, but no event', async () => {
    const { database, clock, replay, add } = start()
    database.damagedRows.add('bad')
    for (const name of ['a', 'bad', 'c']) add(unit(name))
    assert.equal(await replay.run(), damaged)
    assert.deepEqual(database.rows, ['a'])
    assert.equal(replay.isInDoubt, true)
    clock.advance(29_000)
    assert.equal(await replay.run(), damaged)
    clock.advance(1_000)
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['a', 'c'])
    assert.deepEqual(database.events, ['a', 'bad', 'c'])
  })

  it('waits for no second one of a damaged place, until an hour later', async () => {
    const { database, clock, replay, add } = start()
    database.damagedRows.add('bad')
    add(unit('bad'))
    await replay.run()
    clock.advance(30_000)
    assert.equal(await replay.run(), undefined)
    add(unit('bad'))
    add(unit('b'))
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['b'])
    clock.advance(3_600_000)
    add(unit('bad'))
    assert.equal(await replay.run(), damaged)
    assert.deepEqual(database.events, ['bad', 'bad', 'b'])
  })

  it('leaves nothing out while the database takes nothing at all, however long', async () => {
    const { database, clock, replay, add } = start()
    database.isDamaged = true
    for (const name of ['a', 'b']) add(unit(name))
    for (let minute = 0; minute < 100; minute++) {
      assert.equal(await replay.run(), damaged)
      clock.advance(60_000)
    }
    assert.equal(replay.isInDoubt, false)
    database.isDamaged = false
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['a', 'b'])
    assert.deepEqual(database.events, ['a', 'b'])
  })

  it('has patience anew after a fault that passed', async () => {
    const { database, clock, replay, add } = start()
    add(unit('a'))
    database.isDamaged = true
    assert.equal(await replay.run(), damaged)
    clock.advance(20_000)
    database.isDamaged = false
    assert.equal(await replay.run(), undefined)
    add(unit('b'))
    database.damagedRows.add('b')
    clock.advance(20_000)
    assert.equal(await replay.run(), damaged)
    database.damagedRows.clear()
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['a', 'b'])
  })

  it('goes on within an entry of which the first units were written, though nobody heard of it', async () => {
    const { database, replay, add } = start()
    const units = [unit('a', 2), unit('b', 0), unit('c')]
    database.unheard.add('a')
    assert.ok(isAway((await database.commit([units[0]!]))[0]))
    add(...units)
    add(unit('d'))
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['a', 'b', 'c', 'd'])
    assert.deepEqual(database.events, ['a', 'a', 'c', 'd'])
    assert.equal(database.mark?.sequence, 2)
  })

  it('writes no unit twice whose answer was lost among others of its entry', async () => {
    const { database, clock, replay, add } = start()
    database.damagedRows.add('bad')
    database.unheard.add('b')
    add(unit('a'), unit('bad'), unit('b'), unit('last', 0))
    assert.equal(await replay.run(), damaged)
    clock.advance(30_000)
    assert.equal(await replay.run(), 'the connection is lost')
    assert.equal(await replay.run(), undefined)
    assert.deepEqual(database.rows, ['a', 'b', 'last'])
    assert.deepEqual(database.events, ['a', 'bad', 'b'])
  })
})

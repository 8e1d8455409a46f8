import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import fc from 'fast-check'
import type { WritingDatabase } from '../database.ts'
import { isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import type { ReplayMark } from './journal-entry.ts'
import { JournalFile } from './journal-file.ts'
import type { Journal } from './journal-thread.ts'
import { JournalledDatabase } from './journalled-database.ts'

const putSetting = 'put setting'
const put = 'put row'

/** What survives a process: the rows and events of a database, and its switches. */
class Disk {
  readonly events: string[] = []
  readonly rows: string[] = []
  mark: ReplayMark | undefined
  isAway = false
  /** The next transaction is written, but nobody hears of it. */
  losesAnswer = false
  refused: string | undefined
  /** How much was there before what was taken last. */
  #before: { events: number; rows: number; mark: ReplayMark | undefined } = { events: 0, rows: 0, mark: undefined }

  remember(): void {
    this.#before = { events: this.events.length, rows: this.rows.length, mark: this.mark }
  }

  /** It died in the moment in which it took something: it had said yes, and kept nothing. */
  loseLast(): void {
    this.events.length = this.#before.events
    this.rows.length = this.#before.rows
    this.mark = this.#before.mark
  }
}

/** A process's view of it. */
class FakeDatabase implements WritingDatabase {
  readonly away = undefined
  readonly #disk: Disk
  readonly #sql: string[] = []

  constructor(disk: Disk) {
    this.#disk = disk
  }

  statement(sql: string): number {
    return this.#sql.push(sql) - 1
  }

  async commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    const disk = this.#disk
    if (disk.isAway) return units.map(() => ({ away: 'disk is full' }))
    disk.remember()
    const outcomes = units.map((unit): UnitOutcome => {
      const [writes, events] = unit
      if (writes.some(([, value]) => value === disk.refused && value !== undefined)) return 'constraint failed'
      for (const [statement, ...parameters] of writes) {
        if (this.#sql[statement] === putSetting) disk.mark = JSON.parse(String(parameters[1])) as ReplayMark
        else if (this.#sql[statement] === put) disk.rows.push(String(parameters[0]))
        else assert.fail('a statement that nobody prepared')
      }
      for (const [, , , kind] of events) disk.events.push(kind)
      return disk.events.length
    })
    if (!disk.losesAnswer) return outcomes
    disk.losesAnswer = false
    return units.map(() => ({ away: 'the connection is lost' }))
  }

  async lastEvent(): Promise<number> {
    if (this.#disk.isAway) throw new Error('disk is full')
    return this.#disk.events.length
  }

  async check(): Promise<void> {}
  hurry(): void {}
  async close(): Promise<void> {}
}

/** The journal's file without its thread. */
class PlainJournal implements Journal {
  readonly sizeBytes: number
  isBroken = false
  readonly #file: JournalFile

  constructor(file: JournalFile, sizeBytes: number) {
    this.#file = file
    this.sizeBytes = sizeBytes
  }

  get usedBytes(): number {
    return this.#file.usedBytes
  }

  async append(text: string): Promise<boolean> {
    if (this.isBroken) throw new Error('read-only file system')
    return this.#file.append(text)
  }

  async clear(): Promise<void> {
    this.#file.clear()
  }

  async close(): Promise<void> {
    this.#file.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'vaxel-journalled-'))
const path = join(folder, 'journal')

/** A process over the disk and the journal's file. */
async function start(disk: Disk, sizeBytes = 64 * 1024) {
  const { file, found } = JournalFile.open(path, sizeBytes)
  const journal = new PlainJournal(file, found.sizeBytes)
  const inner = new FakeDatabase(disk)
  inner.statement('of somebody else')
  const mark =
    disk.mark?.id === found.id ? disk.mark : { id: found.id, generation: found.generation, sequence: 0, units: 0 }
  disk.mark = mark
  // A start writes to it: what was there before is kept.
  disk.remember()
  const database = await JournalledDatabase.open({
    inner,
    clock: systemClock,
    log: silentLogger,
    putSetting,
    opened: { journal, found, mark },
  })
  const statement = database.statement(put)
  const write = async (name: string, events = 1): Promise<UnitOutcome> => {
    const unit: Unit = [[[statement, name]], Array.from({ length: events }, () => [0, 'company', null, name, {}])]
    const [outcome] = await database.commit([unit])
    return outcome!
  }
  return { database, journal, write }
}

const untilItIsBack = async (database: JournalledDatabase): Promise<void> => {
  while (database.isStandIn) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a database with a journal', () => {
  beforeEach(() => rmSync(path, { force: true }))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('goes on with the numbers while the database is away, and gives it everything in order when it is back', async () => {
    const disk = new Disk()
    const { database, write, journal } = await start(disk)
    assert.equal(await write('a'), 1)
    disk.isAway = true
    assert.deepEqual([await write('b', 2), await write('c', 0), await write('d')], [3, 3, 4])
    assert.equal(database.isStandIn, true)
    assert.equal(database.away, undefined)
    assert.equal(database.trouble?.entries, 3)
    assert.deepEqual(
      database.waitingEvents().map(({ number, kind }) => `${number} ${kind}`),
      ['2 b', '3 b', '4 d'],
    )
    assert.equal(database.trouble?.why, 'disk is full')
    disk.isAway = false
    await untilItIsBack(database)
    assert.deepEqual(disk.events, ['a', 'b', 'b', 'd'])
    assert.deepEqual(disk.rows, ['a', 'b', 'c', 'd'])
    assert.equal(journal.usedBytes, 0)
    assert.equal(await write('e'), 5)
    await database.close()
  })

  it('writes nothing twice when only the answer was lost', async () => {
    const disk = new Disk()
    const { database, write } = await start(disk)
    await write('a')
    disk.losesAnswer = true
    assert.equal(await write('b'), 2)
    assert.equal(await write('c'), 3)
    await untilItIsBack(database)
    assert.deepEqual(disk.events, ['a', 'b', 'c'])
    assert.deepEqual(disk.rows, ['a', 'b', 'c'])
    await database.close()
  })

  it('keeps the numbers of events of an entry that the database refuses, and writes its neighbours', async () => {
    const disk = new Disk()
    const { database, write } = await start(disk)
    disk.isAway = true
    for (const name of ['a', 'bad', 'c']) await write(name)
    disk.refused = 'bad'
    disk.isAway = false
    await untilItIsBack(database)
    assert.deepEqual(disk.rows, ['a', 'c'])
    assert.deepEqual(disk.events, ['a', 'bad', 'c'])
    await database.close()
  })

  it('says that nothing new should begin before the journal is full; what it does not take waits for the database', async () => {
    const disk = new Disk()
    const { database, write } = await start(disk, 16 * 512)
    disk.isAway = true
    let count = 0
    while (database.away === undefined) await write(`${count++}`)
    assert.equal(count, 13)
    assert.match(database.away, /disk is full; the journal is nearly full/)
    for (; count < 15; count++) assert.equal(await write(`${count}`), count + 1)
    const waits = write('waits')
    let isDone = false
    void waits.then(() => {
      isDone = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(isDone, false)
    assert.match(database.away, /the journal is full/)
    disk.isAway = false
    assert.equal(await waits, 16)
    await untilItIsBack(database)
    assert.equal(database.away, undefined)
    assert.equal(disk.events.length, 16)
    await database.close()
  })

  it('goes on in memory when the journal cannot be written either', async () => {
    const disk = new Disk()
    const { database, write, journal } = await start(disk)
    disk.isAway = true
    journal.isBroken = true
    const waits = write('a')
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.match(database.away ?? '', /the journal cannot be written: read-only file system/)
    disk.isAway = false
    assert.equal(await waits, 1)
    await untilItIsBack(database)
    assert.deepEqual(disk.rows, ['a'])
    await database.close()
  })

  it('has what a dying disk had said yes to last, and lost', async () => {
    const disk = new Disk()
    const { write, database } = await start(disk)
    await write('a')
    await write('b', 2)
    disk.isAway = true
    assert.equal(await write('c'), 4)
    await database.close()
    disk.isAway = false
    disk.loseLast()
    const again = await start(disk)
    assert.deepEqual(disk.events, ['a', 'b', 'b', 'c'])
    assert.deepEqual(disk.rows, ['a', 'b', 'c'])
    assert.equal(await again.write('d'), 5)
    await again.database.close()
  })

  it('leaves the numbers of events empty that the database has lost before', async () => {
    const disk = new Disk()
    const { write, database } = await start(disk)
    for (const name of ['a', 'b', 'c', 'd']) await write(name)
    disk.isAway = true
    await write('e')
    await database.close()
    disk.isAway = false
    disk.events.length = 1
    const again = await start(disk)
    assert.deepEqual(disk.events, ['a', 'ledger.gap', 'ledger.gap', 'd', 'e'])
    await again.database.close()
  })

  it('does not start on a database that has gone on without it', async () => {
    const disk = new Disk()
    const { write, database } = await start(disk)
    await write('a')
    disk.isAway = true
    await write('b', 3)
    await database.close()
    disk.isAway = false
    disk.events.push('of another', 'of another')
    await assert.rejects(start(disk), /2 entries wait in the journal/)
  })

  it('has each acknowledged entry once and in order after any sequence of outages, lost answers and kills', async () => {
    const step = fc.constantFrom(
      'write',
      'write',
      'write-silently',
      'away',
      'back',
      'wait',
      'lose-answer',
      'kill',
      'lose-last',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        rmSync(path, { force: true })
        const disk = new Disk()
        let process = await start(disk)
        const acknowledged: string[] = []
        const events: string[] = []
        let count = 0
        for (const one of steps) {
          if (one === 'away') disk.isAway = true
          else if (one === 'back') disk.isAway = false
          else if (one === 'lose-answer') disk.losesAnswer = true
          else if (one === 'wait') await new Promise((resolve) => setImmediate(resolve))
          else if (one === 'kill' || one === 'lose-last') {
            // The process is gone, whatever it was doing; a new one can only start on a database that is there.
            const isDying = one === 'lose-last' && !disk.isAway && !process.database.isStandIn
            disk.isAway = true
            if (isDying) await process.write(String(count), 0)
            if (isDying) acknowledged.push(String(count++))
            await new Promise((resolve) => setImmediate(resolve))
            disk.losesAnswer = false
            await process.database.close()
            disk.isAway = false
            if (isDying) disk.loseLast()
            process = await start(disk)
          } else {
            const name = String(count++)
            const number = await process.write(name, one === 'write' ? 1 : 0)
            assert.ok(!isAway(number))
            acknowledged.push(name)
            if (one === 'write') events.push(name)
            assert.equal(number, events.length)
          }
        }
        disk.isAway = false
        disk.losesAnswer = false
        await process.database.close()
        process = await start(disk)
        await process.database.close()
        assert.deepEqual(disk.events, events)
        // A row without an event may be written again at once, which changes nothing.
        assert.deepEqual(
          disk.rows.filter((name, i) => name !== disk.rows[i - 1]),
          acknowledged,
        )
      }),
      { numRuns: 100 },
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'
import { AudioNotes } from './audio-notes.ts'

function start() {
  const clock = new VirtualClock()
  const written: (readonly [call: unknown, atMs: unknown])[][] = []
  const transactor = {
    isStandIn: false,
    away: undefined,
    commit: async (writes: readonly Write[]) => void written.push(writes.map(([, atMs, call]) => [call, atMs])),
  }
  const notes = new AudioNotes({
    transactor: transactor as unknown as Transactor,
    clock,
    log: silentLogger,
    noteAudio: 1,
  })
  const note = (call: string, atMs: number) => notes.add([{ callId: call as CallId, atMs }])
  return { clock, written, notes, note, transactor }
}

describe('the last audio of calls', () => {
  it('is written at once, with what is told in the same moment', async () => {
    const { clock, written, note } = start()
    note('a', 1000)
    note('b', 1010)
    note('a', 990)
    await clock.advanceAsync(20)
    assert.deepEqual(written, [
      [
        ['a', 1000],
        ['b', 1010],
      ],
    ])
  })

  it('is written once a second of a call whose sides tell of it one after the other', async () => {
    const { clock, written, note } = start()
    for (let ms = 1000; ms < 6000; ms += 1000) {
      note('a', ms)
      await clock.advanceAsync(100)
      note('a', ms + 100)
      await clock.advanceAsync(900)
    }
    assert.deepEqual(
      written.flat(),
      [1000, 2000, 3000, 4000, 5000].map((ms) => ['a', ms]),
    )
  })

  it('waits longer while the journal stands in, and keeps what is newest', async () => {
    const { clock, written, note, transactor } = start()
    transactor.isStandIn = true
    for (let ms = 0; ms < 9000; ms += 1000) {
      note('a', 1000 + ms)
      await clock.advanceAsync(1000)
    }
    assert.deepEqual(written, [])
    await clock.advanceAsync(1000)
    assert.deepEqual(written, [[['a', 9000]]])
  })

  it('is written with what is left when it closes', async () => {
    const { notes, note, written } = start()
    note('a', 5000)
    await notes.close()
    assert.deepEqual(written, [[['a', 5000]]])
  })
})

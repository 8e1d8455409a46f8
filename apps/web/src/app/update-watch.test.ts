import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UpdateWatch } from './update-watch.ts'

function bench() {
  const timers: (() => void)[] = []
  const seen = { nowMs: 0, isBusy: false, reloads: 0, told: 0 }
  const watch = new UpdateWatch({
    buildId: 'a',
    clock: {
      nowMs: () => seen.nowMs,
      startTimer: (_, run) => {
        timers.push(run)
        return () => {}
      },
    },
    isBusy: () => seen.isBusy,
    reload: () => void seen.reloads++,
    tell: () => {
      seen.told++
      return () => {}
    },
  })
  const pass = (ms: number) => {
    seen.nowMs += ms
    for (const run of timers.splice(0)) run()
  }
  return { watch, seen, pass }
}

describe('a newer version of the app', () => {
  it('is told of once, and loaded when nobody has touched the page for a while', () => {
    const { watch, seen, pass } = bench()
    watch.serverHas('a')
    assert.equal(seen.told, 0)
    watch.serverHas('b')
    watch.serverHas('b')
    assert.equal(seen.told, 1)
    pass(60_000)
    watch.touched()
    pass(90_000)
    assert.equal(seen.reloads, 0)
    pass(60_000)
    assert.equal(seen.reloads, 1)
  })

  it('waits for the end of a call, however long it lasts', () => {
    const { watch, seen, pass } = bench()
    seen.isBusy = true
    watch.serverHas('b')
    for (let minutes = 0; minutes < 60; minutes++) pass(60_000)
    assert.equal(seen.reloads, 0)
    seen.isBusy = false
    pass(15_000)
    assert.equal(seen.reloads, 1)
  })
})

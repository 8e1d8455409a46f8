import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { type LockWish, TabLock, type TabMeans } from './tab-lock.ts'

/** Some tabs of one browser: with its locks, or with a lease in its storage. */
function browser({ hasLocks }: { readonly hasLocks: boolean }) {
  const clock = new VirtualClock()
  const listeners = new Map<string, Set<(message: unknown) => void>>()
  const queue: LockWish[] = []
  let holder: LockWish | undefined
  let lease: { owner: string; untilMs: number } | undefined
  const serveNext = () => {
    holder = queue.shift()
    if (holder) give(holder)
  }
  const give = (wish: LockWish) => {
    holder = wish
    void wish.held().then(() => {
      if (holder === wish) serveNext()
    })
  }
  const lock = (wish: LockWish) => {
    if (!wish.isTaking && holder) return void queue.push(wish)
    const robbed = holder
    give(wish)
    robbed?.lost()
  }
  const tab = (tabId: string) => {
    const own = new Set<(message: unknown) => void>()
    listeners.set(tabId, own)
    const means: TabMeans = {
      ...(hasLocks ? { lock } : {}),
      channel: {
        post: (message) => {
          for (const [id, heard] of listeners) if (id !== tabId) for (const listener of [...heard]) listener(message)
        },
        onMessage: (listener) => {
          own.add(listener)
          return () => void own.delete(listener)
        },
      },
      lease: { get: () => lease, set: (value) => void (lease = value) },
      nowMs: () => clock.now(),
      startTimer: (delayMs, run) => {
        const timer = clock.startTimer(delayMs, run)
        return () => timer.stop()
      },
      tabId,
    }
    const made = new TabLock(means)
    made.begin()
    return made
  }
  /** A tab that is gone without a word. */
  const leave = (atMs: number) => void (lease = { owner: 'gone', untilMs: atMs })
  return { clock, tab, leave }
}

for (const hasLocks of [true, false])
  describe(`one tab holds the phone, by ${hasLocks ? 'a lock' : 'a lease'}`, () => {
    it('is held by the first, and by the next as soon as that one ends', async () => {
      const { clock, tab } = browser({ hasLocks })
      const [first, second] = [tab('1'), tab('2')]
      await clock.advanceAsync(0)
      assert.deepEqual([first.isHolder.get(), second.isHolder.get()], [true, false])
      first.end()
      await clock.advanceAsync(1000)
      assert.deepEqual([first.isHolder.get(), second.isHolder.get()], [false, true])
      second.end()
    })

    it('comes to the tab that asks, and stays there', async () => {
      const { clock, tab } = browser({ hasLocks })
      const [first, second] = [tab('1'), tab('2')]
      await clock.advanceAsync(0)
      second.takeOver()
      await clock.advanceAsync(1000)
      assert.deepEqual([first.isHolder.get(), second.isHolder.get()], [false, true])
      await clock.advanceAsync(30_000)
      assert.deepEqual([first.isHolder.get(), second.isHolder.get()], [false, true])
      first.takeOver()
      await clock.advanceAsync(1000)
      assert.deepEqual([first.isHolder.get(), second.isHolder.get()], [true, false])
    })

    it('comes to the tab that asks when three are there', async () => {
      const { clock, tab } = browser({ hasLocks })
      const tabs = [tab('1'), tab('2'), tab('3')]
      await clock.advanceAsync(0)
      tabs[2]!.takeOver()
      await clock.advanceAsync(1000)
      assert.deepEqual(
        tabs.map(({ isHolder }) => isHolder.get()),
        [false, false, true],
      )
    })
  })

describe('a lease', () => {
  it('is waited for until it has run out, when its tab has crashed', async () => {
    const { clock, tab, leave } = browser({ hasLocks: false })
    leave(clock.now() + 3000)
    const next = tab('2')
    await clock.advanceAsync(2500)
    assert.equal(next.isHolder.get(), false)
    await clock.advanceAsync(1000)
    assert.equal(next.isHolder.get(), true)
    next.end()
    assert.equal(clock.waiting, 0)
  })
})

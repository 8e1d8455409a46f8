import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EventStreamClient, type StreamEvent, type StreamSocket } from './event-stream.ts'

function bench() {
  const sockets: (StreamSocket & { path: string; isClosed: boolean })[] = []
  const timers: { delayMs: number; run: () => void }[] = []
  const ended: string[] = []
  const stream = new EventStreamClient({
    connect: (path) => {
      const socket = {
        path,
        isClosed: false,
        onopen: null,
        onmessage: null,
        onclose: null,
        close: () => {
          socket.isClosed = true
        },
      }
      sockets.push(socket)
      return socket
    },
    nowMs: () => 1000,
    startTimer: (delayMs, run) => {
      timers.push({ delayMs, run })
      return () => void timers.pop()
    },
    random: () => 0.5,
    onSessionEnded: () => ended.push('ended'),
  })
  const event = (number: number): StreamEvent => ({ number, at: '', kind: 'call.ended', data: {} })
  const say = (message: object) => sockets.at(-1)!.onmessage?.({ data: JSON.stringify(message) })
  return { stream, sockets, timers, ended, event, say }
}

describe('the stream of events', () => {
  it('comes back with the number that it has, and says since when it was away', () => {
    const { stream, sockets, timers, event, say } = bench()
    const numbers: number[] = []
    stream.onEvent(({ number }) => numbers.push(number))
    let loads = 0
    stream.onLive(() => loads++)
    stream.open()
    sockets[0]!.onopen?.()
    say(event(7))
    sockets[0]!.onclose?.({ code: 1006 })
    assert.deepEqual(stream.state.get(), { name: 'lost', sinceMs: 1000 })
    timers.pop()!.run()
    assert.equal(sockets[1]!.path, '/api/v1/events?notices=1&brief=1&after=7')
    sockets[1]!.onopen?.()
    say(event(8))
    assert.deepEqual(numbers, [7, 8])
    assert.equal(loads, 2)
    assert.equal(stream.state.get().name, 'live')
  })

  it('waits longer after each failure, but not for ever, and hurries when told', () => {
    const { stream, sockets, timers } = bench()
    stream.open()
    const delays: number[] = []
    for (let tries = 0; tries < 10; tries++) {
      sockets.at(-1)!.onclose?.({ code: 1006 })
      const timer = timers.pop()!
      delays.push(timer.delayMs)
      timer.run()
    }
    assert.deepEqual(delays.slice(0, 4), [250, 500, 1000, 2000])
    assert.equal(delays.at(-1), 15_000)
    sockets.at(-1)!.onclose?.({ code: 1006 })
    const before = sockets.length
    stream.hurry()
    assert.equal(sockets.length, before + 1)
  })

  it('has things loaded once when it begins, and does not keep them back when it does not', () => {
    const { stream, sockets, timers } = bench()
    const loads: string[] = []
    stream.open()
    stream.onLive(() => loads.push('early'))
    assert.equal(loads.length, 0)
    sockets[0]!.onopen?.()
    assert.deepEqual(loads, ['early'])
    assert.equal(timers.length, 0)
    stream.onLive(() => loads.push('late'))
    assert.deepEqual(loads, ['early', 'late'])

    const slow = bench()
    slow.stream.open()
    slow.stream.onLive(() => loads.push('slow'))
    slow.timers.pop()!.run()
    assert.equal(loads.at(-1), 'slow')

    const cut = bench()
    cut.stream.open()
    cut.stream.onLive(() => loads.push('cut'))
    cut.sockets[0]!.onclose?.({ code: 1006 })
    assert.equal(loads.at(-1), 'cut')
    cut.stream.onLive(() => loads.push('without it'))
    assert.equal(loads.at(-1), 'without it')
  })

  it('gives notices to those who asked for the kind', () => {
    const { stream, sockets, say } = bench()
    const told: unknown[] = []
    const leave = stream.onNotice('presence.changed', ({ data }) => told.push(data))
    stream.open()
    sockets[0]!.onopen?.()
    say({ notice: 'presence.changed', at: '', data: { a: 1 } })
    say({ notice: 'chat.typing', at: '', data: {} })
    leave()
    say({ notice: 'presence.changed', at: '', data: { a: 2 } })
    assert.deepEqual(told, [{ a: 1 }])
  })

  it('ends with the session and does not come back by itself', () => {
    const { stream, sockets, timers, ended } = bench()
    stream.open()
    sockets[0]!.onopen?.()
    sockets[0]!.onclose?.({ code: 1008 })
    assert.deepEqual(ended, ['ended'])
    assert.equal(timers.length, 0)
    assert.equal(stream.state.get().name, 'closed')
  })
})

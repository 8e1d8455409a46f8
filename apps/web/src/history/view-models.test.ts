import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { en } from '../words/en.ts'
import type { Call } from './call-in-list.ts'
import { lineOf } from './call-in-list.ts'
import { CallsViewModel } from './calls-view-model.ts'
import type { Story } from './call-view-model.ts'
import { ladderOf } from './ladder.ts'
import { stepText, verdictText } from './story-words.ts'
import { layOut, qualityWord } from './timeline.ts'

const call = (more: Partial<Call> = {}): Call => ({
  id: 'c1',
  companyId: 'acme',
  direction: 'internal',
  startedAt: '2026-11-21T09:00:00.000Z',
  endedAt: '2026-11-21T09:01:00.000Z',
  caller: { number: '202', name: 'Bo', userId: 'bo' },
  called: { number: '201', name: 'Anna', userId: 'anna' },
  dialled: '201',
  ...more,
})

describe('a call in the list', () => {
  it('is told from the side of whoever looks', () => {
    assert.deepEqual([lineOf(call(), 'anna').outcome, lineOf(call(), 'anna').other.name], ['missed', 'Bo'])
    assert.deepEqual([lineOf(call(), 'bo').outcome, lineOf(call(), 'bo').other.name], ['unanswered', 'Anna'])
    assert.equal(lineOf(call({ answeredAt: '2026-11-21T09:00:05.000Z' }), 'anna').outcome, 'answered')
    assert.equal(lineOf(call({ caller: { number: 'anonymous' } }), 'anna').number, undefined)
  })
})

describe('the list of calls', () => {
  /** An API whose answers come when the test says so. */
  function world() {
    const asked: {
      query: Record<string, unknown>
      answer: (items: Call[], next?: string) => void
      fail: () => void
    }[] = []
    const timers: (() => void)[] = []
    const api = {
      call: (_: string, request: { query: Record<string, unknown> }) =>
        new Promise((resolve, reject) => {
          const answer = (items: Call[], next?: string) => resolve({ items, ...(next ? { next } : {}) })
          asked.push({ query: request.query, answer, fail: () => reject(new Error('away')) })
        }),
    }
    const clock = {
      nowMs: () => 5,
      startTimer: (_: number, run: () => void) => {
        timers.push(run)
        return () => void timers.splice(timers.indexOf(run), 1)
      },
    }
    const list = new CallsViewModel({ api: api as never, clock })
    const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
    return { list, asked, timers, settle }
  }

  it('drops an answer that came after a newer question', async () => {
    const { list, asked, settle } = world()
    void list.load()
    list.choose({ outcome: 'missed' })
    asked[1]!.answer([call({ id: 'new' })])
    asked[0]!.answer([call({ id: 'old' })])
    await settle()
    assert.deepEqual(
      list.state.get().calls?.map(({ id }) => id),
      ['new'],
    )
    assert.equal(asked[1]!.query.outcome, 'missed')
  })

  it('keeps what it shows when the server does not answer', async () => {
    const { list, asked, settle } = world()
    void list.load()
    asked[0]!.answer([call()])
    await settle()
    void list.load()
    asked[1]!.fail()
    await settle()
    assert.equal(list.state.get().calls?.length, 1)
    assert.ok(list.state.get().fault)
  })

  it('asks once when somebody stops typing, and goes on to earlier calls', async () => {
    const { list, asked, timers, settle } = world()
    list.choose({ text: 'a' })
    list.choose({ text: 'an' })
    assert.equal(asked.length, 0)
    assert.equal(timers.length, 1)
    timers[0]!()
    asked[0]!.answer([call({ id: 'b' })], 'b')
    await settle()
    void list.more()
    assert.deepEqual([asked[1]!.query.before, asked[1]!.query.text], ['b', 'an'])
    asked[1]!.answer([call({ id: 'a' })])
    await settle()
    assert.deepEqual(
      list.state.get().calls?.map(({ id }) => id),
      ['b', 'a'],
    )
    assert.equal(list.state.get().next, undefined)
  })
})

describe('the story in words', () => {
  it('has a sentence for every step, also for what it does not know', () => {
    const { history } = en
    assert.equal(
      stepText(history, { code: 'forwarded', params: { who: 'Bo', to: '205', reason: 'user-busy' } }),
      'The call went on to 205, because Bo was on the phone or declined.',
    )
    assert.equal(
      stepText(history, { code: 'ended.caller-hung-up', params: { who: 'Bo', seconds: 3 } }),
      'Bo hung up after 3 s.',
    )
    assert.equal(stepText(history, { code: 'ended.whatever', params: {} }), 'The call ended.')
    assert.equal(
      stepText(history, { code: 'ended.media-timeout', params: { who: '+46855' } }),
      'No audio came from +46855 any more.',
    )
    assert.equal(stepText(history, { code: 'route.unheard-of', params: {} }), undefined)
    assert.equal(stepText(history, { code: 'constructor', params: {} }), undefined)
    assert.ok(verdictText(history, { code: 'unheard-of', params: {} }).length > 0)
  })
})

describe('the drawing of a call', () => {
  const story = {
    startedAt: '2026-11-21T09:00:00.000Z',
    endedAt: '2026-11-21T09:00:10.000Z',
    lanes: [
      {
        legId: 'a',
        spans: [
          { kind: 'ringing', from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T09:00:05.000Z' },
          { kind: 'talking', from: '2026-11-21T09:00:05.000Z' },
        ],
      },
    ],
  } as unknown as Story

  it('lays bars over the length of the call', () => {
    const { lanes, lengthMs, ticks } = layOut(story, 0)
    assert.equal(lengthMs, 10_000)
    assert.deepEqual(
      lanes[0]!.bars.map(({ from, width }) => [from, width]),
      [
        [0, 500],
        [500, 500],
      ],
    )
    assert.ok(ticks.length >= 2 && ticks.length <= 8)
  })

  it('says in a word how audio was', () => {
    assert.equal(qualityWord({ packets: 100, lossRatio: 0, mos: 4.3 }), 'good')
    assert.equal(qualityWord({ packets: 100, lossRatio: 0.2 }), 'poor')
    assert.equal(qualityWord(undefined), 'none')
  })

  it('reads messages as arrows between peers and the server', () => {
    const message = (direction: 'in' | 'out', remote: string, text: string) => ({
      at: '2026-11-21T09:00:00.000Z',
      sipCallId: 'x',
      direction,
      protocol: 'udp',
      local: 's',
      remote,
      text,
    })
    const { peers, rungs } = ladderOf([
      message('in', 'a', 'INVITE sip:201@x SIP/2.0\r\n'),
      message('out', 'b', 'INVITE sip:201@b SIP/2.0\r\n'),
      message('in', 'b', 'SIP/2.0 486 Busy Here\r\n'),
    ])
    assert.deepEqual(peers, ['a', 'b'])
    assert.deepEqual(
      rungs.map(({ name, peer, isIn, isError }) => [name, peer, isIn, isError]),
      [
        ['INVITE', 0, true, false],
        ['INVITE', 1, false, false],
        ['486 Busy Here', 1, true, true],
      ],
    )
  })
})

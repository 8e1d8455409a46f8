import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type CallId, type CompanyId, type LegId, silentLogger, systemClock, type UserId } from '@vaxel/base'
import type { CallRecord, LedgerEvent, LegRecord, NumberedEvent } from '@vaxel/core'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine, TestClock } from './store-engine.ts'

const companyId = 'company-1' as CompanyId
const startedAtMs = Date.UTC(2026, 0, 1)

const callOf = (id: string, more: Partial<CallRecord> = {}): CallRecord => ({
  id: id as CallId,
  companyId,
  direction: 'internal',
  startedAtMs,
  caller: { number: '201', name: 'Anna', userId: 'user-201' as UserId },
  dialled: '202',
  called: { number: '202' },
  ...more,
})

const legOf = (call: CallRecord, name: string, more: Partial<LegRecord> = {}): LegRecord => ({
  id: `${call.id}-${name}` as LegId,
  callId: call.id,
  companyId,
  role: 'caller',
  party: { number: name },
  startedAtMs,
  ...more,
})

const eventOf = (call: CallRecord, kind: string, data: Record<string, unknown> = {}): LedgerEvent => ({
  kind,
  atMs: startedAtMs,
  companyId,
  callId: call.id,
  data,
})

/** What the ledger promises, on any engine. */
export function testCallLedger(engine: StoreEngine): void {
  describe(`the call ledger (${engine.name})`, () => {
    let folder: string
    let store: Store
    let clock: TestClock
    let databaseUrl: string | undefined
    const at = () => ({ folder, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
    const reopen = async (mostMessages?: number) => {
      await store.close()
      store = await openStore({ ...at(), clock, log: silentLogger, ...(mostMessages ? { mostMessages } : {}) })
    }
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-ledger-'))
    })
    beforeEach(async () => {
      await store?.close()
      await rm(folder, { recursive: true, force: true })
      clock = engine.newClock(startedAtMs)
      databaseUrl = await engine.newDatabase()
      store = await openStore({ ...at(), clock, log: silentLogger })
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('gives back a call, its legs and its events as they were written', async () => {
      const call = callOf('a', {
        trunkId: 'trunk' as NonNullable<CallRecord['trunkId']>,
        costMicros: 7,
        answeredAtMs: startedAtMs + 1,
      })
      const quality = {
        received: { packets: 10, lossRatio: 0.1, jitterMs: 2.5, mos: 4.1, mosFormula: 'g107-2015-e-model' },
        sent: { packets: 11, lossRatio: 0, jitterMs: 1 },
      }
      const leg = legOf(call, '201', { quality, keying: 'sdes', codec: 'opus', remoteAddress: '127.0.0.1' })
      const event = eventOf(call, 'call.established', { leg: leg.id, nested: { list: [1, 'å', null] } })
      const number = await store.ledger.append({ call, legs: [leg], events: [event] })
      await reopen()
      const found = await store.history.call(call.id, companyId)
      assert.deepEqual(found, { call, legs: [leg], events: [{ ...event, number }], messages: [] })
      assert.equal(await store.history.call(call.id, 'other' as CompanyId), undefined)
    })

    it('writes whole rows over what was', async () => {
      const call = callOf('a')
      await store.ledger.append({ call, legs: [legOf(call, '201')], events: [] })
      const ended = {
        ...call,
        endedAtMs: startedAtMs + 5,
        termination: { blame: 'caller' as const, reason: 'hung-up' },
      }
      await store.ledger.append({ call: ended, legs: [legOf(call, '201', { endedAtMs: startedAtMs + 5 })], events: [] })
      await store.ledger.append({ call, isCallTold: true, legs: [legOf(call, '202')], events: [] })
      const found = await store.history.call(call.id)
      assert.deepEqual(found?.call, ended, 'what was told is not written again')
      assert.equal(found?.legs.length, 2)
    })

    it('numbers events without gaps in the order given, and tells them once durable', async () => {
      const told: NumberedEvent[] = []
      store.feed.subscribe((events) => told.push(...events))
      const call = callOf('a')
      const numbers = await Promise.all(
        Array.from({ length: 2000 }, (_, i) =>
          store.ledger.append({ events: [eventOf(call, 'first', { i }), eventOf(call, 'second', { i })] }),
        ),
      )
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => (i + 1) * 2),
      )
      assert.deepEqual(
        told.map(({ number, data }) => [number, data.i]),
        Array.from({ length: 4000 }, (_, i) => [i + 1, Math.floor(i / 2)]),
      )
      const stored = await store.history.events({ companyId, after: 3990, limit: 100 })
      assert.deepEqual(stored, told.slice(3990))
      await reopen()
      assert.equal(await store.ledger.append({ events: [eventOf(call, 'third')] }), 4001)
    })

    it('writes row and event together or not at all, and harms no neighbour of an entry that cannot be written', async () => {
      const good = callOf('good')
      const bad = { ...callOf('bad'), companyId: undefined as unknown as CompanyId }
      const results = await Promise.allSettled([
        store.ledger.append({ call: good, events: [eventOf(good, 'one')] }),
        store.ledger.append({ call: bad, legs: [legOf(bad, '201')], events: [eventOf(good, 'lost')] }),
        store.ledger.append({ events: [eventOf(good, 'two')] }),
      ])
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      )
      assert.deepEqual(
        (await store.history.events({ after: 0, limit: 10 })).map(({ number, kind }) => [number, kind]),
        [
          [1, 'one'],
          [2, 'two'],
        ],
      )
      assert.equal(await store.history.call(bad.id), undefined)
    })

    it('writes what was given before it was closed, and refuses what comes later', async () => {
      const call = callOf('a')
      const given = Array.from({ length: 700 }, () => store.ledger.append({ events: [eventOf(call, 'one')] }))
      const { ledger } = store
      await reopen()
      assert.deepEqual(
        await Promise.all(given),
        Array.from({ length: 700 }, (_, i) => i + 1),
      )
      assert.equal(store.feed.lastNumber, 700)
      await assert.rejects(ledger.append({ events: [eventOf(call, 'late')] }), /thread has ended|is closed/)
    })

    it('does not let a listener that throws harm another', async () => {
      const told: string[] = []
      store.feed.subscribe(() => {
        throw new Error('mine')
      })
      const stop = store.feed.subscribe((events) => told.push(...events.map(({ kind }) => kind)))
      await store.ledger.append({ events: [eventOf(callOf('a'), 'one')] })
      stop()
      await store.ledger.append({ events: [eventOf(callOf('a'), 'two')] })
      assert.deepEqual(told, ['one'])
    })

    it('ends calls that were open when the process died at their last second of audio', async () => {
      const heard = callOf('heard', { answeredAtMs: startedAtMs + 1000 })
      const answered = callOf('answered', { answeredAtMs: startedAtMs + 2000 })
      const ringing = callOf('ringing')
      const ended = callOf('ended', { endedAtMs: startedAtMs + 9 })
      for (const call of [heard, answered, ringing, ended])
        await store.ledger.append({ call, legs: [legOf(call, '201')], events: [] })
      store.ledger.noteAudio([{ callId: heard.id, atMs: startedAtMs + 60_000 }])
      store.ledger.noteAudio([{ callId: heard.id, atMs: startedAtMs + 59_000 }])
      await clock.advanceAsync(1000)
      // A later row that does not know of the audio must not forget it.
      const late = legOf(heard, '202', { startedAtMs: startedAtMs + 70_000 })
      await store.ledger.append({ call: heard, legs: [late], events: [] })
      await reopen()
      assert.equal(await store.ledger.closeOpenCalls(startedAtMs + 100_000), 3)
      assert.equal(await store.ledger.closeOpenCalls(startedAtMs + 100_000), 0)
      const endOf = async (call: CallRecord) => (await store.history.call(call.id))?.call.endedAtMs
      assert.deepEqual(
        [await endOf(heard), await endOf(answered), await endOf(ringing), await endOf(ended)],
        [startedAtMs + 60_000, startedAtMs + 2000, startedAtMs, startedAtMs + 9],
      )
      const found = (await store.history.call(heard.id))!
      assert.equal(found.call.termination?.reason, 'restarted')
      assert.equal(found.call.termination?.blame, 'us')
      assert.deepEqual(
        found.legs.map(({ endedAtMs }) => endedAtMs),
        [startedAtMs + 60_000, startedAtMs + 70_000],
      )
      assert.deepEqual(found.events.at(-1)?.data, {
        termination: found.call.termination,
        answered: true,
        direction: 'internal',
        talkMs: 59_000,
        endedAtMs: startedAtMs + 60_000,
      })
    })

    it('ends recordings that ran when the process died, once, with what is in their files', async () => {
      const open = callOf('open')
      const over = callOf('over', { endedAtMs: startedAtMs + 9 })
      const told = (call: CallRecord, kind: string, recording: string, file?: string): LedgerEvent => ({
        ...eventOf(call, kind),
        data: { recording, leg: 'leg', ...(file ? { file } : {}) },
      })
      await store.ledger.append({
        call: open,
        events: [
          told(open, 'recording.started', 'complete', 'complete.wav'),
          told(open, 'recording.ended', 'complete', 'complete.wav'),
          told(open, 'recording.started', 'cut', 'cut.wav'),
          told(open, 'recording.started', 'lost', 'lost.wav'),
        ],
      })
      await store.ledger.append({ call: over, events: [told(over, 'recording.started', 'late', 'late.wav')] })
      await reopen()
      const recordedMs = async (file: string) => (file === 'lost.wav' ? undefined : file.length * 100)
      await store.ledger.closeOpenCalls(startedAtMs + 100_000, recordedMs)
      await store.ledger.closeOpenCalls(startedAtMs + 100_000, recordedMs)
      const endsOf = async (call: CallRecord) =>
        (await store.history.call(call.id))!.events
          .filter(({ kind, atMs }) => kind === 'recording.ended' && atMs === startedAtMs + 100_000)
          .map(({ data }) => data)
      assert.deepEqual(await endsOf(open), [{ recording: 'cut', leg: 'leg', file: 'cut.wav', durationMs: 700 }])
      assert.deepEqual(await endsOf(over), [{ recording: 'late', leg: 'leg', file: 'late.wav', durationMs: 800 }])
    })

    it('keeps messages in order, in batches, and only so many', async () => {
      const traceOf = (callId: string, text: string) => ({
        callId: callId as CallId,
        companyId,
        atMs: startedAtMs,
        sipCallId: 'x',
        direction: 'in' as const,
        protocol: 'udp',
        local: '127.0.0.1:5060',
        remote: '127.0.0.1:40000',
        text,
      })
      const first = callOf('first')
      const last = callOf('last')
      await store.ledger.append({ call: first, events: [] })
      await store.ledger.append({ call: last, events: [] })
      const textsOf = async (id: CallId) => (await store.history.call(id))?.messages.map(({ text }) => text)
      await reopen(10)
      for (let i = 0; i < 8; i++) store.ledger.trace(traceOf('first', String(i)))
      await clock.advanceAsync(250)
      for (let i = 0; i < 8; i++) store.ledger.trace(traceOf('last', i === 0 ? 'x'.repeat(50_000) : String(i)))
      await clock.advanceAsync(250)
      await reopen(10)
      assert.deepEqual(await textsOf(first.id), ['0', '1', '2', '3', '4', '5', '6', '7'], 'two of them are kept still')
      const messages = (await store.history.call(last.id))!.messages
      assert.equal(messages.length, 8)
      assert.ok(messages[0]!.text.endsWith('[cut]') && messages[0]!.text.length < 17_000)
      for (let i = 0; i < 8; i++) store.ledger.trace(traceOf(i % 2 === 0 ? 'other' : 'last', `later ${i}`))
      await clock.advanceAsync(250)
      for (let i = 0; i < 8; i++) store.ledger.trace(traceOf('third', String(i)))
      await clock.advanceAsync(250)
      await reopen(10)
      assert.deepEqual(await textsOf(first.id), [])
      assert.deepEqual(await textsOf(last.id), ['later 1', 'later 3', 'later 5', 'later 7'])
    })

    it('finds calls by company, user, number, time and page', async () => {
      const calls = Array.from({ length: 10 }, (_, i) =>
        callOf(`call-${i}`, {
          startedAtMs: startedAtMs + i,
          companyId: (i === 9 ? 'company-2' : companyId) as CompanyId,
          called: { number: String(300 + i), ...(i === 3 ? { userId: 'user-3' as UserId } : {}) },
        }),
      )
      for (const call of calls) await store.ledger.append({ call, events: [] })
      await store.ledger.append({
        legs: [legOf(calls[5]!, 'x', { party: { number: '9', userId: 'user-3' as UserId } })],
        events: [],
      })
      const ids = async (filter: Parameters<Store['history']['calls']>[0]) =>
        (await store.history.calls(filter)).map(({ id }) => id)
      assert.deepEqual(await ids({ companyId, limit: 2 }), ['call-8', 'call-7'])
      assert.deepEqual(await ids({ companyId, limit: 2, before: 'call-7' as CallId }), ['call-6', 'call-5'])
      assert.deepEqual(await ids({ companyId, limit: 9, userId: 'user-3' as UserId }), ['call-5', 'call-3'])
      assert.deepEqual(await ids({ limit: 9, number: '309' }), ['call-9'])
      assert.deepEqual(await ids({ companyId, limit: 9, number: '309' }), [])
      assert.deepEqual(await ids({ limit: 9, fromMs: startedAtMs + 2, toMs: startedAtMs + 4 }), ['call-3', 'call-2'])
    })

    it('has everything that was acknowledged after kill -9, and lets the folder go', { timeout: 60_000 }, async () => {
      await store.close()
      const child = spawn(process.execPath, [
        join(import.meta.dirname, '..', 'ledger', 'append-until-killed.ts'),
        folder,
        ...(databaseUrl === undefined ? [] : [databaseUrl]),
      ])
      let acknowledged = 0
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged = Number(line)
        if (acknowledged >= 400) break
      }
      child.kill('SIGKILL')
      await once(child, 'exit')
      store = await openStore({ ...at(), clock: systemClock, log: silentLogger })
      const last = store.feed.lastNumber
      assert.ok(last >= acknowledged, `${last} of ${acknowledged}`)
      assert.equal((await store.history.calls({ limit: 1000 })).length, last)
    })
  })
}

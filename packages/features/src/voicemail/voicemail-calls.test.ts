import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger, systemRandom, type UserId } from '@vaxel/base'
import type { MailboxId } from '@vaxel/core'
import { MemoryVoicemail, MemoryVoiceFiles, wavOf } from '@vaxel/testkit'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createVoicemail } from './feature.ts'

/** The whole platform of calls in virtual time, with voicemail behind 700. */
function world() {
  const calls = new CallWorld()
  const store = new MemoryVoicemail()
  const files = new MemoryVoiceFiles()
  calls.directory.addNumber(calls.acme, '700', { kind: 'service', service: 'voicemail' })
  const voicemail = createVoicemail({
    store,
    files,
    directory: calls.directory,
    credentials: { hashPassword: async (pin) => pin, verifyPassword: async (pin, hash) => pin === hash },
    notices: { publish: () => {} },
    clock: calls.clock,
    random: systemRandom,
    log: silentLogger,
    mailer: () => undefined,
    baseUrl: undefined,
    settings: { get: () => undefined },
  })
  calls.service.voice.provide('voicemail', voicemail.service)
  const counts = (name: string) => store.counts(calls.user(name).id as string as MailboxId)
  /** Whoever hears the platform, by number, presses a key. */
  const press = async (number: string, digit: string) => {
    calls.engine.tell({ kind: 'digit', leg: calls.mediaOf(number), digit, durationMs: 100 })
    await calls.pass()
  }
  /** All that is being said to them is over. */
  const hearOut = async (number: string) => {
    for (let sounds = 0; sounds < 20; sounds++) {
      calls.engine.tell({ kind: 'playEnded', leg: calls.mediaOf(number) })
      await calls.pass(400)
      if (calls.engine.recordings.size > 0) return
    }
  }
  /** Somebody speaks into the recording that goes on. */
  const speak = async (ms: number) => {
    const [path] = calls.engine.recordings.values()
    assert.ok(path, 'a recording goes on')
    files.files.set(path, wavOf(ms))
    await calls.pass(ms)
  }
  return { calls, store, voicemail, counts, press, hearOut, speak }
}

describe('calls that come to voicemail', () => {
  it('because nobody answers: the caller hears the greeting, speaks, hangs up, and is a message', async () => {
    const { calls, store, counts, hearOut, speak } = world()
    const anna = calls.phone('201')
    const bo = calls.phone('202')
    calls.handling.set(calls.user('201').id, { callWaiting: true, noAnswer: { to: '700', afterSeconds: 10 } })
    const call = bo.call('201')
    await calls.pass()
    await calls.pass(10_100)
    assert.ok(anna.last.isOver)
    assert.ok(call.isUp)
    await hearOut('202')
    await speak(5000)
    call.hangUp()
    await calls.pass(100)
    assert.equal(counts('201').newMessages, 1)
    const [message] = store.messages.values()
    assert.equal(message?.from.userId, calls.user('202').id)
    assert.ok(message.callId)
    await calls.finish()
  })

  it('because somebody is busy; a key skips the greeting, and the caller is told that it is delivered', async () => {
    const { calls, counts, press, hearOut, speak } = world()
    const [anna, bo, cia] = [calls.phone('201'), calls.phone('202'), calls.phone('203')]
    cia.onCall = (incoming) => incoming.answer()
    calls.handling.set(calls.user('201').id, { callWaiting: false, busy: { to: '700' } })
    const talk = anna.call('203')
    await calls.pass()
    const call = bo.call('201')
    await calls.pass()
    await press('202', '#')
    await hearOut('202')
    await speak(3000)
    await press('202', '#')
    await press('202', '1')
    await calls.pass(100)
    assert.equal(counts('201').newMessages, 1)
    calls.engine.tell({ kind: 'playEnded', leg: calls.mediaOf('202') })
    await calls.pass(100)
    assert.ok(call.isOver)
    talk.hangUp()
    await calls.finish()
  })

  it('and are still being said when the server stops are kept', async () => {
    const { calls, counts, voicemail, hearOut, speak } = world()
    calls.phone('201')
    const bo = calls.phone('202')
    calls.handling.set(calls.user('201').id, { callWaiting: true, always: { to: '700' } })
    bo.call('201')
    await calls.pass()
    await hearOut('202')
    await speak(4000)
    const closing = calls.service.close()
    await calls.pass(100)
    await closing
    await voicemail.close()
    assert.equal(counts('201').newMessages, 1)
    await calls.finish()
  })

  it('by the code for somebody’s mailbox, without ringing them', async () => {
    const { calls, counts, hearOut, speak } = world()
    const bo = calls.phone('202')
    const call = calls.phone('201').call('*99202')
    await calls.pass()
    await hearOut('201')
    await speak(3000)
    call.hangUp()
    await calls.pass(100)
    assert.equal(bo.calls.length, 0)
    assert.equal(counts('202').newMessages, 1)
    await calls.finish()
  })

  it('are not open to a stranger whom somebody has called and put through to voicemail', async () => {
    const { calls } = world()
    const { carrier } = calls.trunk()
    carrier.onCall = (incoming) => incoming.answer()
    const call = calls.phone('201').call('0701740605')
    await calls.pass()
    await calls.pass()
    void call.transferTo('sip:700@acme.test')
    await calls.pass(200)
    const legs = [...calls.onlyCall.call.legs.values()].filter(({ endedAtMs }) => endedAtMs === undefined)
    assert.equal(legs.length, 1)
    const source = calls.engine.legs.get(calls.mediaOf(legs[0]!.party.number))?.plays
    assert.equal(source?.kind === 'file' && source.path, '/prompts/sv/voicemail-enter-box.wav')
    carrier.last.hangUp()
    await calls.finish()
  })

  it('are one’s own to listen to from one’s own telephone', async () => {
    const { calls, voicemail } = world()
    const anna = calls.phone('201')
    const call = anna.call('700')
    await calls.pass()
    const source = calls.engine.legs.get(calls.mediaOf('201'))?.plays
    assert.equal(source?.kind === 'file' && source.path, '/prompts/en/voicemail-no-messages.wav')
    assert.equal(voicemail.counts('nobody' as UserId).newMessages, 0)
    call.hangUp()
    await calls.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Greeting, GreetingKind, KeptSound, VoiceMessageId } from '../ports/voicemail-store.ts'
import { chooseGreeting, type GreetingQuestion } from './choose-greeting.ts'
import { mailboxRoom, usualMailboxSettings } from './mailbox-settings.ts'
import { beginMessages, type HeardMessage, pressed } from './message-menu.ts'
import { pinMistake } from './pin-rules.ts'
import { isPublicHoliday } from './public-holiday.ts'
import { peaksOf, readWavSound } from './wav-sound.ts'

const greeting = (kind: GreetingKind): Greeting => ({
  kind,
  file: kind,
  durationMs: 1,
  sizeBytes: 1,
  atMs: 0,
  by: 'phone',
})
const source = ({ file }: KeptSound) => ({ kind: 'file' as const, path: file })
const question = (more: Partial<GreetingQuestion> = {}): GreetingQuestion => ({
  settings: usualMailboxSettings,
  greetings: [],
  nowMs: 1000,
  isHoliday: false,
  number: '201',
  ...more,
})
const words = (more: Partial<GreetingQuestion>) =>
  chooseGreeting(question(more), source).spoken.map((spoken) =>
    spoken.kind === 'prompt'
      ? spoken.name
      : spoken.kind === 'sound' && spoken.source.kind === 'file'
        ? spoken.source.path
        : spoken.kind,
  )

describe('the greeting that a caller hears', () => {
  const away = { ...usualMailboxSettings, awayUntilMs: 5000 }
  it('is of the state: away before holiday before busy and no answer', () => {
    assert.equal(chooseGreeting(question({ settings: away, reason: 'user-busy' }), source).kind, 'away')
    assert.equal(chooseGreeting(question({ settings: away, nowMs: 6000 }), source).kind, 'standard')
    assert.equal(chooseGreeting(question({ reason: 'do-not-disturb' }), source).kind, 'busy')
    assert.equal(chooseGreeting(question({ reason: 'no-answer' }), source).kind, 'noAnswer')
    const holiday = { isHoliday: true, reason: 'no-answer' as const }
    assert.equal(chooseGreeting(question(holiday), source).kind, 'noAnswer', 'nobody has said that holidays count')
    assert.deepEqual(words({ ...holiday, greetings: [greeting('holiday')] }), ['holiday'])
  })

  it('is the own recording of the state, else the usual one, else spoken with the recorded name', () => {
    const greetings = [greeting('standard'), greeting('busy'), greeting('name')]
    assert.deepEqual(words({ greetings, reason: 'user-busy' }), ['busy'])
    assert.deepEqual(words({ greetings, reason: 'no-answer' }), ['standard'])
    assert.deepEqual(words({ greetings, settings: away }), [
      'name',
      'voicemail-away-until',
      'time',
      'voicemail-leave-message',
    ])
  })
})

describe('room in a mailbox', () => {
  it('ends with the number of messages and with the minutes', () => {
    const counts = { newMessages: 1, savedMessages: 1, usedMs: 0 }
    assert.deepEqual(mailboxRoom(usualMailboxSettings, counts), { kind: 'room', mostMs: 180_000 })
    assert.deepEqual(mailboxRoom(usualMailboxSettings, { ...counts, usedMs: 3_590_000 }), {
      kind: 'room',
      mostMs: 10_000,
    })
    assert.deepEqual(mailboxRoom(usualMailboxSettings, { ...counts, usedMs: 3_599_500 }), { kind: 'full' })
    assert.deepEqual(mailboxRoom({ ...usualMailboxSettings, mostMessages: 2 }, counts), { kind: 'full' })
  })
})

describe('PINs', () => {
  it('are no run, no repetition, not the own number', () => {
    for (const pin of ['123', '12345678901', '12a4', '']) assert.equal(pinMistake(pin, '201'), 'form', pin)
    for (const pin of ['1111', '1234', '9876', '7890', '2020', '2201', '020199'])
      assert.equal(pinMistake(pin, '201'), 'weak', pin)
    for (const pin of ['7391', '482913']) assert.equal(pinMistake(pin, '201'), undefined, pin)
  })
})

describe('going through messages', () => {
  const list = (count: number): HeardMessage[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `m${i}` as VoiceMessageId,
      durationMs: 10_000,
      isNew: true,
      isDeleted: false,
    }))
  const doing = ({ effects }: ReturnType<typeof pressed>) =>
    effects.map((effect) =>
      effect.do === 'say'
        ? effect.prompt
        : effect.do === 'play'
          ? `play ${effect.id} ${effect.fromMs}`
          : `${effect.do} ${effect.id}`,
    )

  it('does what each key says', () => {
    const { menu } = beginMessages(list(2))
    const table: readonly (readonly [string | undefined, number, readonly string[], string])[] = [
      // key, position, effects, state after
      [undefined, 10_000, ['markHeard m0'], 'asking'],
      ['1', 3000, ['play m0 0'], 'playing'],
      ['2', 3000, ['markHeard m0', 'voicemail-saved', 'play m1 0'], 'playing'],
      ['3', 3000, ['delete m0', 'voicemail-deleted'], 'asking'],
      ['4', 3000, ['voicemail-first'], 'asking'],
      ['5', 3000, ['sayDetails m0'], 'asking'],
      ['6', 3000, ['play m1 0'], 'playing'],
      ['#', 3000, ['play m1 0'], 'playing'],
      ['7', 3000, ['play m0 0'], 'playing'],
      ['7', 8000, ['play m0 3000'], 'playing'],
      ['9', 3000, ['play m0 8000'], 'playing'],
      ['9', 8000, ['markHeard m0'], 'asking'],
      ['8', 3000, ['callSender m0'], 'asking'],
      ['0', 3000, ['forward m0'], 'asking'],
      ['*', 3000, [], 'done'],
    ]
    for (const [key, positionMs, effects, name] of table) {
      const step = pressed(menu, key, positionMs)
      assert.deepEqual([doing(step), step.menu.name], [effects, name], `key ${key} at ${positionMs}`)
    }
  })

  it('takes back what was deleted, passes over nothing, and always comes to an end', () => {
    let step = pressed(beginMessages(list(1)).menu, '3', 0)
    step = pressed(step.menu, '3', 0)
    assert.deepEqual(doing(step), ['restore m0', 'voicemail-restored'])
    step = pressed(step.menu, undefined, 0)
    assert.deepEqual([doing(step), step.menu.name], [['voicemail-no-more'], 'done'])
    let silent = beginMessages(list(50))
    let steps = 0
    for (; silent.menu.name !== 'done' && steps < 1000; steps++) silent = pressed(silent.menu, undefined, 10_000)
    assert.equal(steps, 100)
  })
})

describe('sound files', () => {
  const wav = (format: number, bits: number, data: Uint8Array, rateHz = 8000) => {
    const bytes = Buffer.alloc(44 + data.length)
    bytes.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1')
    bytes.writeUInt32LE(16, 16)
    bytes.writeUInt16LE(format, 20)
    bytes.writeUInt16LE(1, 22)
    bytes.writeUInt32LE(rateHz, 24)
    bytes.writeUInt16LE(bits, 34)
    bytes.write('data', 36)
    bytes.writeUInt32LE(0xffff_ffff, 40)
    bytes.set(data, 44)
    return bytes
  }

  it('are read up to their end, whatever their header claims', () => {
    const read = readWavSound(wav(1, 16, new Uint8Array(16_001)))
    assert.ok(read.ok)
    assert.deepEqual([read.sound.durationMs, read.sound.coding], [1000, 'pcm16'])
    assert.equal(peaksOf(read.sound), '0'.repeat(96))
  })

  it('of A-law and mu-law are as loud as their codes say (ITU-T G.711)', () => {
    for (const [format, loudest] of [
      [6, 0xaa],
      [7, 0x80],
    ] as const) {
      const read = readWavSound(wav(format, 8, new Uint8Array(8000).fill(loudest)))
      assert.ok(read.ok)
      assert.ok(Math.abs(read.sound.sample(0)) > 32_000)
      assert.equal(peaksOf(read.sound), 'f'.repeat(96))
    }
  })

  it('of other kinds are refused with a sentence', () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('<script>alert(1)</script>'),
      wav(3, 32, new Uint8Array(8)),
      wav(1, 16, new Uint8Array(8), 12_345),
      wav(1, 16, new Uint8Array(8)).subarray(0, 30),
    ]) {
      const read = readWavSound(bytes)
      assert.ok(!read.ok && read.reason.endsWith('.'))
    }
  })
})

describe('public holidays', () => {
  it('are those of the company’s country, by its own day', () => {
    const se = { country: 'SE', timeZone: 'Europe/Stockholm' }
    assert.equal(
      isPublicHoliday(se, Date.parse('2026-06-05T22:30:00Z')),
      true,
      'the national day has begun in Stockholm',
    )
    assert.equal(isPublicHoliday(se, Date.parse('2026-06-05T12:00:00Z')), false)
    assert.equal(isPublicHoliday({ country: 'FR' }, Date.parse('2026-07-14T10:00:00Z')), true)
    assert.equal(isPublicHoliday({ country: 'XX' }, 0), false)
  })
})

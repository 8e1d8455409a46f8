import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, between, type Platform, startPlatform, toneLevelDbov } from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'

/** Far enough from each other to be told apart in windows of 20 ms. */
const people = [
  { user: '201', toneHz: 400 },
  { user: '202', toneHz: 1000 },
  { user: '203', toneHz: 1700 },
] as const
const windowMs = 20

describe('three people meet in the conference 400', () => {
  let platform: Platform
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
    for (const { user, toneHz } of people)
      phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz }))
    for (const phone of phones) {
      await phone.dial('400')
      await phone.waitFor('CALL_ESTABLISHED')
    }
    await talk(4000)
    for (const phone of phones) {
      await phone.hangUp()
      await phone.waitFor('CALL_CLOSED')
    }
  })
  after(async () => {
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  /** Level of a tone in each window of the last seconds in which all three were there. */
  const levels = async (phone: Baresip, toneHz: number): Promise<number[]> => {
    const wav = await heardOf(phone)
    const firstMs = wav.durationMs - 3200
    return Array.from({ length: 2400 / windowMs }, (_, i) => {
      const fromMs = firstMs + i * windowMs
      return toneLevelDbov(between(wav.channels[0]!, wav.rateHz, fromMs, fromMs + windowMs), wav.rateHz, toneHz)
    })
  }

  for (const [index, { user }] of people.entries()) {
    it(`${user} hears the two others without a gap, and not itself`, async () => {
      const own = await levels(phones[index]!, people[index]!.toneHz)
      for (const other of people.filter((person) => person.user !== user)) {
        const heard = await levels(phones[index]!, other.toneHz)
        const usual = [...heard].sort((a, b) => a - b)[heard.length >> 1]!
        assert.ok(usual > -30, `${other.user} is heard by ${user} at ${usual} dBov`)
        const lost = longestRun(heard, (level) => level < usual - 4)
        assert.ok(lost * windowMs <= 40, `${other.user} is lost for ${lost * windowMs} ms at ${user}`)
        const loudest = Math.max(...own)
        assert.ok(loudest < usual - 20, `${user} hears itself at ${loudest} dBov beside ${usual}`)
      }
    })
  }
})

function longestRun(values: readonly number[], is: (value: number) => boolean): number {
  let longest = 0
  let run = 0
  for (const value of values) {
    run = is(value) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

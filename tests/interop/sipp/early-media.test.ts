import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { Baresip, FreePorts, type Platform, sine, sippSdp, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { decodeAlaw } from './rtp-ear.ts'
import {
  hangsUpWhenAsked,
  pause,
  play,
  register,
  requestOf,
  respond,
  type SippPhone,
  scenario,
  stopAll,
} from './sipp-phone.ts'

const alawBytes = Array.from({ length: 256 }, (_, byte) => byte)

/** @param sample −1 to 1. @returns the A-law byte next to it */
const alawOf = (sample: number): number =>
  alawBytes.reduce((best, byte) =>
    Math.abs(decodeAlaw(byte) - sample) < Math.abs(decodeAlaw(best) - sample) ? byte : best,
  )

describe('early media (sipp says, baresip hears)', () => {
  let platform: Platform
  let free: FreePorts
  let callee: SippPhone
  const phones: Baresip[] = []
  const tone = join(temporaryFolder('tone'), 'tone.alaw')
  const sdp = sippSdp.replace('[media_port]', '[rtpstream_audio_port]')
  const speaks = `<nop><action><exec rtp_stream="${tone},-1,8"/></action></nop>`
  before(async () => {
    writeFileSync(tone, Uint8Array.from(sine(8000, 620, 1), alawOf))
    platform = await startPlatform()
    free = await FreePorts.claim()
    callee = { platform, user: '202', port: await free.port() }
    await register(callee)
  })
  afterEach(stopAll)
  after(async () => {
    for (const phone of phones) await phone.stop()
    free.release()
    await platform?.stop()
  })
  /** It speaks for so long before it answers or refuses. */
  const speaksFirst = (forMs: number, then: readonly string[]) => {
    const progress = respond('183 Session Progress', '202', [], sdp)
    return play(callee, scenario(requestOf('INVITE', 'rrs="true"'), progress, speaks, pause(forMs), then))
  }
  const phone = async (user: string) => {
    const started = await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz: 440 })
    phones.push(started)
    return started
  }

  it('is heard before anybody answers, and the refusal behind it is told', async () => {
    const anna = await phone('201')
    const saying = speaksFirst(4000, [respond('486 Busy Here', '202'), requestOf('ACK')])
    await anna.dial('202')
    await saying.succeed()
    const { param } = await anna.waitFor('CALL_CLOSED')
    assert.match(param ?? '', /486/)
    assert.ok(!anna.events.some(({ type }) => type === 'CALL_ESTABLISHED'))
    await assertHeard(anna, 620, 3000)
  })

  it('goes on as the call without a gap when it is answered', async () => {
    const cecilia = await phone('203')
    const saying = speaksFirst(2000, [respond('200 OK', '202', [], sdp), requestOf('ACK'), ...hangsUpWhenAsked('202')])
    await cecilia.dial('202')
    await cecilia.waitFor('CALL_ESTABLISHED')
    await talk(2000)
    await cecilia.hangUp()
    await saying.succeed()
    await assertHeard(cecilia, 620, 3000)
  })
})

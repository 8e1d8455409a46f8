import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import {
  type ApiClient,
  between,
  eventually,
  FreePorts,
  levelDbov,
  type Platform,
  sippSdp,
  startPlatform,
} from '@vaxel/testkit'
import { decodeAlaw, RtpEar } from './rtp-ear.ts'
import { inviteSteps, pause, play, response, scenario, sippAck, stopAll } from './sipp-phone.ts'

const prompts = join(import.meta.dirname, '../../../packages/media/src/play/prompts')
const windowMs = 20

describe('a caller hears in words why a call cannot be made', () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  let companyPath: string
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    free = await FreePorts.claim()
    companyPath = `/api/v1/companies/${(await api.get<{ company: { id: string } }>('/api/v1/me')).company.id}`
  })
  afterEach(stopAll)
  after(async () => {
    free?.release()
    await platform?.stop()
  })

  const refusedAfterWords = (user: string, ear: RtpEar) =>
    scenario(
      inviteSteps(user, '299', [], sippSdp.replace('[media_port]', String(ear.port))).slice(0, -2),
      response(183),
      response(404),
      sippAck(user, '299', 2),
    )

  for (const [user, language] of [
    ['201', 'sv'],
    ['202', 'en'],
    ['203', 'fr'],
  ] as const) {
    it(`an unknown number: 183 with SDP, the sentence in the caller’s language (${language}), then 404`, async () => {
      await api.patch(companyPath, { spokenRefusals: true })
      // The port behind it is for RTCP: it would come to the phone.
      const ear = await RtpEar.open({ port: (await free.range(2))[0] })
      try {
        const phone = { platform, user, port: await free.port() }
        const { messages } = await play(phone, refusedAfterWords(user, ear), { service: '299' }).succeed()
        assert.match(messages, /SIP\/2\.0 183 [^]*?\r?\n\r?\n?v=0[^]*?m=audio \d+ RTP\/AVP 8/)
        assert.match(messages, /SIP\/2\.0 404 [^]*?Reason: *SIP ?;cause=404;text="The number 299 is not in use/)
        const heard = ear.samples()
        const speech = envelope(heard, 8000)
        const loud = speech.filter((level) => level > -35).length * windowMs
        const quiet = speech.filter((level) => level < -50).length * windowMs
        assert.ok(loud > 700, `${loud} ms of speech in ${speech.length * windowMs} ms`)
        assert.ok(quiet > 60, `speech has pauses; here ${quiet} ms`)
        const likeness = Object.fromEntries(
          ['en', 'sv', 'fr'].map((each) => [each, likenessTo(speech, join(prompts, each, 'number-not-in-use.wav'))]),
        )
        assert.ok(likeness[language]! > 0.95, JSON.stringify(likeness))
        for (const other of Object.keys(likeness))
          if (other !== language) assert.ok(likeness[other]! < 0.8, JSON.stringify(likeness))
        assert.equal(ear.sources.size, 1)
      } finally {
        ear.close()
      }
    })
  }

  it('who gives up while the sentence is spoken gets 487, and the sentence ends there', async () => {
    // The port behind it is for RTCP: it would come to the phone.
    const ear = await RtpEar.open({ port: (await free.range(2))[0] })
    try {
      const phone = { platform, user: '202', port: await free.port() }
      const invite = inviteSteps('202', '299', [], sippSdp.replace('[media_port]', String(ear.port))).slice(0, -2)
      const giving = play(
        phone,
        scenario(
          invite,
          response(183),
          pause(500),
          invite[4]!
            .replace('INVITE sip:', 'CANCEL sip:')
            .replace(/CSeq: 2 INVITE[^]*?\]\]>/, 'CSeq: 2 CANCEL\nContent-Length: 0\n\n]]>'),
          response(200),
          response(487),
          sippAck('202', '299', 2),
        ),
        { service: '299' },
      )
      await giving.succeed()
      await eventually('no call is left', async () => {
        const live = await api.get<{ items: unknown[] }>('/api/v1/live-calls')
        return live.items.length === 0
      })
      const count = ear.packetCount
      // Half a second has 25, the whole sentence 150 and more.
      assert.ok(count > 10 && count < 100, `${count} packets in half a second`)
    } finally {
      ear.close()
    }
  })

  it('where the company does not want it, only the status is sent', async () => {
    await api.patch(companyPath, { spokenRefusals: false })
    const phone = { platform, user: '202', port: await free.port() }
    const { messages } = await play(
      phone,
      scenario(inviteSteps('202', '299').slice(0, -2), response(404), sippAck('202', '299', 2)),
      { service: '299' },
    ).succeed()
    assert.doesNotMatch(messages, /SIP\/2\.0 183/)
  })
})

/** Level in each window of 20 ms, dBov; NaN where no packet came: A-law has no sample of zero. */
function envelope(samples: Float32Array, rateHz: number): number[] {
  const count = Math.floor((samples.length / rateHz) * (1000 / windowMs))
  return Array.from({ length: count }, (_, i) => {
    const window = between(samples, rateHz, i * windowMs, (i + 1) * windowMs)
    return window.every((sample) => sample === 0) ? Number.NaN : Math.max(-60, levelDbov(window))
  })
}

/** A busy machine drops what would be late: up to a quarter of a sentence may be missing, also its beginning. */
const leastHeard = 0.75
const mostShift = 50

/** How alike what was heard is to a sound file, by the best correlation of their loudness over time; 1 is the same. */
function likenessTo(heard: readonly number[], path: string): number {
  const file = readFileSync(path)
  const said = envelope(Float32Array.from(file.subarray(file.indexOf('data') + 8), decodeAlaw), 8000)
  let best = -1
  for (let shift = -mostShift; shift <= mostShift; shift++) {
    const pairs = said.flatMap((level, i) => {
      const there = heard[i + shift] ?? Number.NaN
      return Number.isNaN(there) || Number.isNaN(level) ? [] : [[level, there] as const]
    })
    if (pairs.length >= leastHeard * said.length) best = Math.max(best, correlation(pairs))
  }
  return best
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length
  const [meanA, meanB] = [mean(0), mean(1)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [a, b] of pairs) {
    ab += (a - meanA) * (b - meanB)
    aa += (a - meanA) ** 2
    bb += (b - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb || 1)
}

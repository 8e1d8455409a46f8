import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'

interface CallView {
  readonly id: string
  readonly answeredAt?: string
  readonly endedAt?: string
  readonly talkMs?: number
  readonly termination?: { readonly blame: string; readonly reason: string }
}

interface CallWithTimeline {
  readonly call: CallView
  readonly legs: readonly {
    readonly codec?: string
    readonly keying?: string
    readonly quality?: {
      readonly received: { readonly packets: number; readonly lossRatio: number; readonly mos?: number }
    }
  }[]
  readonly timeline: readonly { readonly number: number; readonly kind: string }[]
  readonly messages: readonly { readonly text: string }[]
}

describe('what happened to that call?', () => {
  let platform: Platform
  let api: ApiClient
  let call: CallWithTimeline
  /** From when both were in the call until it was hung up, and from the first word to the last. */
  let talked: { readonly leastMs: number; readonly mostMs: number }
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    const anna = await Baresip.start({ user: '201', password: 'sip-201', registrar: platform.sip, toneHz: 440 })
    const bertil = await Baresip.start({ user: '202', password: 'sip-202', registrar: platform.sip, toneHz: 620 })
    const dialledMs = Date.now()
    await anna.dial('202')
    await Promise.all([anna.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_ESTABLISHED')])
    const establishedMs = Date.now()
    await talk(3000)
    const hungUpMs = Date.now()
    await bertil.hangUp()
    await anna.waitFor('CALL_CLOSED')
    talked = { leastMs: hungUpMs - establishedMs, mostMs: Date.now() - dialledMs }
    const ended = await eventually('the ended call in the history', async () => {
      const { items } = await api.get<{ items: CallView[] }>('/api/v1/calls')
      return items.find(({ endedAt }) => endedAt !== undefined)
    })
    // Messages are written in batches, a moment after the call
    call = await eventually('the last message in the trace', async () => {
      const read = await api.get<CallWithTimeline>(`/api/v1/calls/${ended.id}`)
      return read.messages.some(({ text }) => text.startsWith('BYE ')) && read
    })
    await anna.stop()
    await bertil.stop()
  })
  after(() => platform?.stop())

  it('the history says how long it was talked and who hung up', () => {
    const { talkMs } = call.call
    assert.ok(
      talkMs! >= talked.leastMs - 50 && talkMs! <= talked.mostMs + 50,
      `${talkMs} ms, ${JSON.stringify(talked)}`,
    )
    assert.match(call.call.termination?.reason ?? '', /hung-up$/)
    assert.equal(call.call.termination?.blame, 'nobody', 'a normal end is nobody’s fault')
  })

  it('its timeline is in order and has the facts of ECMA-269', () => {
    const kinds = call.timeline.map(({ kind }) => kind)
    const expected = ['call.originated', 'call.delivered', 'call.established']
    assert.deepEqual(
      expected.filter((kind) => kinds.includes(kind)),
      expected,
      kinds.join(', '),
    )
    const numbers = call.timeline.map(({ number }) => number)
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    )
  })

  it('each leg has its codec, its keying and the quality that was measured', () => {
    assert.equal(call.legs.length, 2)
    for (const leg of call.legs) {
      assert.equal(leg.codec, 'PCMA')
      assert.equal(leg.keying, 'rtp')
      assert.ok(leg.quality!.received.packets > 100, JSON.stringify(leg.quality))
      assert.ok(leg.quality!.received.lossRatio < 0.02)
      assert.ok(leg.quality!.received.mos! > 4)
    }
  })

  it('every SIP message is there, and no credential in it', () => {
    const texts = call.messages.map(({ text }) => text)
    assert.ok(texts.some((text) => text.startsWith('INVITE ')))
    assert.ok(texts.some((text) => text.startsWith('BYE ')))
    for (const text of texts) assert.doesNotMatch(text, /response="[0-9a-f]{32,}"/, text)
  })

  it('npx vaxel trace prints the ladder', async () => {
    const launcher = join(import.meta.dirname, '../../../apps/cli/bin/vaxel.mjs')
    const ladder = await output(launcher, ['trace', call.call.id], { VAXEL_URL: platform.url, VAXEL_TOKEN: api.token! })
    for (const word of ['INVITE', '180', '200', 'ACK', 'BYE']) assert.match(ladder, new RegExp(word), ladder)
  })

  it('a phone of another company cannot see it', async () => {
    const company = await api
      .post<{ id: string }>('/api/v1/companies', {
        name: 'Other AB',
        country: 'SE',
        domain: 'other.vaxel.test',
        administrator: { name: 'boss', displayName: 'Boss', password: 'a-long-enough-password-1' },
      })
      .catch((error: unknown) => String(error))
    if (typeof company === 'string') return assert.match(company, /400/, company)
    const { ApiClient } = await import('@vaxel/testkit')
    const other = await ApiClient.login(platform.url, 'boss@other.vaxel.test', 'a-long-enough-password-1')
    const { status } = await other.request('GET', `/api/v1/calls/${call.call.id}`)
    assert.equal(status, 404)
  })
})

async function output(script: string, args: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...environment } })
  let text = ''
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (text += bytes.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  return text
}

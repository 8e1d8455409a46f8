import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  between,
  eventually,
  followTone,
  type Platform,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { CutLine } from './cut-line.ts'
import { WebPhone } from './web-phone.ts'

interface LiveCalls {
  readonly items: readonly {
    readonly id: string
    readonly connections: readonly {
      readonly legId: string
      readonly interruption?: { readonly until: string }
      readonly own?: { readonly replaces: string; readonly isReachable: boolean; readonly instanceId?: string }
    }[]
  }[]
}
interface WholeCall {
  readonly timeline: readonly { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }[]
  readonly call: { readonly termination?: { readonly blame: string; readonly reason: string; readonly text?: string } }
}

const deskHz = 620
/** The two notes of the tone that is played while a browser is away. */
const [firstNoteHz, secondNoteHz] = [523.25, 659.25]

describe('a call outlives its page (Chromium with JsSIP, baresip at the other end)', () => {
  let platform: Platform
  let line: CutLine
  let web: WebPhone
  let desk: Baresip
  let api: ApiClient
  const report: string[] = []
  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_RECONNECT: '15' } })
    line = await CutLine.open(platform.ports.https)
    api = await platform.login('216')
    const profile = temporaryFolder('profile')
    web = await WebPhone.start(`wss://127.0.0.1:${line.port}/sip`, '216', undefined, profile)
  })
  after(async () => {
    for (const sentence of report) process.stdout.write(`# ${sentence}\n`)
    await web?.close()
    await line?.close()
    await platform?.stop()
  })

  const liveCall = async () => (await api.get<LiveCalls>('/api/v1/live-calls')).items[0]
  const own = async () => (await liveCall())?.connections.find((connection) => connection.own)
  const told = async (id: string, kind: string, count = 1) =>
    eventually(
      `${kind} in the timeline`,
      async () => {
        const { timeline } = await api.get<WholeCall>(`/api/v1/calls/${id}`)
        return timeline.filter((event) => event.kind === kind)[count - 1]
      },
      20_000,
    )
  /** The browser calls the desk phone and they hear each other. @returns the call */
  async function talking(): Promise<string> {
    desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: deskHz })
    await web.call('sip:217@demo.vaxel.test')
    await web.hears(deskHz)
    return (await liveCall())!.id
  }
  /** The desk phone had one call from beginning to end. */
  async function assertUntouched(): Promise<void> {
    const kinds = desk.events.map(({ type }) => type)
    assert.equal(kinds.filter((kind) => kind === 'CALL_ESTABLISHED').length, 1, kinds.join(', '))
    assert.ok(!kinds.includes('CALL_CLOSED'), kinds.join(', '))
  }
  async function end(): Promise<void> {
    await web.hangUp()
    await desk.waitFor('CALL_CLOSED')
  }
  /** Loudest sample that the desk phone heard in the last stretch: the beeps of the browser's microphone. */
  async function heardAtTheEnd(lastMs: number): Promise<number> {
    const wav = await heardOf(desk)
    const part = between(wav.channels[0]!, wav.rateHz, Math.max(0, wav.durationMs - lastMs), wav.durationMs)
    return part.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  }
  const toneHeardMs = async (hz: number) => {
    const wav = await heardOf(desk)
    return followTone(wav.channels[0]!, wav.rateHz, hz, 0).heardMs
  }

  it('a reload: the page is back in its call, and the far end has noticed a pause at most', async () => {
    const id = await talking()
    try {
      await web.reload()
      const backMs = await web.happened('confirmed')
      await web.hears(deskHz)
      const { data } = await told(id, 'call.resumed')
      report.push(
        `reload: in the call ${backMs} ms after the page began to load, away for ${String(data['awayMs'])} ms`,
      )
      await talk(1500)
      await assertUntouched()
      assert.equal((await liveCall())?.id, id, 'the same call')
      await end()
      assert.ok((await heardAtTheEnd(1000)) > 0.01, 'the browser is heard again')
    } finally {
      await desk.stop()
    }
  })

  it("kill -9 of the tab's process: the far end hears the tone, and a new tab that knows nothing takes the call back by the API", async () => {
    const id = await talking()
    try {
      await web.forgetDialog()
      const { instanceId } = (await own())!.own!
      await web.browser.crashPage()
      await told(id, 'call.interrupted')
      const waiting = await own()
      assert.ok(waiting?.interruption, 'the API says that it is waited for')
      assert.equal(waiting?.own?.isReachable, false)
      assert.equal(waiting?.own?.instanceId, instanceId)
      await talk(700)
      const openedMs = Date.now()
      await web.browser.openAgain()
      await web.happened('registered')
      await web.takeBack((await own())!.own!.replaces)
      report.push(`crashed tab: back ${Date.now() - openedMs} ms after the new tab was opened`)
      await web.hears(deskHz)
      await told(id, 'call.resumed')
      await talk(1500)
      await assertUntouched()
      await end()
      assert.ok((await toneHeardMs(firstNoteHz)) > 60 && (await toneHeardMs(secondNoteHz)) > 80, 'the tone was heard')
      assert.ok((await heardAtTheEnd(1000)) > 0.01, 'the browser is heard again')
    } finally {
      await desk.stop()
    }
  })

  it('kill -9 of the whole browser: started anew with its profile, it is back in the call', async () => {
    const id = await talking()
    try {
      await web.browser.kill()
      await told(id, 'call.interrupted')
      const startedMs = Date.now()
      await web.browser.startAgain()
      // What a browser kept in its last second may be lost with it; the API has it all the same.
      await web.happened('registered')
      if (!(await web.isReturning())) await web.takeBack((await own())!.own!.replaces)
      await web.hears(deskHz)
      report.push(`killed browser: heard ${Date.now() - startedMs} ms after it was started anew`)
      await talk(1500)
      await assertUntouched()
      await end()
      assert.ok((await heardAtTheEnd(1000)) > 0.01, 'the browser is heard again')
    } finally {
      await desk.stop()
    }
  })

  it('a WebSocket that is cut: nobody hears anything of it, and the far end’s BYE comes over the new one', async () => {
    const id = await talking()
    try {
      const lostMs = Date.now()
      const reconnected = line.cut(1000)
      await reconnected
      await eventually('reachable again', async () => (await own())?.own?.isReachable, 20_000)
      report.push(`cut WebSocket: reachable ${Date.now() - lostMs} ms after the cut, which lasted 1000 ms`)
      await talk(1500)
      await desk.hangUp()
      await eventually('the end in the browser', () => web.hasEnded(), 20_000)
      const { timeline } = await api.get<WholeCall>(`/api/v1/calls/${id}`)
      assert.ok(!timeline.some(({ kind }) => kind === 'call.interrupted'))
      assert.ok((await heardAtTheEnd(1000)) > 0.01)
      assert.ok((await toneHeardMs(secondNoteHz)) < 60, 'no tone')
    } finally {
      await desk.stop()
    }
  })

  it('an ICE restart within the call: new credentials on both sides, and audio both ways', async () => {
    await talking()
    try {
      const before = await web.ufrags()
      await web.restartIce()
      const now = await web.ufrags()
      assert.ok(before[0] !== now[0] && before[1] !== now[1], `${before.join(' ')} → ${now.join(' ')}`)
      await talk(1500)
      await web.hears(deskHz)
      await assertUntouched()
      await end()
      assert.ok((await heardAtTheEnd(1000)) > 0.01)
    } finally {
      await desk.stop()
    }
  })

  it('a tab that sleeps with its connection up: the far end hears the tone until it wakes', async () => {
    const id = await talking()
    const wake = await web.browser.freezePage()
    try {
      const { data } = await told(id, 'call.interrupted')
      assert.equal(data['cause'], 'silent')
      await talk(500)
      wake()
      const resumed = await told(id, 'call.resumed')
      report.push(`sleeping tab: goes on after ${String(resumed.data['awayMs'])} ms, when it was woken`)
      await web.hears(deskHz)
      await talk(1200)
      await assertUntouched()
      await end()
      assert.ok((await toneHeardMs(secondNoteHz)) > 80, 'the tone was heard')
      assert.ok((await heardAtTheEnd(1000)) > 0.01)
    } finally {
      wake()
      await desk.stop()
    }
  })

  it('a reload while it rings: it rings again on the new page', async () => {
    await web.answerCalls('no')
    desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: deskHz })
    try {
      await desk.dial('216')
      await web.happened('ringing')
      await web.reload()
      await web.happened('ringing')
      await web.answer()
      await desk.waitFor('CALL_ESTABLISHED')
      await web.hears(deskHz)
      await end()
    } finally {
      await web.answerCalls('yes')
      await desk.stop()
    }
  })

  it('nobody comes back: the far end gets its BYE when the time is over, and the call says why', async () => {
    const id = await talking()
    try {
      await web.browser.page.goto('about:blank')
      await told(id, 'call.interrupted')
      const { data } = await told(id, 'call.interrupted')
      assert.equal(data['waitMs'], 15_000)
      await desk.waitFor('CALL_CLOSED', 25_000)
      const { termination } = await eventually('the end', async () => {
        const { call } = await api.get<WholeCall>(`/api/v1/calls/${id}`)
        return call.termination ? call : undefined
      })
      assert.deepEqual([termination?.blame, termination?.reason], ['caller', 'connection-lost'])
      assert.match(termination?.text ?? '', /did not come back within 15 s/)
      assert.equal(await liveCall(), undefined)
    } finally {
      await desk.stop()
    }
  })
})

import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { type ApiClient, eventually, FreePorts, type Platform, type Sipp, startPlatform } from '@vaxel/testkit'
import { answerSteps, play, register, stopAll } from '../sipp/sipp-phone.ts'
import {
  answersUntilCleared,
  clearAll,
  liveCalls,
  reasonText,
  refusedWith,
  talkUntilCleared,
  untilTalking,
} from './waiting-phone.ts'

const drainSeconds = 1

describe('no media port is left', () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  before(async () => {
    platform = await startPlatform({
      mediaPortCount: 8,
      environment: { VAXEL_MEDIA_DRAIN: String(drainSeconds) },
    })
    api = await platform.login()
    free = await FreePorts.claim()
  })
  afterEach(stopAll)
  after(async () => {
    free?.release()
    await platform?.stop()
  })

  const phone = async (user: string) => ({ platform, user, port: await free.port() })
  const echo = async (): Promise<Sipp> =>
    await untilTalking(play(await phone('201'), talkUntilCleared('201', '600'), { service: '600' }))
  /** As many calls to the echo test as are asked for, all answered. */
  const talking = async (count: number): Promise<Sipp[]> => {
    const calls = await Promise.all(Array.from({ length: count }, echo))
    assert.equal((await liveCalls(api)).length, count)
    return calls
  }
  const endAll = async (calls: readonly Sipp[]) => {
    await clearAll(api)
    await Promise.all(calls.map((call) => call.succeed()))
    await eventually('no call is left', async () => (await liveCalls(api)).length === 0)
  }
  /** Ports come back a while after their call; nothing tells when. */
  const portsHaveRested = () => new Promise((resolve) => setTimeout(resolve, drainSeconds * 1000 + 500))

  it('eight ports carry four calls; the fifth gets 503 and a sentence that a person understands', async () => {
    const calls = await talking(4)
    const { messages } = await play(await phone('202'), refusedWith(503, '202', '600'), { service: '600' }).succeed()
    assert.match(reasonText(messages, 503) ?? messages, /^No port is left for the audio of another call\./)
    const live = await eventually('only the four calls are left', async () => {
      const all = await liveCalls(api)
      return all.length === 4 && all
    })
    assert.ok(live.every(({ dialled }) => dialled === '600'))
    const refused = await eventually('the history has the refused call', async () => {
      const { items } = await api.get<{ items: { termination?: { sip?: number; blame: string } }[] }>('/api/v1/calls')
      return items.find(({ termination }) => termination?.sip === 503)
    })
    assert.equal(refused.termination?.blame, 'us', 'the history says that it was our fault')
    await endAll(calls)
  })

  it('while their ports rest, new calls are still refused; afterwards as many as before go through', async () => {
    await play(await phone('202'), refusedWith(503, '202', '600'), { service: '600' }).succeed()
    await portsHaveRested()
    await endAll(await talking(4))
  })

  it('a caller gets 503 too when there is no port for the called side, and nobody’s phone rings on', async () => {
    await portsHaveRested()
    const callee = await phone('204')
    await register(callee)
    const calls = await talking(3)
    const { messages } = await play(await phone('202'), refusedWith(503, '202', '204'), { service: '204' }).succeed()
    assert.match(reasonText(messages, 503) ?? messages, /^No port is left/)
    await eventually('the refused call is over', async () => (await liveCalls(api)).length === 3)
    await endAll(calls)
  })

  it('a call between two phones, with two ports each, goes through afterwards', async () => {
    await portsHaveRested()
    const callee = await phone('205')
    await register(callee)
    const answering = play(callee, answersUntilCleared(answerSteps('205'), '205'))
    const calling = play(await phone('202'), talkUntilCleared('202', '205'), { service: '205' })
    await untilTalking(calling)
    await endAll([answering, calling])
  })
})

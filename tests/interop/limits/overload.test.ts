import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, sippSdp, startPlatform } from '@vaxel/testkit'
import {
  inDialog,
  inviteSteps,
  maybe,
  play,
  request,
  respondInDialog,
  response,
  scenario,
  sippAck,
  stopAll,
} from '../sipp/sipp-phone.ts'

/** Some five times what a server on one processor takes, for as long as a burst at nine in the morning lasts. */
const rate = 1_500
const seconds = 4

/** Calls the echo; whoever is refused takes it, whoever is answered hangs up. All others fail the scenario. */
const callOrBeRefused = (user: string): string => {
  const [echo, busy] = ['600', '<recv response="503" optional="true" next="busy"/>']
  return scenario(
    [
      request('INVITE', user, echo, 1, [], sippSdp),
      maybe(100),
      busy,
      response(407, 'auth="true"'),
      sippAck(user, echo, 1),
      request('INVITE', user, echo, 2, ['[authentication]'], sippSdp),
      maybe(100),
      maybe(180),
      maybe(183),
      busy,
    ],
    response(200, 'rrs="true"'),
    inDialog('ACK', user, echo, 2),
    inDialog('BYE', user, echo, 3),
    response(200, 'next="over"'),
    '<label id="busy"/>',
    sippAck(user, echo, 2),
    '<label id="over"/>',
  )
}

describe('more calls at once than the machine can take', () => {
  let platform: Platform
  let free: FreePorts
  before(async () => {
    // One phone stands for a thousand here.
    const ofDevice = 'deviceRequestsPerSecond=1000000,deviceRequestsBurst=1000000'
    platform = await startPlatform({
      environment: { VAXEL_LIMITS: ofDevice, VAXEL_MEDIA_DRAIN: '1' },
    })
    free = await FreePorts.claim()
  })
  after(async () => {
    await stopAll()
    free?.release()
    await platform?.stop()
  })

  it('are answered or refused with 503 and when to come again, each of them; a call that goes on goes on, and who calls from elsewhere gets through, and afterwards all is as before', async () => {
    const talking = play(
      { platform, user: '202', port: await free.port() },
      scenario(
        inviteSteps('202', '600'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '202', '600', 2),
        '<recv request="BYE" timeout="60000"/>',
        respondInDialog('200 OK', '202'),
      ),
      { service: '600' },
    )
    await eventually('a call talks', () => /^CSeq: 2 ACK/m.test(talking.messages))
    const storm = play({ platform, user: '203', port: await free.port() }, callOrBeRefused('203'), {
      service: '600',
      rate,
      calls: rate * seconds,
      more: ['-l', String(rate * seconds)],
    })
    const elsewhere = play({ platform, user: '204', port: await free.port() }, callOrBeRefused('204'), {
      service: '600',
      localAddress: '127.0.0.2',
      rate: 2,
      calls: 2 * seconds,
    })
    const { code, messages, errors } = await storm.result()
    const count = (pattern: RegExp): number => messages.match(pattern)?.length ?? 0
    const refused = count(/^SIP\/2\.0 503 /gm)
    const answered = count(/^BYE /gm)
    assert.equal(code, 0, `${answered} answered, ${refused} refused\n${errors.slice(-2000)}`)
    assert.ok(answered > 50 && refused > 50, `${answered} answered, ${refused} refused`)
    const bySignalling = count(/^SIP\/2\.0 503 More calls at once than the server can take\r?$/gm)
    // The audio may be the first that has no time or no port left; it says so by itself.
    const byMedia = count(/^SIP\/2\.0 503 All channels are in use\r?$/gm) + count(/^Reason: .*No port is left/gm)
    assert.equal(byMedia + bySignalling, refused)
    assert.ok(count(/^Retry-After: \d+\r?$/gm) >= bySignalling)

    // Whoever sends few calls from another place does not pay for it.
    const { messages: spared } = await elsewhere.succeed()
    assert.equal(/^SIP\/2\.0 503 More calls at once/m.exec(spared), null)

    const api = await platform.login()
    const { warnings } = await api.get<{ warnings: string[] }>('/healthz')
    if (bySignalling > 0)
      assert.match(warnings.join('\n'), /The processor was full, and (\d+ new calls were|a new call was) refused/)
    const live = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    assert.ok(live.items.length > 0, 'the call that went on still does')
    await api.request('POST', `/api/v1/live-calls/${live.items[0]!.id}/commands/clear`, {})
    await talking.succeed()
    await eventually('a call goes through again', async () => {
      const phone = { platform, user: '204', port: await free.port() }
      return (await play(phone, callOrBeRefused('204'), { service: '600' }).succeed()).messages.includes('BYE ')
    })
  })
})

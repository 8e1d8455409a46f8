import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { Baresip, FreePorts, type Platform, startPlatform } from '@vaxel/testkit'
import {
  answerSteps,
  callSteps,
  hangsUpWhenAsked,
  play,
  register,
  requestOf,
  respond,
  type SippPhone,
  scenario,
  stopAll,
} from './sipp-phone.ts'

describe('who is told who calls, and by whom a call was sent on (sipp, baresip)', () => {
  let platform: Platform
  let free: FreePorts
  let caller: SippPhone
  let callee: SippPhone
  let target: SippPhone
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    caller = { platform, user: '201', port: await free.port() }
    callee = { platform, user: '202', port: await free.port() }
    target = { platform, user: '203', port: await free.port() }
    await register(callee)
    await register(target)
  })
  afterEach(stopAll)
  after(async () => {
    for (const phone of phones) await phone.stop()
    free.release()
    await platform?.stop()
  })
  const calls = (to: string, headers: readonly string[] = []) => scenario(callSteps('201', to, headers))
  const headersOf = (messages: string): string => /^INVITE [\s\S]*?\r?\n\r?\n/m.exec(messages)?.[0] ?? ''

  it('a telephone shows nobody where the caller withholds the number (RFC 3323, RFC 3325 §9.3)', async () => {
    const phone = await Baresip.start({ user: '204', password: 'sip-204', registrar: platform.sip })
    phones.push(phone)
    await play(caller, calls('204', ['Privacy: id']), { service: '204' }).succeed()
    const { peeruri } = await phone.waitFor('CALL_ESTABLISHED')
    assert.equal(peeruri, 'sip:anonymous@anonymous.invalid')
  })

  it('nothing of the caller’s number or name is in what is sent', async () => {
    const answering = play(callee, scenario(answerSteps('202'), hangsUpWhenAsked('202')))
    await play(caller, calls('202', ['Privacy: id', 'P-Preferred-Identity: <sip:201@demo.vaxel.test>']), {
      service: '202',
    }).succeed()
    const { messages } = await answering.succeed()
    const headers = headersOf(messages)
    assert.match(headers, /^From: "Anonymous" <sip:anonymous@anonymous\.invalid>/m)
    assert.match(headers, /^Privacy: id/m)
    assert.doesNotMatch(headers, /201|Lindqvist|P-Asserted-Identity/)
  })

  it('who is called instead is told at whom the call was before (RFC 5806, RFC 7044)', async () => {
    const moved = play(callee, scenario(requestOf('INVITE'), respond('302 Moved Temporarily', '203'), requestOf('ACK')))
    const answering = play(target, scenario(answerSteps('203'), hangsUpWhenAsked('203')))
    await play(caller, calls('202'), { service: '202' }).succeed()
    await moved.succeed()
    const { messages } = await answering.succeed()
    const headers = headersOf(messages)
    assert.match(headers, /^Diversion: <sip:202@demo\.vaxel\.test>;reason=unconditional/m)
    assert.match(headers, /^History-Info: <sip:202@demo\.vaxel\.test\?Reason=SIP%3Bcause%3D302>;index=1/m)
    assert.match(headers, /^From: "Anna Lindqvist" <sip:201@demo\.vaxel\.test>/m)
  })
})

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import {
  ApiClient,
  eventually,
  FreePorts,
  type Platform,
  sine,
  sippSdp,
  startPlatform,
  temporaryFolder,
  writeWav,
} from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { allUsed, answersWhenTold, reinvites, toldTo } from './desk-phone.ts'
import {
  answerSteps,
  callSteps,
  hangsUpWhenAsked,
  inDialog,
  inviteKeepingFrom,
  inviteSteps,
  maybe,
  pause,
  play,
  register,
  requestOf,
  respond,
  respondInDialog,
  response,
  type SippPhone,
  scenario,
  sippAck,
  stopAll,
  type Transport,
  via,
} from './sipp-phone.ts'

interface LiveCall {
  readonly id: string
  readonly connections: readonly {
    readonly legId: string
    readonly party: { readonly number: string }
    readonly state: string
  }[]
}

describe('calls between two plain phones (sipp)', () => {
  let platform: Platform
  let free: FreePorts
  let caller: SippPhone
  let callee: SippPhone
  before(async () => {
    // Sentences in a voice of one's own, in the caller's language, need not be made first.
    const data = temporaryFolder('data')
    const folder = join(data, 'prompts/sv')
    mkdirSync(folder, { recursive: true })
    for (const name of ['busy-offer', 'camp-on-set']) writeWav(join(folder, `${name}.wav`), 8000, sine(8000, 440, 0.3))
    platform = await startPlatform({ data })
    free = await FreePorts.claim()
    caller = { platform, user: '201', port: await free.port() }
    callee = { platform, user: '202', port: await free.port() }
    await register(callee)
  })
  afterEach(stopAll)
  after(async () => {
    free.release()
    await platform?.stop()
  })

  for (const transport of ['udp', 'tcp'] as const satisfies Transport[]) {
    it(`rings, talks and ends over ${transport}`, async () => {
      // A plain phone over TCP is reached only by the connection that it registered with, and sipp closes that:
      // here the caller changes, and baresip's tests have both sides over TCP and TLS.
      const answering = play(callee, scenario(answerSteps('202'), hangsUpWhenAsked('202')))
      const calling = play({ ...caller, transport, port: await free.port() }, scenario(callSteps('201', '202')), {
        service: '202',
      })
      const [{ messages }] = await Promise.all([calling.succeed(), answering.succeed()])
      assert.match(messages, /SIP\/2\.0 180/)
    })
  }

  it('ends when the called phone hangs up', async () => {
    const answering = play(
      callee,
      scenario(
        inviteKeepingFrom,
        answerSteps('202').slice(1),
        pause(200),
        // The dialog of the called side: From and To change places
        byeFromCallee('202'),
        response(200),
      ),
    )
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '202', 2),
        hangsUpWhenAsked('201'),
      ),
      { service: '202' },
    )
    await Promise.all([calling.succeed(), answering.succeed()])
  })

  it('who finds a colleague busy hears the offer as early media, presses 5, is refused as busy, and is to be called back', async () => {
    const api = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const { user } = await api.get<{ user: { companyId: string } }>('/api/v1/me')
    await api.patch(`/api/v1/companies/${user.companyId}`, { offersCallBack: true })
    try {
      const busy = play(callee, scenario(requestOf('INVITE'), respond('486 Busy Here', '202'), requestOf('ACK')))
      const calling = play(
        caller,
        scenario(
          inviteSteps('201', '202').slice(0, -2),
          '<recv response="183" rrs="true" timeout="30000"/>',
          inDialog('INFO', '201', '202', 3, [], 'Signal=5\nDuration=160').replace('sdp', 'dtmf-relay'),
          response(200),
          '<recv response="486" timeout="30000"/>',
          sippAck('201', '202', 2),
        ),
        { service: '202' },
      )
      const [{ messages }] = await Promise.all([calling.succeed(), busy.succeed()])
      assert.match(messages, /^Call-Info: <sip:202@demo\.vaxel\.test>;purpose=call-completion;m=BS/m)
      const { items } = await api.get<{ items: { id: string; number: string }[] }>('/api/v1/me/call-backs')
      assert.deepEqual(
        items.map(({ number }) => number),
        ['202'],
      )
      for (const { id } of items) await api.request('DELETE', `/api/v1/me/call-backs/${id}`)
    } finally {
      await api.patch(`/api/v1/companies/${user.companyId}`, { offersCallBack: false })
    }
  })

  it('is driven as a desk phone by the page: told to talk it answers, told to hold it holds, told to talk it goes on', async () => {
    const desk = play(
      callee,
      scenario(
        answersWhenTold('202'),
        toldTo('hold', '202'),
        reinvites('202', 1, 'sendonly'),
        toldTo('talk', '202'),
        reinvites('202', 2, 'sendrecv'),
        hangsUpWhenAsked('202'),
        allUsed,
      ),
    )
    const other = await NetPhone.open({ user: '203', port: platform.ports.sip })
    try {
      const call = await other.call('202')
      const api = await ApiClient.login(platform.url, '202@demo.vaxel.test', 'demo-202')
      const own = (state: string) =>
        eventually(`the desk phone is ${state}`, async () => {
          const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
          return items.find(({ connections }) =>
            connections.some(({ party, state: is }) => party.number === '202' && is === state),
          )
        })
      const { id, connections } = await own('alerting')
      const { legId } = connections.find(({ party }) => party.number === '202')!
      const press = (verb: string) => api.post(`/api/v1/live-calls/${id}/commands/${verb}`, { legId })
      await press('answer')
      await call.isAnswered()
      await own('connected')
      await press('hold')
      await own('hold')
      await press('retrieve')
      await own('connected')
      await press('clear')
      assert.equal((await call.isOver()).by, 'peer')
      await desk.succeed()
    } finally {
      await other.close()
    }
  })

  it('stops ringing when the caller gives up: CANCEL, 487, and the callee is told', async () => {
    const ringing = play(
      callee,
      scenario(
        requestOf('INVITE', 'rrs="true"'),
        respond('180 Ringing', '202'),
        // The INVITE's Via is kept for its final answer
        requestOf('CANCEL'),
        respondInDialog('200 OK', '202'),
        cancelledAnswer('202'),
        requestOf('ACK'),
      ),
    )
    const giving = play(
      caller,
      scenario(
        inviteSteps('201', '202').slice(0, -2),
        response(180),
        pause(200),
        cancel('201', '202'),
        response(200),
        response(487),
        sippAck('201', '202', 2),
      ),
      { service: '202' },
    )
    await giving.succeed()
    await ringing.stop()
  })

  for (const [status, why] of [
    ['486 Busy Here', 'is busy'],
    ['603 Decline', 'declines'],
  ] as const) {
    it(`tells the caller that the other ${why} (${status})`, async () => {
      const busy = play(callee, scenario(requestOf('INVITE'), respond(status, '202'), requestOf('ACK')))
      const calling = play(
        caller,
        scenario(inviteSteps('201', '202'), response(Number(status.slice(0, 3))), sippAck('201', '202', 2)),
        { service: '202' },
      )
      await Promise.all([calling.succeed(), busy.succeed()])
    })
  }

  it('goes to what the platform answers itself where the called phone says so with 302 (RFC 3261 §8.1.3.4)', async () => {
    const moved = play(callee, scenario(requestOf('INVITE'), respond('302 Moved Temporarily', '600'), requestOf('ACK')))
    const calling = play(caller, scenario(callSteps('201', '202')), { service: '202' })
    await Promise.all([calling.succeed(), moved.succeed()])
  })

  it('answers 404 for a number that nobody has', async () => {
    const calling = play(caller, scenario(inviteSteps('201', '299'), response(404), sippAck('201', '299', 2)), {
      service: '299',
    })
    await calling.succeed()
  })

  it('answers 480 for a user without a phone', async () => {
    const calling = play(caller, scenario(inviteSteps('201', '219'), response(480), sippAck('201', '219', 2)), {
      service: '219',
    })
    await calling.succeed()
  })

  it('answers 488 when no codec is shared', async () => {
    const exotic = sippSdp
      .replace('RTP/AVP 8 101', 'RTP/AVP 96')
      .replace('a=rtpmap:8 PCMA/8000', 'a=rtpmap:96 EVRC/8000')
    const calling = play(
      caller,
      scenario(inviteSteps('201', '202', [], exotic), response(488), sippAck('201', '202', 2)),
      { service: '202' },
    )
    await calling.succeed()
  })

  it('puts the other on hold and takes it back by re-INVITE (RFC 3264 §8.4)', async () => {
    const answering = play(callee, scenario(answerSteps('202'), waitsOrAnswersReinvites('202')))
    const held = `${sippSdp}\na=sendonly`
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '202', 2),
        pause(200),
        inDialog('INVITE', '201', '202', 3, [], held.replace('o=sipp 1 1', 'o=sipp 1 2')),
        maybe(100),
        response(200),
        inDialog('ACK', '201', '202', 3),
        pause(200),
        inDialog('INVITE', '201', '202', 4, [], sippSdp.replace('o=sipp 1 1', 'o=sipp 1 3')),
        maybe(100),
        response(200),
        inDialog('ACK', '201', '202', 4),
        pause(200),
        inDialog('BYE', '201', '202', 5),
        response(200),
      ),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.match(messages, /a=recvonly/, 'the answer to sendonly is recvonly or inactive')
    await answering.stop()
  })

  it('survives a lost ACK: the 200 is repeated and the later ACK is taken (RFC 3261 §13.3.1.4)', async () => {
    const answering = play(callee, scenario(answerSteps('202'), hangsUpWhenAsked('202')))
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202'),
        response(200, 'rrs="true"'),
        // sipp takes the repeated 200s for retransmissions and keeps quiet
        pause(1800),
        inDialog('ACK', '201', '202', 2),
        pause(200),
        inDialog('BYE', '201', '202', 3),
        response(200),
      ),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.ok((messages.match(/SIP\/2\.0 200 OK/g) ?? []).length >= 3)
    await answering.succeed()
  })

  it('acknowledges a provisional answer for a phone that asks for it (RFC 3262)', async () => {
    const answering = play(callee, scenario(answerSteps('202'), hangsUpWhenAsked('202')))
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202', ['Require: 100rel', 'Supported: 100rel']).slice(0, -2),
        `<recv response="180" rrs="true" timeout="30000"><action><ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" assign_to="1"/></action></recv>`,
        inDialog('PRACK', '201', '202', 3, ['RAck: [$1] 2 INVITE']),
        `<recv response="200" timeout="30000"><action><ereg regexp="PRACK" search_in="hdr" header="CSeq:" check_it="true" assign_to="2"/></action></recv>`,
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '202', 2),
        pause(200),
        inDialog('BYE', '201', '202', 4),
        response(200),
        '<Reference variables="1,2"/>',
      ),
      { service: '202' },
    )
    await calling.succeed()
    await answering.succeed()
  })

  it('agrees on a session timer and answers UPDATE (RFC 4028, RFC 3311)', async () => {
    const answering = play(callee, scenario(answerSteps('202'), hangsUpWhenAsked('202')))
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202', ['Supported: timer', 'Session-Expires: 1800;refresher=uac', 'Min-SE: 90']),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '202', 2),
        pause(200),
        inDialog('UPDATE', '201', '202', 3, ['Supported: timer', 'Session-Expires: 1800;refresher=uac']),
        response(200),
        inDialog('BYE', '201', '202', 4),
        response(200),
      ),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.match(messages, /Session-Expires: *1800;refresher=uac/i)
    await answering.succeed()
  })

  it('asks for a longer interval with 422 when the session timer is too short (RFC 4028 §6)', async () => {
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202', ['Supported: timer', 'Session-Expires: 30'])[0]!,
        response(422),
        sippAck('201', '202', 1),
      ),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.match(messages, /Min-SE: *\d+/i)
  })

  it('refuses an extension that it does not know with 420 and its name (RFC 3261 §8.2.2.3)', async () => {
    const calling = play(
      caller,
      scenario(inviteSteps('201', '202', ['Require: nonesuch']).slice(0, 2), response(420), sippAck('201', '202', 1)),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.match(messages, /Unsupported: *nonesuch/i)
  })

  it('answers 483 to a request with no hops left and 416 to a scheme it does not know', async () => {
    const spent = inviteSteps('201', '202')[0]!.replace('Max-Forwards: 70', 'Max-Forwards: 0')
    await play(caller, scenario(spent, response(483), sippAck('201', '202', 1)), { service: '202' }).succeed()
    const odd = inviteSteps('201', '202')[0]!.replace(
      'INVITE sip:[service]@[remote_ip]:[remote_port]',
      'INVITE nobody:knows',
    )
    await play(caller, scenario(odd, response(416), sippAck('201', '202', 1)), { service: '202' }).succeed()
  })

  it('transfers blindly by REFER: the called phone is sent to another (RFC 3515)', async () => {
    const target = { platform, user: '204', port: await free.port() }
    await register(target)
    const targetAnswers = play(target, scenario(answerSteps('204'), waitsOrAnswersReinvites('204')))
    const answering = play(callee, scenario(answerSteps('202'), waitsOrAnswersReinvites('202')))
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '202'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '202', 2),
        pause(300),
        inDialog('REFER', '201', '202', 3, ['Refer-To: <sip:204@demo.vaxel.test>']),
        response(202),
        requestOf('NOTIFY'),
        respondInDialog('200 OK', '201'),
        finalNotify,
        inDialogByeUnlessTheyDo,
      ),
      { service: '202' },
    )
    const { messages } = await calling.succeed()
    assert.match(messages, /SIP\/2\.0 200 OK/)
    assert.match(targetAnswers.messages, /ACK sip:/)
    await targetAnswers.stop()
    await answering.stop()
  })
})

/** A BYE from the side that was called. */
function byeFromCallee(user: string): string {
  return `<send retrans="500"><![CDATA[

BYE [next_url] SIP/2.0
${via(1, 'BYE')}
[routes]
Max-Forwards: 70
From: <sip:${user}@demo.vaxel.test>;tag=[pid]U[call_number]
To: <sip:201@demo.vaxel.test>;[$5]
Call-ID: [call_id]
CSeq: 1 BYE
Content-Length: 0

]]></send>`
}

function cancel(user: string, to: string): string {
  return `<send><![CDATA[

CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
${via(2, 'INVITE')}
Max-Forwards: 70
From: <sip:${user}@demo.vaxel.test>;tag=[pid]T[call_number]
To: <sip:${to}@demo.vaxel.test>
Call-ID: [call_id]
CSeq: 2 CANCEL
Content-Length: 0

]]></send>`
}

/** 487 to the INVITE after its CANCEL: the Via of the CANCEL is the INVITE's (RFC 3261 §9.1). */
function cancelledAnswer(user: string): string {
  return respondInDialog('487 Request Terminated', user).replace('[last_CSeq:]', 'CSeq: 1 INVITE')
}

/** Answers re-INVITEs until it is told to stop. */
function waitsOrAnswersReinvites(user: string): string {
  return [
    '<label id="10"/>',
    '<recv request="ACK" optional="true" next="10"/>',
    '<recv request="UPDATE" optional="true" next="12"/>',
    '<recv request="BYE" optional="true" next="11"/>',
    '<recv request="INVITE" timeout="30000"/>',
    respondInDialog('200 OK', user, [], sippSdp).replace('<send >', '<send next="10">'),
    '<label id="12"/>',
    respondInDialog('200 OK', user).replace('<send >', '<send next="10">'),
    '<label id="11"/>',
    respondInDialog('200 OK', user),
  ].join('\n')
}

/** NOTIFYs up to the one with the final status; a BYE may come in between. */
const finalNotify = [
  '<label id="20"/>',
  '<recv request="BYE" optional="true" next="22"/>',
  '<recv request="NOTIFY" timeout="30000"><action><ereg regexp="SIP/2.0 200" search_in="msg" assign_to="3"/></action></recv>',
  respondInDialog('200 OK', '201').replace('<send >', '<send next="21" test="3">'),
  '<nop next="20"/>',
].join('\n')

const inDialogByeUnlessTheyDo = [
  '<label id="21"/>',
  '<recv request="BYE" timeout="3000" ontimeout="23"/>',
  '<label id="22"/>',
  respondInDialog('200 OK', '201').replace('<send >', '<send next="24">'),
  '<label id="23"/>',
  inDialog('BYE', '201', '202', 4),
  response(200),
  '<label id="24"/>',
  '<Reference variables="3"/>',
].join('\n')

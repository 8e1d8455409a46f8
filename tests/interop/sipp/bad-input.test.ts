import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  followTone,
  FreePorts,
  type Platform,
  sippSdp,
  startPlatform,
} from '@vaxel/testkit'
import { RawPhone } from './raw-phone.ts'
import { RtpEar } from './rtp-ear.ts'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  maybe,
  play,
  register,
  requestOf,
  respond,
  respondInDialog,
  response,
  scenario,
  sippAck,
  stopAll,
} from './sipp-phone.ts'

const sdp = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`
const goodSdp = sdp(['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 6000 RTP/AVP 8'])

describe('bad input from phones', () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  const raws: RawPhone[] = []
  const ears: RtpEar[] = []
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_MEDIA_DRAIN: '1' } })
    api = await platform.login()
    free = await FreePorts.claim()
  })
  /** After each of them the server answers, has no call left, and every port of media is free. */
  afterEach(async () => {
    await stopAll()
    for (const each of phones.splice(0)) await each.stop()
    for (const each of [...raws.splice(0), ...ears.splice(0)]) each.close()
    const options = await rawPhone('201').then((phone) => phone.ask({ method: 'OPTIONS' }))
    assert.equal(options?.status, 200, 'the server answers OPTIONS')
    const left = () => api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    try {
      await eventually('no call is left', async () => (await left()).items.length === 0)
    } catch (error) {
      // One test's call is not the next one's trouble.
      for (const { id } of (await left()).items)
        await api.request('POST', `/api/v1/live-calls/${id}/commands/clear`, {})
      throw error
    }
    await eventually('no media port is left open', () => openMediaPorts(platform).length === 0)
    for (const each of raws.splice(0)) each.close()
  })
  after(async () => {
    free?.release()
    await platform?.stop()
  })

  const rawPhone = async (user: string) => {
    const phone = await RawPhone.open(user, platform.ports.sip)
    raws.push(phone)
    return phone
  }
  const ear = async (options: Parameters<typeof RtpEar.open>[0]) => {
    const opened = await RtpEar.open({ ...options, port: await free.port() })
    ears.push(opened)
    return opened
  }
  const sippPhone = async (user: string) => ({ platform, user, port: await free.port() })

  const malformed: readonly (readonly [what: string, change: (text: string) => string, statuses: readonly number[]])[] =
    [
      ['without Call-ID', (text) => text.replace(/^Call-ID:.*\r\n/m, ''), [400]],
      ['without CSeq', (text) => text.replace(/^CSeq:.*\r\n/m, ''), [400]],
      ['without From', (text) => text.replace(/^From:.*\r\n/m, ''), [400]],
      ['without To', (text) => text.replace(/^To:.*\r\n/m, ''), [400]],
      ['with another method in CSeq', (text) => text.replace(/^(CSeq: \d+) \w+/m, '$1 BYE'), [400]],
      ['with a CSeq past 2^31', (text) => text.replace(/^CSeq: \d+/m, 'CSeq: 36893488147419103232'), [400]],
      ['with a Request-URI that is none', (text) => text.replace(/ sip:\S+ /, ' sip:201@[::: '), [400, 416]],
      ['with a body shorter than it says', (text) => text.replace('Content-Length: 0', 'Content-Length: 9999'), [400]],
      ['with a negative Content-Length', (text) => text.replace('Content-Length: 0', 'Content-Length: -1'), [400]],
      ['of SIP/7.0', (text) => text.replace('SIP/2.0\r\n', 'SIP/7.0\r\n'), [505]],
      [
        'with a Max-Forwards that is no number',
        (text) => text.replace('Max-Forwards: 70', 'Max-Forwards: many'),
        [400],
      ],
      ['with two From headers', (text) => text.replace('Max-Forwards', 'From: <sip:b@c>;tag=2\r\nMax-Forwards'), [400]],
    ]
  for (const [what, change, statuses] of malformed) {
    it(`an OPTIONS ${what} is answered ${statuses.join(' or ')}, with the reason`, async () => {
      const phone = await rawPhone('201')
      phone.send(change(phone.compose({ method: 'OPTIONS' }).text))
      const answer = (await phone.received(/^SIP\/2\.0 [2-6]/)) ?? 'nothing'
      assert.match(answer, new RegExp(`^SIP/2\\.0 (${statuses.join('|')}) \\S+`))
    })
  }

  it('what cannot be answered without harm is dropped: no Via, a malformed ACK, a stray response', async () => {
    const phone = await rawPhone('201')
    const { text } = phone.compose({ method: 'OPTIONS' })
    phone.send(text.replace(/^Via:.*\r\n/m, ''))
    phone.send(phone.compose({ method: 'ACK' }).text.replace(/^CSeq:.*\r\n/m, ''))
    phone.send(text.replace(/^OPTIONS.*\r\n/, 'SIP/2.0 200 OK\r\n'))
    // The answer to what comes last shows that the others were looked at before
    const last = phone.compose({ method: 'OPTIONS' })
    phone.send(last.text)
    const answer = await phone.received(/^SIP/)
    assert.match(answer ?? '', new RegExp(`^SIP/2\\.0 200 [^]*branch=${last.branch}`))
  })

  const garbage: readonly (readonly [what: string, body: string, contentType?: string])[] = [
    ['that is noise', '\x00\xff\xfe\x80garbage\x00'.repeat(20)],
    ['with nothing but a version', 'v=0\r\n'],
    ['with a port past the last', goodSdp.replace('6000', '99999999')],
    ['without an address', goodSdp.replace('c=IN IP4 127.0.0.1\r\n', '')],
    ['with an address that is none', goodSdp.replaceAll('127.0.0.1', '300.1.1.1')],
    ['with audio that is refused already (port 0)', goodSdp.replace('6000', '0')],
    ['with video alone', goodSdp.replace('m=audio', 'm=video')],
    ['with 5,000 attributes', goodSdp + 'a=x:y\r\n'.repeat(5000)],
    ['with 300 media', goodSdp + 'm=audio 6000 RTP/AVP 8\r\n'.repeat(300)],
    ['that is JSON', '{"v":0}'],
    ['with payload types that are none', goodSdp.replace('RTP/AVP 8', 'RTP/AVP 999 -1 x')],
    ['that is plain text', 'hello', 'text/plain'],
    ['in a multipart that never begins', '--a\r\n\r\n', 'multipart/mixed;boundary=b'],
  ]
  for (const [what, body, contentType] of garbage) {
    it(`an offer ${what} is refused, and the reason is a sentence`, async () => {
      const phone = await rawPhone('201')
      const answer = await phone.askSigned({
        method: 'INVITE',
        to: '600',
        body,
        ...(contentType === undefined ? {} : { contentType }),
      })
      assert.ok([400, 413, 415, 488, 513].includes(answer?.status ?? 0), `${answer?.text ?? 'no answer'}`.slice(0, 300))
      if (answer!.status === 415) assert.match(answer!.text, /^Accept: *application\/sdp/im)
      else assert.match(answer!.text, new RegExp(`^Reason: *SIP ?;cause=${answer!.status};text="(\\S+ ){3,}`, 'im'))
    })
  }

  it('a request that fills a whole datagram is refused or dropped', async () => {
    const phone = await rawPhone('201')
    const big = 'x'.repeat(60_000)
    const answers = [
      await phone.ask({ method: 'INVITE', to: '600', body: big }, 700),
      await phone.ask({ method: 'OPTIONS', headers: [`Subject: ${big}`] }, 700),
      await phone.ask({ method: 'OPTIONS', headers: Array.from({ length: 6000 }, (_, i) => `X${i}: 1`) }, 700),
      await phone.ask(
        { method: 'OPTIONS', headers: Array.from({ length: 900 }, () => 'Via: SIP/2.0/UDP a;branch=z9hG4bKa') },
        700,
      ),
    ]
    for (const answer of answers)
      assert.ok(answer === undefined || (answer.status >= 400 && answer.status < 600), answer?.text.slice(0, 200))
  })

  it('a message over TCP that says it is 100 MB long is not waited for', async () => {
    const socket = connect({ port: platform.ports.sip, host: '127.0.0.1' })
    socket.on('error', () => {})
    let answer = ''
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')))
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    const phone = await rawPhone('201')
    const { text } = phone.compose({ method: 'OPTIONS' })
    socket.write(text.replace('/UDP', '/TCP').replace('Content-Length: 0', 'Content-Length: 100000000'))
    await closed
    assert.match(answer, /^(SIP\/2\.0 (400|413|513) |$)/)
  })

  it('credentials that are not right are challenged again: foreign, used, for another target, of an unknown nonce', async () => {
    const phone = await rawPhone('201')
    const call = { method: 'INVITE', to: '600', body: goodSdp }
    const wrong = [
      await phone.askSigned(call, { password: 'sip-202' }),
      await phone.askSigned(call, { username: '299', password: 'sip-299' }),
      await phone.askSigned(call, { uri: 'sip:+15551234567@127.0.0.1' }),
    ]
    for (const answer of wrong) {
      assert.equal(answer?.status, 407)
      assert.doesNotMatch(answer.text, /stale/, 'not stale: the password would be asked for')
    }
    const unknown = await phone.askSigned(call, { nonce: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
    assert.equal(unknown?.status, 407)
    assert.match(unknown.text, /stale=true/i, 'the password was right, only the nonce was not')

    const registration = { method: 'REGISTER', uri: 'sip:demo.vaxel.test', headers: ['Expires: 60'] }
    const challenge = await phone.ask(registration)
    const signed = phone.sign({ ...registration, cseq: 2 }, challenge!.text)
    assert.equal((await phone.ask(signed))?.status, 200)
    const again = await phone.ask({ ...signed, cseq: 3 })
    assert.equal(again?.status, 401, 'credentials that were overheard open nothing')
    assert.match(again.text, /stale=true/i)
  })

  it('credentials end when a device gets new ones: its registration is gone, and the old password opens nothing', async () => {
    const phone = await rawPhone('207')
    const registration = { method: 'REGISTER', uri: 'sip:demo.vaxel.test', headers: ['Expires: 600'] }
    assert.equal((await phone.askSigned(registration))?.status, 200)
    const { items } = await api.get<{ items: { id: string; sipUsername: string }[] }>('/api/v1/devices')
    const device = items.find(({ sipUsername }) => sipUsername === '207')!
    const { password } = await api.post<{ password: string }>(`/api/v1/devices/${device.id}/secret`, {})
    const bindings = await api.get<{ items: { addressOfRecord: string }[] }>('/api/v1/bindings')
    assert.ok(!bindings.items.some(({ addressOfRecord }) => addressOfRecord.includes('207@')))
    assert.equal((await phone.askSigned(registration))?.status, 401)
    assert.equal((await phone.askSigned({ method: 'INVITE', to: '600', body: goodSdp }))?.status, 407)
    assert.equal((await phone.askSigned(registration, { password }))?.status, 200)
  })

  it('somebody with an own password cannot call as another: the called side is told who signed', async () => {
    const callee = await sippPhone('203')
    await register(callee)
    const answering = play(callee, scenario(requestOf('INVITE'), respond('486 Busy Here', '203'), requestOf('ACK')))
    const phone = await rawPhone('201')
    const answer = await phone.askSigned(
      { method: 'INVITE', to: '203', body: goodSdp },
      { username: '202', password: 'sip-202' },
    )
    const { messages } = answer?.status === 486 ? await answering.succeed() : { messages: '' }
    assert.ok([403, 407, 486].includes(answer?.status ?? 0), answer?.text)
    assert.doesNotMatch(messages, /^From:.*sip:201@/m, 'never in the name of 201')
  })

  it('an extension that is required and not known gets 420, in a call too, and the call goes on', async () => {
    const phone = await rawPhone('201')
    const options = await phone.ask({ method: 'OPTIONS', headers: ['Require: nonesuch, timer'] })
    assert.equal(options?.status, 420)
    assert.match(options.text, /^Unsupported: *nonesuch\r?$/im)
    await play(
      await sippPhone('201'),
      scenario(
        inviteSteps('201', '600'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '600', 2),
        inDialog('INVITE', '201', '600', 3, ['Require: nonesuch'], sippSdp.replace('o=sipp 1 1', 'o=sipp 1 2')),
        maybe(100),
        response(420),
        sippAck('201', '600', 3),
        inDialog('BYE', '201', '600', 4),
        response(200),
      ),
      { service: '600' },
    ).succeed()
  })

  it('a called phone that answers with a codec nobody offered is hung up, and the caller gets 488', async () => {
    const callee = await sippPhone('204')
    await register(callee)
    const exotic = sippSdp
      .replace('RTP/AVP 8 101', 'RTP/AVP 96')
      .replace('a=rtpmap:8 PCMA/8000', 'a=rtpmap:96 EVRC/8000')
    const answering = play(
      callee,
      scenario(
        requestOf('INVITE', 'rrs="true"'),
        respond('180 Ringing', '204'),
        respond('200 OK', '204', [], exotic),
        requestOf('ACK'),
        requestOf('BYE'),
        respondInDialog('200 OK', '204'),
      ),
    )
    const calling = play(
      await sippPhone('201'),
      scenario(inviteSteps('201', '204'), response(488), sippAck('201', '204', 2)),
      { service: '204' },
    )
    await Promise.all([calling.succeed(), answering.succeed()])
  })

  it('a REFER to oneself, to the other party, to nobody: refused, and the call goes on', async () => {
    const callee = await sippPhone('205')
    await register(callee)
    const caller = await sippPhone('201')
    await register(caller)
    const answering = play(callee, scenario(answerSteps('205'), requestOf('BYE'), respondInDialog('200 OK', '205')))
    const refer = (cseq: number, headers: readonly string[], status: string) => [
      inDialog('REFER', '201', '205', cseq, headers),
      `<recv response="${status}" timeout="30000"/>`,
    ]
    const calling = play(
      caller,
      scenario(
        inviteSteps('201', '205'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '205', 2),
        refer(3, ['Refer-To: <sip:201@demo.vaxel.test>'], '403'),
        refer(4, ['Refer-To: <sip:205@demo.vaxel.test>'], '403'),
        refer(5, ['Refer-To: <sip:demo.vaxel.test>'], '400'),
        refer(6, ['Refer-To: nonsense<<'], '400'),
        refer(7, [], '400'),
        refer(8, ['Refer-To: <sip:203@demo.vaxel.test>', 'Refer-To: <sip:204@demo.vaxel.test>'], '400'),
        inDialog('BYE', '201', '205', 9),
        response(200),
      ),
      { service: '205' },
    )
    await Promise.all([calling.succeed(), answering.succeed()])
  })

  it('a re-INVITE that changes everything is followed: address, port, codec, then direction', async () => {
    const toneHz = 620
    phones.push(
      await Baresip.start({
        user: '206',
        password: 'sip-206',
        registrar: platform.sip,
        toneHz,
        codecs: ['PCMA/8000/1', 'PCMU/8000/1'],
      }),
    )
    const before = await ear({ codec: 'PCMA' })
    const afterwards = await ear({ codec: 'PCMU', address: '127.0.0.2' })
    const offer = (version: number, address: string, port: number, type: string, direction: string) =>
      sdp([
        'v=0',
        `o=- 1 ${version} IN IP4 ${address}`,
        's=-',
        `c=IN IP4 ${address}`,
        't=0 0',
        `m=audio ${port} RTP/AVP ${type}`,
        `a=${direction}`,
      ])
    const phone = await rawPhone('201')
    const call = { method: 'INVITE', to: '206', callId: `changes-${phone.port}`, headers: [] }
    const answered = await phone.askSigned({ ...call, body: offer(1, '127.0.0.1', before.port, '8', 'sendrecv') })
    assert.equal(answered?.status, 200, answered?.text)
    const toTag = /^To:.*;tag=([^;\r\n]+)/m.exec(answered.text)![1]!
    const uri = /^Contact: *<([^>]+)>/m.exec(answered.text)![1]!
    const inside = { ...call, toTag, uri }
    const acknowledge = (cseq: number) => phone.send(phone.compose({ ...inside, method: 'ACK', cseq }).text)
    acknowledge(2)
    await before.hear(50)

    const changed = await phone.ask({
      ...inside,
      cseq: 3,
      body: offer(2, '127.0.0.2', afterwards.port, '0', 'sendrecv'),
    })
    assert.equal(changed?.status, 200, changed?.text)
    acknowledge(3)
    assert.match(changed.text, /^m=audio \d+ RTP\/AVP 0\r?$/m)
    await afterwards.hear(75)
    const silentSince = before.packetCount
    await afterwards.hear(25)
    assert.equal(before.packetCount, silentSince, 'nothing more goes to the old address')
    assert.deepEqual([...afterwards.types], [0])
    const report = followTone(afterwards.samples(), 8000, toneHz, 200)
    assert.ok(report.heardMs > 1500 && report.longestGapMs <= 40, JSON.stringify(report))

    const held = await phone.ask({ ...inside, cseq: 4, body: offer(3, '127.0.0.2', afterwards.port, '0', 'inactive') })
    assert.equal(held?.status, 200, held?.text)
    assert.match(held.text, /^a=inactive\r?$/m)
    acknowledge(4)
    const back = await phone.ask({ ...inside, cseq: 5, body: offer(4, '127.0.0.1', before.port, '8', 'sendrecv') })
    assert.equal(back?.status, 200, back?.text)
    acknowledge(5)
    await before.hear(50)

    const refused = await phone.ask({ ...inside, cseq: 6, body: offer(5, '127.0.0.1', before.port, '96', 'sendrecv') })
    assert.equal(refused?.status, 488, 'nothing in common')
    await before.hear(50)
    assert.equal((await phone.ask({ ...inside, method: 'BYE', cseq: 7 }))?.status, 200)
    await phones[0]!.waitFor('CALL_CLOSED')
  })
})

/** UDP ports of the media range that the server has open. */
function openMediaPorts({ ports }: Platform): number[] {
  const [from, to] = ports.mediaRange
  return readFileSync('/proc/net/udp', 'latin1')
    .split('\n')
    .slice(1)
    .map((line) => Number.parseInt(line.trim().split(/\s+/)[1]?.split(':')[1] ?? '', 16))
    .filter((port) => port >= from && port <= to)
}

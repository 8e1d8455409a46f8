import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

/** Sends datagrams whose source port is 0, as only a raw socket can: STUN and TURN requests and a SIP request to each port. */
const sender = `
import os, socket, struct, sys
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
sip = b'OPTIONS sip:a@127.0.0.1 SIP/2.0\\r\\nVia: SIP/2.0/UDP 127.0.0.1:0;branch=z9hG4bKx;rport\\r\\nFrom: <sip:a@b>;tag=1\\r\\nTo: <sip:a@b>\\r\\nCall-ID: x\\r\\nCSeq: 1 OPTIONS\\r\\nContent-Length: 0\\r\\n\\r\\n'
for port in map(int, sys.argv[1:]):
    for payload in [struct.pack('!HHI', method, 0, 0x2112a442) + os.urandom(12) for method in (1, 3)] + [sip, b'\\r\\n', b'']:
        raw.sendto(struct.pack('!HHHH', 0, port, 8 + len(payload), 0) + payload, ('127.0.0.1', 0))
`

describe('datagrams that nobody can answer: their source port is 0 (RFC 768)', () => {
  let platform: Platform
  const phones: NetPhone[] = []
  before(async () => {
    platform = await startPlatform()
  })
  after(async () => {
    for (const phone of phones) await phone.close()
    await platform?.stop()
  })

  it('a call goes on through them, and the server answers on every port afterwards', async () => {
    for (const user of ['204', '205']) phones.push(await NetPhone.open({ user, port: platform.ports.sip }))
    for (const phone of phones) assert.equal(await phone.register(), 200)
    const coming = phones[1]!.nextCall()
    const caller = await phones[0]!.call('205')
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    const { sip, stun, media, mediaRange } = platform.ports
    const all = Array.from({ length: mediaRange[1] - mediaRange[0] + 1 }, (_, i) => mediaRange[0] + i)
    execFileSync('python3', ['-c', sender, ...[sip, stun, media, ...all].map(String)])
    const heard = callee.talker.receivedPackets
    await callee.talker.hears(heard + 50)
    assert.equal((await fetch(`${platform.url}/healthz`)).status, 200)
    assert.equal(await phones[1]!.register(), 200)
    caller.hangUp()
    await callee.isOver()
  })
})

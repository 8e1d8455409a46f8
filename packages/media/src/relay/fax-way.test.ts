import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SharedPort } from '../ice/shared-port.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { BindOptions, UdpSocket } from '../udp/udp-network.ts'
import { agreedOn } from './leg-rig.fixture.ts'
import { LegTransport } from './leg-transport.ts'

const audio = Buffer.from([0x80, 8, ...new Uint8Array(170)])
const fax = Buffer.from([0, 1, 1, 0, 0, 0])
const address = (text: string, port: number) => UdpAddress.parse(text, port)!

/** A leg's transport whose peer, behind a translator of addresses, signals an address of its own network. */
async function faxRig() {
  const sentTo: string[] = []
  const sockets: UdpSocket[] = []
  const bind = ({ port, receive }: BindOptions): Promise<UdpSocket> => {
    const send = (_: Uint8Array, __: number, to: UdpAddress) => void sentTo.push(to.toString())
    sockets.push({ local: address('192.0.2.1', port), receive, send, close: () => {} })
    return Promise.resolve(sockets.at(-1)!)
  }
  const transport = new LegTransport({
    network: { bind, flush: () => {}, close: () => {} },
    sharedPort: new SharedPort(1),
    dtls: undefined,
    signalling: address('198.51.100.7', 0),
    listener: { rtp() {}, rtcp() {}, checked() {}, failed() {}, broke: (error) => assert.fail(String(error)) },
  })
  assert.ok(await transport.openPorts('192.0.2.1', 5000))
  const onward: number[] = []
  const begin = (port: number) => transport.relayFax(address('10.0.0.5', port), (_, length) => void onward.push(length))
  const receive = (packet: Buffer, from: UdpAddress, nowMs: number) =>
    sockets[0]!.receive(packet, packet.length, from, nowMs)
  transport.configure(agreedOn({ remote: { address: '10.0.0.5', rtpPort: 4000, rtcpPort: 4001 } }), 0)
  return { transport, begin, receive, sentTo, onward }
}

describe('the fax data of a peer behind a translator of addresses', () => {
  it('is taken from where its signalling comes from by then', async () => {
    const { transport, begin, receive, onward } = await faxRig()
    receive(audio, address('198.51.100.7', 40_000), 0)
    transport.peerMoved(address('203.0.113.9', 0))
    begin(4000)
    receive(fax, address('203.0.113.9', 50_000), 1000)
    assert.deepEqual(onward, [fax.length])
  })

  it('goes to where its audio came from on that port, before it has sent any', async () => {
    const { transport, begin, receive, sentTo } = await faxRig()
    receive(audio, address('198.51.100.7', 40_000), 0)
    begin(4000)
    transport.sendFax(fax, fax.length)
    assert.deepEqual(sentTo, [String(address('198.51.100.7', 40_000))])
  })

  it('is taken from another port than its audio where it comes from there, and the audio no more', async () => {
    const { transport, begin, receive, sentTo, onward } = await faxRig()
    receive(audio, address('198.51.100.7', 40_000), 0)
    begin(4400)
    receive(fax, address('198.51.100.7', 44_000), 20)
    receive(audio, address('198.51.100.7', 40_000), 30)
    assert.deepEqual(onward, [fax.length])
    transport.sendFax(fax, fax.length)
    assert.deepEqual(sentTo, [String(address('198.51.100.7', 44_000))])
  })
})

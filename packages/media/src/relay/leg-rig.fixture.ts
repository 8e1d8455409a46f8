import assert from 'node:assert/strict'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { SharedPort } from '../ice/shared-port.ts'
import { RtpHeader, rtpHeaderBytes, writeRtpHeader } from '../rtp/rtp-header.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { BindOptions, UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { AudioLeg } from './audio-leg.ts'
import { LegTransport } from './leg-transport.ts'

/** An RTP packet that a leg sent. */
export interface SentPacket {
  readonly payloadType: number
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly payload: Uint8Array
}

/** What a peer agreed to: G.711, comfort noise as asked for, digits as events. */
export function agreedOn(changes: Partial<AgreedAudio> = {}): AgreedAudio {
  return {
    codec: 'PCMA',
    sendPayloadType: 8,
    sendPtimeMs: 20,
    sendInbandFec: false,
    receive: [{ payloadType: 8, codec: 'PCMA' }],
    receiveEvents: [{ payloadType: 101, rateHz: 8000 }],
    sendEvents: { payloadType: 101, rateHz: 8000 },
    keying: 'rtp',
    remote: { address: '127.0.0.1', rtpPort: 6000, rtcpPort: 6001 },
    rtcpMux: false,
    direction: 'sendrecv',
    peerDirection: 'sendrecv',
    ...changes,
  }
}

/** A leg in plain RTP on sockets without a system under them, in a time of its own. */
export class LegRig {
  readonly leg: AudioLeg
  readonly sent: SentPacket[] = []
  readonly digits: string[] = []
  /** Each time that the peer was told to be silent, for how long. */
  readonly silences: number[] = []
  #rtp: UdpSocket | undefined

  private constructor() {
    const bind = ({ port, receive }: BindOptions): Promise<UdpSocket> => {
      const send = (packet: Uint8Array, length: number) => {
        if (port % 2 === 0) this.#keep(packet, length)
      }
      const socket: UdpSocket = { local: UdpAddress.parse('127.0.0.1', port)!, receive, send, close: () => {} }
      this.#rtp ??= socket
      return Promise.resolve(socket)
    }
    const network: UdpNetwork = { bind, flush: () => {}, close: () => {} }
    this.leg = new AudioLeg({
      transport: (listener) =>
        new LegTransport({ network, sharedPort: new SharedPort(1), dtls: undefined, signalling: undefined, listener }),
      listener: {
        digit: (digit) => void this.digits.push(digit),
        audioStarted() {},
        silent: (sinceMs) => void this.silences.push(sinceMs),
        quiet() {},
        heard() {},
        failed: (reason) => assert.fail(reason),
        broke: (error) => assert.fail(String(error)),
      },
      wallClock: () => 0,
      wallOf: (monotonicMs) => monotonicMs,
      random: (count) => new Uint8Array(count).fill(7),
      silentAfterMs: 10_000,
    })
  }

  static async open(agreed = agreedOn()): Promise<LegRig> {
    const rig = new LegRig()
    assert.ok(await rig.leg.transport.openPorts('127.0.0.1', 5000))
    rig.leg.configure(agreed, 0)
    return rig
  }

  /** The peer sends a packet. */
  receive(
    payloadType: number,
    sequence: number,
    timestamp: number,
    payload: Uint8Array,
    nowMs: number,
    ssrc = 77,
  ): void {
    const packet = Buffer.alloc(rtpHeaderBytes + payload.length)
    writeRtpHeader(packet, false, payloadType, sequence & 0xffff, timestamp >>> 0, ssrc)
    packet.set(payload, rtpHeaderBytes)
    this.#rtp?.receive(packet, packet.length, UdpAddress.parse('127.0.0.1', 6000)!, nowMs)
  }

  #keep(packet: Uint8Array, length: number): void {
    const header = new RtpHeader()
    assert.ok(header.read(packet, length))
    const { payloadType, marker, sequence, timestamp, payloadStart, payloadEnd } = header
    this.sent.push({
      payloadType,
      marker,
      sequence,
      timestamp,
      payload: Uint8Array.from(packet.subarray(payloadStart, payloadEnd)),
    })
  }
}

import { createSocket, type Socket } from 'node:dgram'
import { silentLogger, systemClock } from '@vaxel/base'
import { createNetwork, type Network } from '@vaxel/connect'
import { createSipStack, type InviteHandlers, type InviteUsage, makeResponse, type SipStack } from '@vaxel/sip'
import { DataFax, type FaxJob, SoundFax, within } from '@vaxel/testkit'
import { alawToLinear, encodeAlaw } from '../../../packages/media/src/audio/g711.ts'

const samplesPerPacket = 160
const packetMs = 20

export interface FaxMachineOptions {
  readonly user: string
  readonly sipPort: number
  readonly job: FaxJob
  /** `offers`: goes over to T.38 as soon as it has answered; `takes`: when it is asked; `refuses`: never. */
  readonly t38: 'offers' | 'takes' | 'refuses'
  /** Goes back to sound after the fax. */
  readonly goesBack?: boolean
}

/** An analogue adapter with a fax machine of spandsp at it: sound as G.711, T.38 over UDPTL, both on one port. */
export class FaxMachine {
  usage: InviteUsage | undefined
  readonly mode: ('sound' | 'data')[] = ['sound']
  /** Session descriptions that came. */
  readonly came: string[] = []
  soundPackets = 0
  dataPackets = 0
  readonly ended: Promise<string>
  readonly #options: FaxMachineOptions
  readonly #network: Network
  readonly #stack: SipStack
  readonly #socket: Socket
  readonly #sound: SoundFax
  readonly #data: DataFax
  readonly #isOver = Promise.withResolvers<void>()
  #sequence = 0
  #dataSequence = 0
  #timer: NodeJS.Timeout | undefined
  #peer: { address: string; port: number } | undefined
  #version = 1

  private constructor(options: FaxMachineOptions, network: Network, socket: Socket) {
    this.#options = options
    this.#network = network
    this.#socket = socket
    this.#sound = new SoundFax(options.job)
    this.#data = new DataFax(options.job, (ifp, times) => this.#sendData(ifp, times))
    this.ended = Promise.race([this.#sound.ended, this.#data.ended])
    this.#stack = createSipStack({ clock: systemClock, log: silentLogger, transport: network, product: 'Fax' })
    network.onMessage((flow, bytes) => this.#stack.receive(flow, bytes))
    this.#stack.setUser({
      onInvite: (invite) => {
        this.usage = invite
        invite.setHandlers(this.#handlers())
        this.#follow(invite.offer!)
        invite.accept(this.#describe('sound'))
      },
      onRequest: ({ request, respond }) => respond(makeResponse(request, 200)),
    })
    socket.on('message', (bytes) => this.#receive(bytes))
    socket.on('error', () => {})
  }

  static async open(options: FaxMachineOptions): Promise<FaxMachine> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const network = await createNetwork({
      clock: systemClock,
      log: silentLogger,
      udp: [{ address: '127.0.0.1', port: 0 }],
    })
    const machine = new FaxMachine(options, network, socket)
    const address = machine.#address()
    const outcome = await machine.#stack.request({
      method: 'REGISTER',
      uri: `sip:127.0.0.1:${options.sipPort}`,
      from: address,
      to: address,
      headers: [['Expires', '600']],
      credentials: machine.#credentials(),
    })
    if (outcome.kind !== 'response' || outcome.response.status !== 200)
      throw new Error(`${options.user} cannot register`)
    return machine
  }

  get sipCallId(): string {
    return this.usage!.sipCallId
  }

  call(number: string): void {
    const uri = `sip:${number}@127.0.0.1:${this.#options.sipPort}`
    this.usage = this.#stack.invite(
      {
        uri,
        from: this.#address(),
        to: `<${uri}>`,
        contactUser: this.#options.user,
        offer: this.#describe('sound'),
        credentials: this.#credentials(),
      },
      this.#handlers(),
    )
  }

  async isOver(): Promise<void> {
    await within('the fax call is over', this.#isOver.promise)
  }

  /** Goes back to sound by a re-INVITE. */
  async goBack(): Promise<void> {
    const outcome = await this.usage!.reoffer(this.#describe('sound'))
    if (outcome.kind !== 'answered') throw new Error(`sound was not taken: ${outcome.kind}`)
    this.#follow(outcome.answer)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#stack.close()
    await this.#network.close()
    this.#socket.close()
  }

  #handlers(): InviteHandlers {
    return {
      onAccepted: (_response, sdp) => {
        if (sdp !== undefined) this.#follow(sdp)
        this.#run()
      },
      onConfirmed: () => {
        this.#run()
        if (this.#options.t38 === 'offers') void this.#goOver()
      },
      onOffer: (offer, reply) => {
        const isData = offer.includes('m=image')
        if (isData && this.#options.t38 === 'refuses') return reply.refuse(488)
        reply.accept(this.#describe(isData ? 'data' : 'sound'))
        this.#follow(offer)
      },
      onEnded: () => {
        clearInterval(this.#timer)
        this.#isOver.resolve()
      },
    }
  }

  async #goOver(): Promise<void> {
    const outcome = await this.usage!.reoffer(this.#describe('data'))
    if (outcome.kind === 'answered') this.#follow(outcome.answer)
  }

  /** Takes what the other side's description says. */
  #follow(sdp: string): void {
    this.came.push(sdp)
    const media = /^m=(audio|image) (\d+)/m.exec(sdp)
    this.#peer = { address: /^c=IN IP4 (\S+)/m.exec(sdp)![1]!, port: Number(media![2]) }
    const mode = media![1] === 'image' ? 'data' : 'sound'
    if (mode !== this.mode.at(-1)) this.mode.push(mode)
  }

  /** At the pace of a telephone line, however late the timer fires. */
  #run(): void {
    if (this.#timer) return
    const startedMs = performance.now()
    let done = 0
    this.#timer = setInterval(() => {
      for (const due = (performance.now() - startedMs) / packetMs; done < due; done++) this.#turn()
    }, packetMs)
  }

  #turn(): void {
    if (this.mode.at(-1) === 'data') return this.#data.pass(samplesPerPacket)
    // A machine that goes over to data says nothing as sound after it.
    const samples = this.mode.includes('data') ? new Int16Array(samplesPerPacket) : this.#sound.say(samplesPerPacket)
    const packet = Buffer.alloc(12 + samplesPerPacket)
    packet[0] = 0x80
    packet[1] = 8
    packet.writeUInt16BE(this.#sequence & 0xffff, 2)
    packet.writeUInt32BE((this.#sequence * samplesPerPacket) >>> 0, 4)
    packet.writeUInt32BE(Number(this.#options.user), 8)
    this.#sequence++
    for (let i = 0; i < samplesPerPacket; i++) packet[12 + i] = encodeAlaw(samples[i]!)
    this.#send(packet)
  }

  #receive(bytes: Buffer): void {
    if (bytes.length >= 12 && bytes[0] === 0x80 && (bytes[1]! & 0x7f) === 8 && this.mode.at(-1) === 'sound') {
      this.soundPackets++
      if (!this.mode.includes('data'))
        this.#sound.hear(Int16Array.from(bytes.subarray(12), (byte) => alawToLinear[byte]!))
      return
    }
    if (this.mode.at(-1) !== 'data' || bytes.length < 4) return
    // UDPTL (T.38 §9.1.3): sequence number, length and primary packet; on loopback nothing is lost.
    const length = bytes[2]!
    if (length > 127 || bytes.length < 3 + length) return
    this.dataPackets++
    this.#data.take(bytes.subarray(3, 3 + length), bytes.readUInt16BE(0))
  }

  #sendData(ifp: Buffer, times: number): void {
    const packet = Buffer.concat([Buffer.from([0, 0, ifp.length]), ifp, Buffer.from([0, 0])])
    packet.writeUInt16BE(this.#dataSequence++ & 0xffff, 0)
    for (let i = 0; i < times; i++) this.#send(packet)
  }

  #send(packet: Buffer): void {
    if (this.#peer) this.#socket.send(packet, this.#peer.port, this.#peer.address)
  }

  #describe(mode: 'sound' | 'data'): string {
    const { port } = this.#socket.address()
    const head = ['v=0', `o=- 1 ${this.#version++} IN IP4 127.0.0.1`, 's=-', 'c=IN IP4 127.0.0.1', 't=0 0']
    const media =
      mode === 'sound'
        ? [`m=audio ${port} RTP/AVP 8`, 'a=rtpmap:8 PCMA/8000', 'a=sendrecv']
        : [
            `m=image ${port} udptl t38`,
            'a=T38FaxVersion:0',
            'a=T38MaxBitRate:14400',
            'a=T38FaxRateManagement:transferredTCF',
            'a=T38FaxMaxBuffer:2000',
            'a=T38FaxMaxDatagram:400',
            `a=T38FaxUdpEC:t38UDPRedundancy`,
          ]
    return [...head, ...media, ''].join('\r\n')
  }

  #address(): string {
    return `<sip:${this.#options.user}@demo.vaxel.test>`
  }

  #credentials() {
    return { username: this.#options.user, password: `sip-${this.#options.user}` }
  }
}

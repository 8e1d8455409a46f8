import { Worker } from 'node:worker_threads'
import type { MediaLegId } from '@vaxel/core'
import { writeRtpHeader } from '../packages/media/src/rtp/rtp-header.ts'
import { SrtpSender } from '../packages/media/src/srtp/srtp-transform.ts'
import { BatchedNetwork } from '../packages/media/src/udp/batched-network.ts'
import { loadLinuxSockets } from '../packages/media/src/udp/linux-sockets.ts'
import { PortableNetwork } from '../packages/media/src/udp/portable-network.ts'
import type { UdpAddress } from '../packages/media/src/udp/udp-address.ts'
import type { UdpSocket } from '../packages/media/src/udp/udp-network.ts'
import type { WorkerCommand, WorkerMessage } from '../packages/media/src/worker/protocol.ts'

/**
 * CPU time of a media worker for one relayed packet of G.711: `node bench/media-relay.ts [calls] [seconds] [rtp|sdes] [batched|portable]`.
 * A call is two legs that each receive and get 50 packets a second, sent and counted by this thread on loopback.
 */
const [calls = 100, seconds = 5] = process.argv.slice(2, 4).map(Number)
const keying = process.argv[4] === 'sdes' ? 'sdes' : 'rtp'
const udp = process.argv[5] === 'portable' ? 'portable' : 'batched'
const firstPort = 24_000

const system = loadLinuxSockets()
const batched = system && new BatchedNetwork(system)
const network = batched ?? new PortableNetwork()
const worker = new Worker(new URL('../packages/media/src/worker/worker.ts', import.meta.url), {
  workerData: { icePorts: [], udp },
})
const waiting = new Map<number, () => void>()
await new Promise<void>((resolve) => {
  worker.on('message', (messages: WorkerMessage[]) => {
    for (const message of messages) {
      if (message.tell === 'ready') resolve()
      else if (message.tell === 'reply') waiting.get(message.request)?.()
    }
  })
})
let requests = 0
const ask = (command: object) =>
  new Promise<void>((resolve) => {
    const request = ++requests
    waiting.set(request, resolve)
    worker.postMessage([{ ...command, request }])
  })
const tell = (command: WorkerCommand) => worker.postMessage([command])

interface Stream {
  readonly socket: UdpSocket
  readonly to: UdpAddress
  readonly sender: SrtpSender | undefined
  sequence: number
}

let received = 0
const key = (seed: number) => Uint8Array.from({ length: 30 }, (_, i) => (i * 7 + seed) & 255)
const streams: Stream[] = []
for (let i = 0; i < 2 * calls; i++) {
  const socket = await network.bind({ address: '127.0.0.1', port: 0, receive: () => void received++ })
  if ('fault' in socket) throw new Error(socket.fault)
  const leg = `leg-${i}` as MediaLegId
  const rtpPort = firstPort + 2 * i
  await ask({ do: 'open', leg, ports: { address: '127.0.0.1', rtpPort } })
  const { port } = socket.local
  tell({
    do: 'configure',
    leg,
    agreed: {
      codec: 'PCMA',
      sendPayloadType: 8,
      sendPtimeMs: 20,
      sendInbandFec: false,
      receive: [{ payloadType: 8, codec: 'PCMA' }],
      receiveEvents: [],
      keying,
      ...(keying === 'sdes' && { sdes: { suite: 'AES_CM_128_HMAC_SHA1_80', send: key(1), receive: key(i) } }),
      remote: { address: '127.0.0.1', rtpPort: port, rtcpPort: port + 1 },
      rtcpMux: false,
      direction: 'sendrecv',
      peerDirection: 'sendrecv',
    },
  })
  const sender = keying === 'sdes' ? new SrtpSender('AES_CM_128_HMAC_SHA1_80', key(i)) : undefined
  streams.push({ socket, to: Object.assign(socket.local.copy(), { port: rtpPort }), sender, sequence: 1 })
}
for (let i = 0; i < 2 * calls; i++) {
  tell({ do: 'hear', leg: `leg-${i}` as MediaLegId, hearing: { kind: 'leg', leg: `leg-${i ^ 1}` as MediaLegId } })
}
await ask({ do: 'counters', leg: 'leg-0' })

const packet = Buffer.from(new ArrayBuffer(256))
let sent = 0
/** Sends what is due; the streams are spread evenly over the 20 ms. */
async function run(forMs: number): Promise<void> {
  const startMs = performance.now()
  let done = 0
  for (;;) {
    const passedMs = performance.now() - startMs
    const due = Math.floor((Math.min(passedMs, forMs) * streams.length) / 20)
    for (; done < due; done++) {
      const stream = streams[done % streams.length]!
      packet.fill(0xd5)
      writeRtpHeader(packet, false, 8, stream.sequence & 0xffff, stream.sequence * 160, 1000 + (done % streams.length))
      stream.sequence++
      const length = stream.sender ? stream.sender.protectRtp(packet, 172) : 172
      stream.socket.send(packet, length, stream.to)
      sent++
    }
    batched?.poll(1)
    await new Promise((resolve) => setImmediate(resolve))
    if (passedMs > forMs + 50) return
  }
}

await run(1000)
sent = 0
received = 0
const before = await worker.cpuUsage()
await run(seconds * 1000)
const after = await worker.cpuUsage(before)
const cpuUs = after.user + after.system
const figures = {
  calls,
  keying,
  udp,
  packets: sent,
  lost: sent - received,
  cpuUsPerPacket: Number((cpuUs / sent).toFixed(2)),
  cpuPercent: Number((cpuUs / (seconds * 10_000)).toFixed(1)),
  node: process.version,
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
await ask({ do: 'close' })
network.close()

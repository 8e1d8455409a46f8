import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { CodecName, MediaLegId, RecordingId } from '@vaxel/core'
import { encodeAlaw } from '../packages/media/src/audio/g711.ts'
import { writeRtpHeader } from '../packages/media/src/rtp/rtp-header.ts'
import { SrtpSender } from '../packages/media/src/srtp/srtp-transform.ts'
import { BatchedNetwork } from '../packages/media/src/udp/batched-network.ts'
import { loadLinuxSockets } from '../packages/media/src/udp/linux-sockets.ts'
import { UdpAddress } from '../packages/media/src/udp/udp-address.ts'
import type { UdpSocket } from '../packages/media/src/udp/udp-network.ts'
import { MediaWorker } from '../packages/media/src/worker/media-worker.ts'
import type { WorkerCommand, WorkerMessage } from '../packages/media/src/worker/protocol.ts'

/**
 * What a relayed packet costs, for work on it: `node bench/media-cost.ts plain|srtp|gcm|recorded CALLS ROUNDS`. Worker and telephones
 * take turns in one thread, and the worker's CPU time alone is counted, ticks included: a fixed number of packets, so that other
 * programs on the machine change little. `VAXEL_BENCH_NO_RING=1` does without io_uring. Against `media-load.ts` it misses waking up, and nothing is ever late.
 */
const [mode = 'plain', calls = '300', roundsWanted = '150'] = process.argv.slice(2)
const legs = 2 * Number(calls)
const suite = mode === 'gcm' ? 'AEAD_AES_128_GCM' : 'AES_CM_128_HMAC_SHA1_80'
const isSealed = mode === 'srtp' || mode === 'gcm'
const keyBytes = mode === 'gcm' ? 28 : 30
/** The legs speak in so many groups, one after another, as telephones do. */
const groups = 20
const warmUpRounds = 60
const firstPort = 12_000
/** Addresses of their own, so that ports of other programs are not in the way. */
const [relayAddress, phoneAddress] = ['127.7.7.7', '127.7.7.8']

const system = loadLinuxSockets()
if (!system) throw new Error('media is measured on Linux alone')
const ring = process.env['VAXEL_BENCH_NO_RING'] === undefined ? undefined : null
const network = new BatchedNetwork(system, undefined, undefined, ring)
const outside = new BatchedNetwork(system)
const replies = new Map<number, unknown>()
const worker = new MediaWorker({
  network,
  options: { icePorts: [] },
  tell: (message: WorkerMessage) => {
    if (message.tell === 'reply') replies.set(message.request, message.value)
  },
})
const folder = mkdtempSync('/tmp/vaxel-media-cost-')
let requests = 0
let received = 0

async function ask(command: object): Promise<unknown> {
  const request = ++requests
  worker.perform({ ...command, request } as WorkerCommand)
  while (!replies.has(request)) await new Promise(setImmediate)
  return replies.get(request)
}

const keyOf = (index: number) =>
  Uint8Array.from({ length: keyBytes }, (_, i) => (i * 7 + index * 13 + (index >> 4)) & 255)
const idOf = (index: number) => `leg-${index}` as MediaLegId

interface Phone {
  readonly socket: UdpSocket
  readonly sender: SrtpSender | undefined
  readonly to: UdpAddress
}

async function makePhone(index: number): Promise<Phone> {
  const rtpPort = firstPort + 2 * index
  const ports = { address: relayAddress, rtpPort }
  if ((await ask({ do: 'open', leg: idOf(index), ports })) !== 'opened') throw new Error(`port ${rtpPort} is taken`)
  const socket = await outside.bind({ address: phoneAddress, port: 0, receive: () => void received++ })
  if ('fault' in socket) throw new Error(socket.fault)
  const { port } = socket.local
  const codec: CodecName = 'PCMA'
  worker.perform({
    do: 'configure',
    leg: idOf(index),
    agreed: {
      codec,
      sendPayloadType: 8,
      sendPtimeMs: 20,
      sendInbandFec: false,
      receive: [{ payloadType: 8, codec }],
      receiveEvents: [{ payloadType: 101, rateHz: 8000 }],
      sendEvents: { payloadType: 101, rateHz: 8000 },
      keying: isSealed ? 'sdes' : 'rtp',
      ...(isSealed && { sdes: { suite, send: keyOf(index + 50_000), receive: keyOf(index) } }),
      remote: { address: phoneAddress, rtpPort: port, rtcpPort: port + 1 },
      rtcpMux: false,
      direction: 'sendrecv',
      peerDirection: 'sendrecv',
    },
  })
  const to = UdpAddress.parse(relayAddress, rtpPort)!
  return { socket, sender: isSealed ? new SrtpSender(suite, keyOf(index)) : undefined, to }
}

const phones: Phone[] = []
for (let i = 0; i < legs; i++) phones.push(await makePhone(i))
for (let i = 0; i < legs; i += 2) {
  worker.perform({ do: 'hear', leg: idOf(i), hearing: { kind: 'leg', leg: idOf(i + 1) } })
  worker.perform({ do: 'hear', leg: idOf(i + 1), hearing: { kind: 'leg', leg: idOf(i) } })
  if (mode !== 'recorded') continue
  const refused = await ask({
    do: 'startRecording',
    recording: `recording-${i}` as RecordingId,
    leg: idOf(i),
    path: `${folder}/${i}.vxs`,
    options: { seal: { key: randomBytes(32) } },
  })
  if (refused !== undefined) throw new Error(String(refused))
}

const packet = Buffer.from(new ArrayBuffer(2048))
const tone = Uint8Array.from({ length: 160 }, (_, i) => encodeAlaw(Math.round(4000 * Math.sin((2 * Math.PI * i) / 20))))
/** CPU time, microseconds: of this round, and of each before it. */
let spent = { all: 0, ticks: 0 }
let elsewhere = 0

/** CPU time of all other threads, microseconds: the disk's above all. */
function elsewhereUs(): number {
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()]
  return all.user + all.system - own.user - own.system
}

const rounds: { all: number; ticks: number }[] = []

function speak(group: number, round: number): void {
  for (let i = group; i < legs; i += groups) {
    const { socket, sender, to } = phones[i]!
    writeRtpHeader(packet, false, 8, round & 0xffff, round * 160, 77)
    packet.set(tone, 12)
    socket.send(packet, sender ? sender.protectRtp(packet, 172) : 172, to)
  }
  outside.flush()
}

/** Lets the worker do what there is to do, as `worker/worker.ts` does. */
function carry(atMs: number, isTick: boolean): void {
  const before = process.threadCpuUsage()
  if (isTick) worker.tick(atMs)
  const ticked = isTick ? process.threadCpuUsage(before) : { user: 0, system: 0 }
  while (network.poll(0) > 0);
  const after = process.threadCpuUsage(before)
  spent.all += after.user + after.system
  spent.ticks += ticked.user + ticked.system
}

const startMs = performance.now()
const packets = legs * Number(roundsWanted)
for (let round = 0; round < warmUpRounds + Number(roundsWanted); round++) {
  if (round === warmUpRounds) {
    received = 0
    elsewhere = elsewhereUs()
  }
  spent = { all: 0, ticks: 0 }
  for (let group = 0; group < groups; group++) {
    speak(group, round)
    carry(startMs + round * 20 + group, group === 0)
    while (outside.poll(0) > 0);
  }
  // What waits for the disk or a clock gets its turn.
  const before = process.threadCpuUsage()
  await new Promise(setImmediate)
  const { user, system: ofSystem } = process.threadCpuUsage(before)
  spent.all += user + ofSystem
  if (round >= warmUpRounds) rounds.push(spent)
}
// The quarter of the rounds that other programs disturbed least.
const quiet = rounds.toSorted((a, b) => a.all - b.all).slice(0, Math.ceil(rounds.length / 4))
const mean = (values: readonly number[]) =>
  (values.reduce((sum, value) => sum + value) / values.length / legs).toFixed(2)
process.stdout.write(
  `${mode} ${calls} calls: ${mean(quiet.map(({ all }) => all))} us a packet (ticks ${mean(quiet.map(({ ticks }) => ticks))}), of all rounds ${mean(rounds.map(({ all }) => all))}, in other threads ${((elsewhereUs() - elsewhere) / packets).toFixed(2)}; ${received} of ${packets} packets\n`,
)
await worker.close()
outside.close()
for (const { sender } of phones) sender?.close()
rmSync(folder, { recursive: true })
process.exit(0)

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadLinuxSockets } from '../packages/media/src/udp/linux-sockets.ts'
import { cpuSeconds } from './figure.ts'
import { type Carried, MediaGenerator, suite } from './media-generator.ts'
import { type Relay, recordingIn, startRtpengine, startVaxel } from './media-relays.ts'

/**
 * One relay under the audio of more and more calls: `node bench/media-load.ts vaxel|rtpengine plain|srtp|recorded|services|room|rooms SECONDS N…`.
 * Progress goes to standard error, the steps as JSON to standard output.
 */
export interface MediaStep extends Carried {
  readonly calls: number
  readonly cpuUsPerPacket: number
  readonly cpuPercent: number
  /** Share of the time for which the relay could have run and other programs had its processor: a disturbed measurement. */
  readonly waitedPercent: number
  readonly isClean: boolean
  /** The generator itself was late. */
  readonly isLoadTheLimit: boolean
  /** How often it was measured until it was clean, or given up. */
  readonly tries: number
}

const [system = 'vaxel', mode = 'plain', seconds = '3', ...counts] = process.argv.slice(2)
/** Later than that, the generator's own bursts may be what was not carried. */
const mostLateMs = 15
/** Even if all was carried: it was less a second than was asked for. */
const mostLateCleanMs = 200
/**
 * Sound of which that share is lost is still whole to any ear and any counter; what a busy machine's other work costs. What is only counted may be
 * a packet early or late at the edges.
 */
const isCounted = mode === 'services' || mode === 'room' || mode === 'rooms'
const mostLost = isCounted ? 1 / 1000 : 1 / 10_000
const mostP99Ms = 20
const mostTries = 3

const sockets = loadLinuxSockets()
if (!sockets) throw new Error('media is measured on Linux alone')
const key = mode === 'srtp' ? randomBytes(30) : undefined
const returns = isCounted ? 'other' : system === 'rtpengine' ? 'same' : 'moved'
const generator = new MediaGenerator(sockets, 4, key, returns)
const folder = mkdtempSync('/tmp/vaxel-bench-media-')
const relay = system === 'rtpengine' ? await startRtpengine(folder) : await startVaxel()
const steps: MediaStep[] = []
try {
  for (const calls of counts.map(Number)) {
    while (generator.streams < 2 * calls) await addCall(relay, generator.streams / 2)
    const step = measureBest(calls)
    steps.push(step)
    process.stderr.write(
      `${system} ${mode}: ${calls} calls, ${step.cpuUsPerPacket} us a packet, ${step.cpuPercent} % (waited ${step.waitedPercent} %), lost ${step.lost} of ${step.sent}, delay ${step.p50Ms} / ${step.p99Ms} / ${step.maxMs} ms${step.isLoadTheLimit ? `, load late by ${step.lateMs} ms` : ''}${step.tries > 1 ? `, of ${step.tries} tries` : ''}\n`,
    )
    if (!step.isClean) break
  }
} finally {
  generator.close()
  await relay.stop()
  if ((mode === 'recorded' || mode === 'services') && steps.length > 0)
    process.stderr.write(`${system} recorded ${Math.round(sizeOf(folder) / 2 ** 20)} MiB\n`)
  rmSync(folder, { recursive: true })
}
process.stdout.write(`${JSON.stringify(steps)}\n`)
process.exit(0)

async function addCall(to: Relay, index: number): Promise<void> {
  const call = `call-${index}`
  const sdp = descriptionOf(generator.nextPort)
  const told = await to.open({
    call,
    offers: [sdp, sdp],
    ...(mode === 'recorded' && { recordTo: recordingIn(folder, call) }),
    ...(mode === 'services' && { servicesIn: folder }),
    ...(mode === 'room' && { mix: 'room' }),
    // A call is two people: three of them make a room of six.
    ...(mode === 'rooms' && { mix: `room-${Math.floor(index / 3)}` }),
  })
  const ports = told.map((text) => Number(/m=audio (\d+) /.exec(text)?.[1] ?? 0)) as [number, number]
  const keys = told.map((text) => Buffer.from(new RegExp(`${suite} inline:([^|\\s]+)`).exec(text)?.[1] ?? '', 'base64'))
  if (ports.includes(0)) throw new Error(`${system} did not take a call: ${told.join('\n')}`)
  const isOurs = system === 'vaxel'
  generator.add(ports, key && isOurs ? (keys as [Buffer, Buffer]) : undefined, !isOurs && key !== undefined)
}

function descriptionOf(port: number): string {
  const crypto = key ? `a=crypto:1 ${suite} inline:${key.toString('base64')}\r\n` : ''
  return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/${key ? 'S' : ''}AVP 8\r\na=rtpmap:8 PCMA/8000\r\n${crypto}a=sendrecv\r\n`
}

/** The first try that was clean, else the best one: what stops the load for a moment says nothing of the relay. */
function measureBest(calls: number): MediaStep {
  const tries: MediaStep[] = []
  while (tries.length < mostTries && !tries.some(({ isClean, isLoadTheLimit }) => isClean && !isLoadTheLimit))
    tries.push(measure(calls))
  const [best] = tries.toSorted((a, b) => Number(b.isClean) - Number(a.isClean) || a.lost - b.lost || a.p99Ms - b.p99Ms)
  return { ...best!, tries: tries.length }
}

function measure(calls: number): MediaStep {
  let beforeSeconds = 0
  let beforeMs = 0
  let waitedBeforeMs = 0
  const carried = generator.run(key ? 1 + calls / 500 : 1, Number(seconds), () => {
    beforeSeconds = cpuSeconds(relay.pid)
    waitedBeforeMs = waitedMs(relay.pid)
    beforeMs = performance.now()
  })
  const usedSeconds = cpuSeconds(relay.pid) - beforeSeconds
  const passedMs = performance.now() - beforeMs
  const waited = waitedMs(relay.pid) - waitedBeforeMs
  const isClean = carried.lost <= carried.sent * mostLost && carried.p99Ms < mostP99Ms
  const isLoadTheLimit = carried.lateMs > (isClean ? mostLateCleanMs : mostLateMs)
  return {
    ...carried,
    calls,
    cpuUsPerPacket: Number(((usedSeconds * 1e6) / carried.sent).toFixed(2)),
    cpuPercent: Number(((usedSeconds * 1e5) / passedMs).toFixed(1)),
    waitedPercent: Number(((waited * 100) / passedMs).toFixed(1)),
    isClean,
    isLoadTheLimit,
    tries: 1,
  }
}

/** Time in which threads of a process were ready to run and did not (schedstat), milliseconds. */
function waitedMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
    const [, waitedNs = 0] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ').map(Number)
    return sum + waitedNs / 1e6
  }, 0)
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + statSync(join(path, name)).size,
    0,
  )
}

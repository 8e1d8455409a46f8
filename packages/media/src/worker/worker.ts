import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { classifyPacket } from '../rtp/classify.ts'
import { BatchedNetwork } from '../udp/batched-network.ts'
import { loadLinuxSockets } from '../udp/linux-sockets.ts'
import { PortableNetwork } from '../udp/portable-network.ts'
import { MediaWorker } from './media-worker.ts'
import type { WorkerCommand, WorkerMessage, WorkerOptions } from './protocol.ts'
import { ThreadLoad } from './thread-load.ts'

/** Entry of a media worker thread. With batches it waits in the network's own poll, a moment at a time; see `turn`. */

/** How long one turn may keep other things (commands, disk) waiting. */
const turnMs = 2
/** The same while there is no leg. */
const idleTurnMs = 10
/**
 * From so many datagrams a turn on (some 100 calls), they are let gather for a moment: a thousand wake-ups a second in place of
 * tens of thousands save a twentieth of the work, for half a millisecond of delay (docs/decisions/0034).
 */
const busyDatagrams = 20
const gatherMs = 1

const port = parentPort
if (!port) throw new Error('This file is the entry of a worker thread')
const options = workerData as WorkerOptions
const system = options.udp === 'portable' ? undefined : loadLinuxSockets()
/** Sound that is late is lost anyway; keys, checks and reports are not. */
const isSound = (packet: Uint8Array, length: number) => classifyPacket(packet, length) === 'rtp'
const batched = system && new BatchedNetwork(system, () => performance.now(), isSound)
const load = new ThreadLoad(performance.now())
const work = { waitedMs: 0, datagrams: 0, shed: 0 }
let sleptMs = 0
/** Number of the request to close, once it has come. */
let closing: number | undefined
let isTurning = false
let isBusy = false
/** Nobody ever wakes this one: waiting for it is sleeping for a part of a millisecond. */
const neverWoken = new Int32Array(new SharedArrayBuffer(4))
let outbox: WorkerMessage[] = []

const worker = new MediaWorker({
  network: batched ?? new PortableNetwork(),
  options,
  tell,
})

port.on('message', (commands: readonly WorkerCommand[]) => {
  commands.forEach(perform)
  wake()
})
// Sockets of the batches belong to the process: without this they would outlive a thread that fails.
process.on('exit', () => batched?.close())
await worker.start()
wake()

/** What is told in one turn goes as one message. */
function tell(message: WorkerMessage): void {
  if (outbox.push(message) === 1) process.nextTick(post)
}

function post(): void {
  const messages = outbox
  outbox = []
  port!.postMessage(messages)
  // After the reply to `close` nothing keeps the thread.
  if (messages.some((message) => message.tell === 'reply' && message.request === closing)) port!.close()
}

function perform(command: WorkerCommand): void {
  if (command.do === 'close') closing = command.request
  worker.perform(command)
}

/** Commands that wait are performed before packets that came after them. */
function performWaiting(): void {
  for (;;) {
    const waiting = receiveMessageOnPort(port!) as { readonly message: readonly WorkerCommand[] } | undefined
    if (!waiting) return
    waiting.message.forEach(perform)
  }
}

function wake(): void {
  if (isTurning || closing !== undefined) return
  isTurning = true
  setImmediate(batched ? turn : portableTurn)
}

/** Receives and sends for a moment, ticks when due, then lets the thread's other work come in. */
function turn(): void {
  isTurning = false
  if (closing !== undefined || !batched) return
  const endMs = performance.now() + (worker.isIdle ? idleTurnMs : turnMs)
  let received = 0
  for (let nowMs = performance.now(); nowMs < endMs; nowMs = performance.now()) {
    const untilTickMs = worker.untilTick(nowMs)
    if (untilTickMs <= 0) worker.tick(nowMs)
    received += batched.poll(Math.min(Math.ceil(endMs - nowMs), Math.ceil(untilTickMs)), performWaiting)
    if (closing !== undefined) return
    if (isBusy) gather(nowMs)
  }
  isBusy = received >= busyDatagrams
  noteLoad(received, batched)
  // Without a socket there is nothing to wait for: the next command wakes us.
  if (batched.hasSockets || !worker.isIdle) wake()
}

function noteLoad(received: number, { waitedMs, shed }: BatchedNetwork): void {
  work.datagrams += received
  work.waitedMs = waitedMs + sleptMs
  work.shed = shed
  if (load.note(performance.now(), work)) tell({ tell: 'event', event: { kind: 'load', isFull: load.isFull } })
}

/** Sleeps until so long after the last poll, which did not wait if there was much to do. */
function gather(polledMs: number): void {
  const nowMs = performance.now()
  const leftMs = polledMs + gatherMs - nowMs
  if (leftMs <= 0) return
  Atomics.wait(neverWoken, 0, 0, leftMs)
  sleptMs += performance.now() - nowMs
}

/** Node's own sockets need no turn: only the ticks do. */
function portableTurn(): void {
  isTurning = false
  if (closing !== undefined) return
  worker.tick(performance.now())
  if (worker.isIdle) return
  isTurning = true
  setTimeout(portableTurn, Math.max(1, worker.untilTick(performance.now())))
}

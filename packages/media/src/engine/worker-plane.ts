import { Worker } from 'node:worker_threads'
import { type Clock, type Logger, systemClock, TransientMap } from '@vaxel/base'
import type {
  CountersReply,
  HeardReply,
  LastAudioReply,
  OpenReply,
  PauseReply,
  RecordingReply,
  WorkerCommand,
  WorkerMessage,
  WorkerOptions,
} from '../worker/protocol.ts'
import { wallClockOfShared } from '../worker/shared-time.ts'
import type { CheckPlane, PlaneEvent } from './media-plane.ts'

/** Small enough to be collected often and to stay in memory: a large one is given back to the system and fetched anew, page by page. */
const youngGenerationMb = 6

type Reply = HeardReply | OpenReply | RecordingReply | PauseReply | CountersReply | LastAudioReply
/** A command that waits for a reply, before it has its number. */
type Question<Command = WorkerCommand> = Command extends { request: number } ? Omit<Command, 'request'> : never

/**
 * Starts a media worker thread and speaks {@link WorkerCommand} to it. Resolves when it is ready; rejects where it cannot
 * start (the shared port is in use). When the thread ends unasked, `died` is told once and whatever waits for it gets no answer.
 */
export async function startWorkerPlane(
  options: WorkerOptions,
  log: Logger,
  onEvent: (event: PlaneEvent) => void,
  clock: Clock = systemClock,
): Promise<CheckPlane> {
  const toWall = wallClockOfShared(clock)
  const inWallClock = (counters: CountersReply): CountersReply =>
    counters?.lastAudioAtMs === undefined ? counters : { ...counters, lastAudioAtMs: toWall(counters.lastAudioAtMs) }
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), {
    workerData: options,
    name: 'vaxel-media',
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  })
  const waiting = new TransientMap<number, (value: Reply) => void>()
  let requests = 0
  /** The exception that ends the thread. */
  let failure: string | undefined
  let state: 'starting' | 'ready' | 'closing' | 'ended' = 'starting'

  const end = (reason: string) => {
    const before = state
    state = 'ended'
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
    if (before === 'ready') onEvent({ kind: 'died', reason })
  }
  // All commands of one turn of the event loop go as one message: what a message costs does not depend on its size.
  let outbox: WorkerCommand[] = []
  const post = () => {
    const commands = outbox
    outbox = []
    worker.postMessage(commands)
  }
  const send = (command: WorkerCommand) => {
    if (state !== 'ready' && state !== 'closing') return
    if (outbox.push(command) === 1) setImmediate(post)
  }
  const ask = <Value extends Reply>(question: Question): Promise<Value> =>
    new Promise((resolve) => {
      if (state === 'ended') return resolve(undefined as Value)
      const request = ++requests
      waiting.set(request, (value) => resolve(value as Value))
      send({ ...question, request } as WorkerCommand)
    })

  await new Promise<void>((resolve, reject) => {
    const hear = (message: WorkerMessage) => {
      if (message.tell === 'reply') {
        waiting.get(message.request)?.(message.value)
        waiting.delete(message.request)
      } else if (message.tell === 'event') onEvent(message.event)
      else if (message.tell === 'ready') {
        state = 'ready'
        resolve()
      } else {
        state = 'ended'
        void worker.terminate()
        reject(new Error(`the media worker cannot start: ${message.reason}`))
      }
    }
    worker.on('message', (messages: readonly WorkerMessage[]) => messages.forEach(hear))
    worker.on('error', (error: unknown) => {
      log.error('media worker failed', {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
      failure = String(error)
      reject(new Error(`the media worker failed: ${String(error)}`))
    })
    worker.on('exit', (code) => {
      // Not before: until then the thread holds its sockets, and the one in its place could not bind them.
      end(failure ?? `exit code ${code}`)
      reject(new Error(`the media worker ended with code ${code}`))
    })
  })

  return {
    open: async (leg, ports, peerAddress, checkPort) =>
      (await ask<OpenReply>({
        do: 'open',
        leg,
        ...(ports && { ports }),
        ...(peerAddress !== undefined && { peerAddress }),
        ...(checkPort !== undefined && { checkPort }),
      })) ?? 'gone',
    openCheckPort: async (addresses, checkPort) =>
      (await ask<OpenReply>({ do: 'openCheckPort', addresses, port: checkPort })) ?? 'gone',
    closeCheckPort: async (checkPort) => void (await ask({ do: 'closeCheckPort', port: checkPort })),
    addCheck: (check) => send({ do: 'addCheck', check }),
    removeCheck: (id) => send({ do: 'removeCheck', id }),
    echoHeard: (id) => ask<HeardReply>({ do: 'echoHeard', id }),
    reserve: async (ports) => (await ask<OpenReply>({ do: 'reserve', ports })) ?? 'gone',
    unreserve: async (ports) => void (await ask({ do: 'unreserve', ports })),
    openReserved: (leg, ports, peerAddress) =>
      send({ do: 'openReserved', leg, ports, ...(peerAddress !== undefined && { peerAddress }) }),
    prepareIce: (leg, { ufrag, password }) => send({ do: 'prepareIce', leg, ufrag, password }),
    configure: (leg, agreed) => send({ do: 'configure', leg, agreed }),
    peerMoved: (leg, peerAddress) => send({ do: 'peerMoved', leg, peerAddress }),
    relayFax: (leg, remote, to) => send({ do: 'relayFax', leg, remote, to }),
    sendFax: (leg, packet) => send({ do: 'sendFax', leg, packet }),
    hear: (leg, hearing) => send({ do: 'hear', leg, hearing }),
    play: (leg, source, loop) => send({ do: 'play', leg, source, loop }),
    stopPlay: (leg) => send({ do: 'stopPlay', leg }),
    playOver: (leg, source) => send({ do: 'playOver', leg, source }),
    sendDigit: (leg, digit, durationMs) => send({ do: 'sendDigit', leg, digit, durationMs }),
    createMix: (mix) => send({ do: 'createMix', mix }),
    releaseMix: (mix) => send({ do: 'releaseMix', mix }),
    playInMix: (mix, source) => send({ do: 'playInMix', mix, source }),
    watchMix: (mix, isWatched) => send({ do: 'watchMix', mix, isWatched }),
    startRecording: (recording, leg, path, options) =>
      state === 'ready'
        ? ask<RecordingReply>({ do: 'startRecording', recording, leg, path, options })
        : Promise.resolve('the media worker has ended'),
    startMixRecording: (recording, mix, path, options) =>
      state === 'ready'
        ? ask<RecordingReply>({ do: 'startMixRecording', recording, mix, path, options })
        : Promise.resolve('the media worker has ended'),
    pauseRecording: (recording, isPaused) => ask<PauseReply>({ do: 'pauseRecording', recording, isPaused }),
    stopRecording: (recording) => send({ do: 'stopRecording', recording }),
    counters: async (leg) => inWallClock(await ask<CountersReply>({ do: 'counters', leg })),
    lastAudio: async (part, parts) => {
      const last = await ask<LastAudioReply>({ do: 'lastAudio', part, parts })
      return last && new Map([...last].map(([leg, sharedMs]) => [leg, toWall(sharedMs)]))
    },
    release: async (leg) => inWallClock(await ask<CountersReply>({ do: 'release', leg })),
    close: async () => {
      if (state !== 'ready') return
      const exited = new Promise((resolve) => worker.once('exit', resolve))
      const closed = ask({ do: 'close' })
      state = 'closing'
      await closed
      await exited
    },
  }
}

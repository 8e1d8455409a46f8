import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type CallId, isRefusal, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaLegId, MixId, RecordingId } from '@vaxel/core'
import { createEmbeddedMediaEngine } from '@vaxel/media'

/**
 * The media engine in a process of its own, with one worker, set up by its own port as the server does it. Lines of JSON in:
 * a call with the two offers of its peers; lines out: the two answers, or why not.
 */
const [from = 30_000, to = 49_999] = process.argv.slice(2, 4).map(Number)
const engine = await createEmbeddedMediaEngine({
  clock: systemClock,
  log: silentLogger,
  workers: 1,
  portRange: [from, to],
  bindAddresses: ['127.0.0.1'],
  advertise: () => '127.0.0.1',
  drainMs: 1,
})

/** What is asked for: one call. */
export interface EngineOrder {
  readonly call: string
  readonly offers: readonly [string, string]
  /** Where to record both sides apart, sealed; absent: not recorded. */
  readonly recordTo?: string
  /** Both peers talk with the platform: each hears an announcement without end and is recorded meanwhile, sealed, to this folder. */
  readonly servicesIn?: string
  /** Both peers are in this conference. */
  readonly mix?: string
}

const announcement = fileURLToPath(
  new URL('../packages/media/src/play/prompts/en/callee-unavailable.wav', import.meta.url),
)

async function leg(call: string, name: string, offer: string): Promise<{ id: MediaLegId; answer: string }> {
  const id = `${call}-${name}` as MediaLegId
  const policy = {
    offer: 'rtp',
    accept: ['rtp', 'sdes'],
    ice: false,
    codecs: ['PCMA'],
    peerAddress: '127.0.0.1',
  } as const
  const refused = await engine.allocate({ id, callId: call as CallId, legId: id as unknown as LegId, policy })
  if (refused) throw new Error(refused.code)
  const summary = await engine.receiveOffer(id, offer)
  if (isRefusal(summary)) throw new Error(summary.code)
  return { id, answer: await engine.createAnswer(id) }
}

async function open({ call, offers, recordTo, servicesIn, mix }: EngineOrder): Promise<string[]> {
  const a = await leg(call, 'a', offers[0])
  const b = await leg(call, 'b', offers[1])
  if (mix !== undefined) for (const { id } of [a, b]) meet(mix as MixId, id)
  else if (servicesIn === undefined) engine.connect(a.id, b.id)
  else for (const { id } of [a, b]) await serve(id, servicesIn)
  if (recordTo !== undefined) {
    const refused = await engine.startRecording(call as RecordingId, a.id, recordTo, {
      seal: { key: randomBytes(32) },
    })
    if (refused) throw new Error(refused.code)
  }
  return [a.answer, b.answer]
}

const mixes = new Set<MixId>()

function meet(mix: MixId, leg: MediaLegId): void {
  if (!mixes.has(mix)) engine.createMix(mix)
  mixes.add(mix)
  engine.joinMix(mix, leg)
}

/** As voicemail does it, but for the order: what is said is recorded while the announcement plays. */
async function serve(id: MediaLegId, folder: string): Promise<void> {
  engine.play(id, { kind: 'file', path: announcement }, { loop: true })
  const refused = await engine.startRecording(id as string as RecordingId, id, join(folder, `${id}.sealed`), {
    of: 'said',
    seal: { key: randomBytes(32) },
  })
  if (refused) throw new Error(refused.code)
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  try {
    process.stdout.write(`${JSON.stringify(await open(JSON.parse(line) as EngineOrder))}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify(error instanceof Error ? error.message : String(error))}\n`)
  }
}
await engine.close()
process.exit(0)

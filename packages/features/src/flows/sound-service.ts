import { type CompanyId, makeId, type Refusal } from '@vaxel/base'
import {
  FlowSoundUnreadable,
  FlowTooMany,
  NotFound,
  type Principal,
  type RepliedFile,
  StillInUse,
} from '@vaxel/contract'
import type { Flow, FlowSound, KeptFlow, KeptFlowSound, Queue } from '@vaxel/core'
import type { FlowDependencies } from './dependencies.ts'
import { InTurn } from './in-turn.ts'
import { by, companyIdOf } from './scope.ts'
import { type SoundView, toSoundView } from './views.ts'

const mostSounds = 500
const mostMs = 10 * 60_000
const leastMs = 100
/** Of all sounds of a company. */
const mostBytes = 1024 * 1024 * 1024

/** Sounds that a company has uploaded for its flows. */
export class SoundService {
  readonly #parts: FlowDependencies
  readonly #turns = new InTurn()

  constructor(parts: FlowDependencies) {
    this.#parts = parts
  }

  list(principal: Principal): { items: SoundView[] } {
    const companyId = companyIdOf(principal)
    const used = this.#used(companyId)
    const sounds = this.#parts.flows.soundsOf(companyId).toSorted((a, b) => a.name.localeCompare(b.name))
    return { items: sounds.map((sound) => toSoundView(sound, used.has(sound.id))) }
  }

  upload(principal: Principal, name: string, bytes: Uint8Array): Promise<SoundView | Refusal> {
    const companyId = companyIdOf(principal)
    const { flows, clock, readWav } = this.#parts
    return this.#turns.run(companyId, async () => {
      const kept = flows.soundsOf(companyId)
      const total = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      if (kept.length >= mostSounds || total + bytes.length > mostBytes) return FlowTooMany()
      const wav = readWav(bytes)
      if (!wav.ok) return FlowSoundUnreadable(`${FlowSoundUnreadable.text} (${wav.reason}.)`)
      if (wav.durationMs < leastMs)
        return FlowSoundUnreadable('There is no sound in this file, or less than a tenth of a second.')
      if (wav.durationMs > mostMs) return FlowSoundUnreadable('This sound is longer than ten minutes. Shorten it.')
      const sound: KeptFlowSound = {
        id: makeId<string & { readonly brand?: never }>(clock.now()),
        companyId,
        name,
        sizeBytes: bytes.length,
        durationMs: Math.round(wav.durationMs),
        uploadedAtMs: clock.now(),
      }
      await flows.putSound(sound, bytes, this.#event(sound, 'flow.soundUploaded', principal))
      return toSoundView(sound, false)
    })
  }

  read(principal: Principal, soundId: string): RepliedFile | Refusal {
    const { flows } = this.#parts
    const sound = flows.sound(companyIdOf(principal), soundId)
    if (!sound) return NotFound()
    return {
      mediaType: 'audio/wav',
      name: `${sound.name}.wav`,
      isInline: true,
      sizeBytes: sound.sizeBytes,
      tag: sound.id,
      read: (start, end) => flows.readSound(sound, start, end),
    }
  }

  async remove(principal: Principal, soundId: string): Promise<Refusal | undefined> {
    const companyId = companyIdOf(principal)
    const { flows } = this.#parts
    return this.#turns.run(companyId, async () => {
      const sound = flows.sound(companyId, soundId)
      if (!sound) return NotFound()
      const user = flows.flowsOf(companyId).find((flow) => soundsOf(flow).has(soundId))
      if (user) return StillInUse(`The flow ${user.name} says it.`)
      const queue = this.#queues(companyId).find(({ voice }) => soundsOfQueue(voice).includes(soundId))
      if (queue) return StillInUse(`The queue ${queue.name} plays it.`)
      await flows.removeSound(sound, this.#event(sound, 'flow.soundRemoved', principal))
      return undefined
    })
  }

  #used(companyId: CompanyId): ReadonlySet<string> {
    return new Set([
      ...this.#parts.flows.flowsOf(companyId).flatMap((flow) => [...soundsOf(flow)]),
      ...this.#queues(companyId).flatMap(({ voice }) => soundsOfQueue(voice)),
    ])
  }

  /** Published, and being changed. */
  #queues(companyId: CompanyId): readonly Queue[] {
    const { centres } = this.#parts
    return [centres?.published(companyId), centres?.draft(companyId)].flatMap((one) => one?.centre.queues ?? [])
  }

  #event(sound: KeptFlowSound, kind: string, principal: Principal) {
    const data = { sound: sound.id, name: sound.name, by: by(principal) }
    return { kind, atMs: this.#parts.clock.now(), companyId: sound.companyId, data }
  }
}

const soundsOfQueue = ({ greetingSoundId, musicSoundId, commentSoundId }: Queue['voice']): string[] =>
  [greetingSoundId, musicSoundId, commentSoundId].filter((id) => id !== undefined)

/** What a draft or what is live says. */
const soundsOf = ({ draft, live }: KeptFlow): Set<string> =>
  new Set([draft, ...(live ? [live.graph] : [])].flatMap(idsIn))

const idsIn = ({ nodes }: Flow): string[] =>
  nodes.flatMap((node) => {
    const said: readonly FlowSound[] =
      node.kind === 'menu'
        ? [...node.say, ...(node.sayAgain ?? [])]
        : node.kind === 'announce' || node.kind === 'collect'
          ? node.say
          : []
    return said.flatMap((one) => (one.kind === 'sound' ? [one.soundId] : []))
  })

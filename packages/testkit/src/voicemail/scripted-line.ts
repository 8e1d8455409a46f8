import type { CallId } from '@vaxel/base'
import {
  type Company,
  type Diversion,
  type KeysRead,
  type KeysWanted,
  type Language,
  LineGone,
  type Party,
  type Recorded,
  type RecordingId,
  type RecordWanted,
  type SendOptions,
  type SentBack,
  type ServiceLine,
  type Spoken,
  type User,
} from '@vaxel/core'
import type { VirtualClock } from '../virtual-clock.ts'

/**
 * What a person at the telephone does, one thing after another: presses keys when keys are read, speaks when recorded, hangs
 * up. When the script is through, they press nothing.
 */
export type Deed =
  | { readonly keys: string; readonly afterMs?: number }
  | { readonly speaks: number; readonly end: Recorded['end']; readonly isSilent?: boolean }
  | 'hangs up'

/** A line whose person follows a script; everything said to them is written down. */
export class ScriptedLine implements ServiceLine {
  readonly callId = 'call' as CallId
  readonly companyId: ServiceLine['companyId']
  readonly company: Company
  readonly legId = 'leg' as ServiceLine['legId']
  readonly media = 'media' as ServiceLine['media']
  readonly number: string
  readonly caller: Party
  readonly user: User | undefined
  readonly called: Party
  readonly diversions: readonly Diversion[]
  language: Language
  /** `en voicemail-sent`, `digits 201`, `number 3`, `time`, `beep`, `sound PATH@MS`. */
  readonly said: string[] = []
  readonly notes: string[] = []
  readonly sentOn: { readonly to: string; readonly options: SendOptions }[] = []
  readonly #gone = new AbortController()
  readonly #clock: VirtualClock
  readonly #script: Deed[]
  readonly names: string[] = []
  /** Each note with what it is about. */
  readonly noted: { readonly code: string; readonly text: string; readonly data: Readonly<Record<string, unknown>> }[] =
    []
  readonly #backs: (SentBack['kind'] | 'answered')[]
  readonly #write: (path: string, durationMs: number, isSilent: boolean) => void

  constructor(options: {
    clock: VirtualClock
    company: Company
    caller: Party
    user?: User | undefined
    number?: string
    diversions?: readonly Diversion[]
    script: readonly Deed[]
    /** How calls that are sent on come back, one after another; `noAnswer` when none is left. */
    backs?: readonly (SentBack['kind'] | 'answered')[]
    /** What the media engine would do. */
    write: (path: string, durationMs: number, isSilent: boolean) => void
  }) {
    this.#clock = options.clock
    this.#script = [...options.script]
    this.#write = options.write
    this.#backs = [...(options.backs ?? [])]
    this.company = options.company
    this.companyId = options.company.id
    this.caller = options.caller
    this.user = options.user
    this.number = options.number ?? '700'
    this.diversions = options.diversions ?? []
    this.called = { number: this.diversions[0]?.number ?? this.number }
    this.language = options.user?.language ?? 'en'
  }

  get signal(): AbortSignal {
    return this.#gone.signal
  }

  /** What is left of the script: a service that ends early leaves some. */
  get left(): number {
    return this.#script.length
  }

  async say(spoken: readonly Spoken[]): Promise<void> {
    this.#mustBeThere()
    for (const each of spoken) this.said.push(this.#inWords(each))
    if (this.#script[0] === 'hangs up') this.#hangUp()
  }

  async readKeys({ say = [], most, endOn = '' }: KeysWanted): Promise<KeysRead> {
    await this.say(say)
    const [deed] = this.#script
    if (typeof deed !== 'object' || !('keys' in deed)) return { keys: '', end: 'silence' }
    this.#script.shift()
    if (deed.afterMs !== undefined) this.#clock.advance(deed.afterMs)
    const at = [...deed.keys].findIndex((key) => endOn.includes(key))
    if (at >= 0) return { keys: deed.keys.slice(0, at), end: 'ended' }
    return { keys: deed.keys.slice(0, most), end: deed.keys.length >= most ? 'enough' : 'silence' }
  }

  async record({ path }: RecordWanted): Promise<Recorded> {
    this.#mustBeThere()
    const deed = this.#script.shift()
    if (typeof deed !== 'object' || !('speaks' in deed)) throw new Error('nobody speaks in this script')
    this.#write(path, deed.speaks, deed.isSilent ?? false)
    if (deed.end === 'gone') this.#gone.abort(new LineGone('hung up'))
    return { recording: 'recording' as RecordingId, path, durationMs: deed.speaks, end: deed.end }
  }

  playOn(): void {}
  stopSound(): void {}
  async wait(): Promise<void> {}
  onKey = () => () => {}
  joinMix(): void {}
  leaveMix(): void {}
  muteInMix(): void {}

  heardInMix(): void {}

  cut(): void {}

  async sendOn(to: string, options: SendOptions = {}): Promise<SentBack> {
    this.#mustBeThere()
    this.sentOn.push({ to, options })
    const back = this.#backs.shift() ?? 'noAnswer'
    if (back === 'answered') this.#hangUp()
    return { kind: back, status: 480 }
  }

  async hangUp(): Promise<never> {
    return this.#hangUp()
  }

  nameCaller(name: string): void {
    this.names.push(name)
  }

  note(code: string, text: string, data: Readonly<Record<string, unknown>> = {}): void {
    this.notes.push(code)
    this.noted.push({ code, text, data })
  }

  #hangUp(): never {
    this.#gone.abort(new LineGone('hung up'))
    throw this.signal.reason
  }

  #mustBeThere(): void {
    if (this.signal.aborted) throw this.signal.reason
  }

  #inWords(spoken: Spoken): string {
    switch (spoken.kind) {
      case 'prompt':
        return `${this.language} ${spoken.name}`
      case 'sound':
        return `sound ${spoken.source.kind === 'file' ? `${spoken.source.path}@${spoken.source.fromMs ?? 0}` : spoken.source.kind}`
      case 'number':
        return `number ${spoken.value}`
      case 'digits':
        return `digits ${spoken.digits}`
      default:
        return spoken.kind
    }
  }
}

/** Everything that may be the matter with a flow. */
export type FindingCode =
  | 'empty'
  | 'start-missing'
  | 'id-twice'
  | 'time-zone-unknown'
  | 'exit-missing'
  | 'exit-nowhere'
  | 'exit-unknown'
  | 'unreachable'
  | 'endless'
  | 'no-way-out'
  | 'nothing-said'
  | 'prompt-missing'
  | 'sound-missing'
  | 'sound-over-stay'
  | 'user-unknown'
  | 'number-unknown'
  | 'number-outside'
  | 'number-emergency'
  | 'caller-chooses-number'
  | 'not-a-queue'
  | 'not-a-mailbox'
  | 'leads-to-itself'
  | 'schedule-empty'
  | 'schedule-full'
  | 'period-without-days'
  | 'holiday-empty'
  | 'country-unknown'
  | 'region-unknown'
  | 'day-impossible'
  | 'caller-empty'
  | 'prefix-national'
  | 'variable-unknown'
  | 'variable-given'
  | 'keys-missing'
  | 'least-over-most'
  | 'url-wrong'
  | 'url-host-variable'
  | 'credential-unknown'
  | 'credential-elsewhere'
  | 'rings-long'
  | 'wait-over-stay'

/** Something that is the matter with a flow. One with an error is not published. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: FindingCode
  /** Absent: it is about the whole flow. */
  readonly nodeId?: string
  readonly exit?: string
  /** What its sentence needs. `node`: what people call the node. */
  readonly params: Readonly<Record<string, string | number>>
}

/** What a number reaches, as far as a check must know it. */
export type NumberKind =
  | { readonly kind: 'people' | 'queue' | 'voicemail' | 'service' | 'outside' | 'emergency' | 'unknown' }
  | { readonly kind: 'flow'; readonly flowId?: string }

/** What there is in the company. */
export interface CheckSurroundings {
  /** Of the flow that is checked. */
  readonly flowId?: string
  hasUser(userId: string): boolean
  numberKind(number: string): NumberKind
  hasPrompt(name: string): boolean
  /** Length of an uploaded sound; undefined: there is none. */
  soundMs(soundId: string): number | undefined
  /** Host that a kept credential is for; undefined: there is none. */
  credentialHost(name: string): string | undefined
}

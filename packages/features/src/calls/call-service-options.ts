import type { Clock, Logger, UserId } from '@vaxel/base'
import type {
  Binding,
  BindingStore,
  CallerNames,
  CallLedger,
  Device,
  Directory,
  Domain,
  EmergencyPlaces,
  Language,
  MediaEngine,
  Notices,
  PresenceState,
  RecordingDesk,
  User,
  UserSettings,
} from '@vaxel/core'
import type { Flow, SipRequest, SipResponse, SipStack, Uri } from '@vaxel/sip'
import type { TrunkWays } from './trunk-ways.ts'

export type Authentication =
  | {
      readonly ok: true
      readonly device: Device
      readonly user: User
      readonly domain: Domain
      /** Beyond the device's rate: only an emergency call may start. */
      readonly isTooFast?: true
      /** A visitor without an account; the only number that they may call. */
      readonly mayCall?: string
    }
  | { readonly ok: false; readonly response: SipResponse }

export interface CallServiceOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly ledger: CallLedger
  readonly engine: MediaEngine
  readonly stack: SipStack
  /** Who sends this request, or the challenge to send (features/registrar). */
  authenticate(request: SipRequest, flow: Flow): Authentication
  /** Live bindings that a GRUU of ours reaches; undefined when the URI is none (features/registrar). */
  bindingsOfGruu(uri: Uri): readonly Binding[] | undefined
  /** The flow to a binding, if it is or can be up. */
  flowOf(binding: Binding): Promise<Flow | undefined>
  /** Sound file of a prompt. */
  promptPath(prompt: string, language: Language): string
  /** The same for voice services, which may have to be made first; `promptPath` if absent. */
  soundOf?(prompt: string, language: Language): Promise<string | undefined>
  /** The data folder; recordings go to a folder in it. */
  readonly folder: string
  /** Keeps recordings; without it nothing is recorded. */
  readonly recordingDesk?: RecordingDesk
  /** How long a peer that had sent audio may be silent before its call ends. */
  readonly mediaTimeoutMs: number
  /** How long a browser that is away is waited for, before its call ends; 30 s if absent. */
  readonly reconnectMs?: number
  /** Where it is told how calls go; nobody is told if absent. */
  readonly notices?: Pick<Notices, 'publish'>
  /** Calls at once on this installation, before new ones get 503. */
  readonly maxCalls: number
  /** What users want done with their calls; absent: all devices ring. */
  readonly settings?: Pick<UserSettings, 'get'>
  /** How somebody is; absent: no rule depends on it. */
  presenceOf?(userId: UserId): PresenceState | undefined
  /** Names for callers from outside. */
  readonly callerNames?: CallerNames
  /** Where telephones are, for trunks that take it with emergency calls. */
  readonly places?: EmergencyPlaces
  /** How trunks are now; absent: as they are configured. */
  readonly trunks?: TrunkWays
}

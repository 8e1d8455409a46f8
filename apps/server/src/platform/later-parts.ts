import type { UserId } from '@vaxel/base'
import type { Binding, CallerNames, PresenceState, WebChat } from '@vaxel/core'
import type { CallService } from '@vaxel/features/calls'
import type { PushFeature } from '@vaxel/features/push'
import type { QueueVoiceFeature } from '@vaxel/features/queue-voice'
import type { RecordingFeature } from '@vaxel/features/recording'
import type { SiteChecks } from '@vaxel/features/site-checks'
import type { OwnCertificate } from '@vaxel/features/trunks'
import type { Web } from '../web.ts'

/**
 * What parts ask of parts that are built after them: whoever builds one puts it here. Until then the answer is that of a platform
 * that has none, and nobody is told. Asked at the time of need, never kept by whoever asks.
 */
export interface LaterParts {
  calls?: Pick<CallService, 'admission'>
  recording?: RecordingFeature
  queueVoice?: QueueVoiceFeature
  siteChecks?: SiteChecks
  web?: Web
  callerNames?: CallerNames
  presenceOf?: (userId: UserId) => PresenceState | undefined
  /** What other systems are shown at TLS. */
  ownCertificate?: () => OwnCertificate
  /** What a visitor's phone is for. */
  offeredChat?: (chatId: string) => WebChat | undefined
  /** To the browsers of a person. */
  tellBrowsers?: PushFeature['tell']
  /** To whoever is subscribed (RFC 6665): what changed of which event package. */
  tellWatchers?: (packageName: string, resource: string) => void
  /** To whoever waits for a phone to be there. */
  bindingsChanged?: (now: readonly Binding[]) => void
}

import { calendarEvents } from './calendar-events.ts'
import { callEvents } from './call-events.ts'
import { callFeatureEvents } from './call-feature-events.ts'
import { centreEvents } from './centre-events.ts'
import { chatEvents } from './chat-events.ts'
import { conferenceEvents } from './conference-events.ts'
import { deskEvents } from './desk-events.ts'
import { directoryEvents } from './directory-events.ts'
import { emergencyEvents } from './emergency-events.ts'
import type { Audience, EventKind } from './event-kind.ts'
import { figureEvents } from './figure-events.ts'
import { flowEvents } from './flow-events.ts'
import { audioEvents } from './audio-events.ts'
import { faxEvents } from './fax-events.ts'
import { ftpsEvents } from './ftps-events.ts'
import { handlingEvents } from './handling-events.ts'
import { identityEvents } from './identity-events.ts'
import { mailEvents } from './mail-events.ts'
import { platformEvents } from './platform-events.ts'
import { queueVoiceEvents } from './queue-voice-events.ts'
import { recordingEvents } from './recording-events.ts'
import { siteEvents } from './site-events.ts'
import { trunkEvents } from './trunk-events.ts'
import { mailChannelEvents } from './mail-channel-events.ts'
import { voicemailEvents } from './voicemail-events.ts'
import { webChatEvents } from './web-chat-events.ts'
import { workEvents } from './work-events.ts'

/** Every kind of entry in the ledger. */
export const eventKinds: readonly EventKind[] = [
  ...callEvents,
  ...callFeatureEvents,
  ...calendarEvents,
  ...chatEvents,
  ...conferenceEvents,
  ...deskEvents,
  ...emergencyEvents,
  ...platformEvents,
  ...mailEvents,
  ...recordingEvents,
  ...centreEvents,
  ...flowEvents,
  ...ftpsEvents,
  ...audioEvents,
  ...faxEvents,
  ...siteEvents,
  ...handlingEvents,
  ...identityEvents,
  ...directoryEvents,
  ...trunkEvents,
  ...mailChannelEvents,
  ...voicemailEvents,
  ...webChatEvents,
  ...workEvents,
  ...queueVoiceEvents,
  ...figureEvents,
]

const audiences = new Map(eventKinds.map(({ kind, audience }) => [kind, audience]))

/** Who may see events of this kind; a kind that nobody has described is for administrators. */
export const audienceOf = (kind: string): Audience => audiences.get(kind) ?? 'administrator'

const passing = new Set(eventKinds.filter(({ isPassing }) => isPassing).map(({ kind }) => kind))

/** Whether events of this kind say nothing more to a screen than the next one of their call. */
export const isPassing = (kind: string): boolean => passing.has(kind)

const briefs = new Map(eventKinds.flatMap(({ kind, brief }) => (brief ? [[kind, new Set(brief)] as const] : [])))

/** The fields of `data` that a brief stream tells of this kind; `undefined`: all of them. */
export const briefFieldsOf = (kind: string): ReadonlySet<string> | undefined => briefs.get(kind)

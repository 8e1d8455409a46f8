import { calendarNotices } from './calendar-events.ts'
import { callFeatureNotices } from './call-feature-events.ts'
import { callNotices } from './call-notices.ts'
import { chatNotices } from './chat-events.ts'
import { conferenceNotices } from './conference-events.ts'
import { deskNotices } from './desk-events.ts'
import { directoryNotices } from './directory-events.ts'
import { emergencyNotices } from './emergency-events.ts'
import { figureNotices } from './figure-events.ts'
import type { NoticeKind } from './notice-kind.ts'
import { portalNotices } from './portal-notices.ts'
import { presenceNotices } from './presence-notices.ts'
import { mailChannelNotices } from './mail-channel-events.ts'
import { queueVoiceNotices } from './queue-voice-events.ts'
import { voicemailNotices } from './voicemail-events.ts'
import { webChatNotices } from './web-chat-events.ts'
import { workNotices } from './work-events.ts'

export type { NoticeKind } from './notice-kind.ts'

/** Every kind of notice; each feature's are in a file of their own. */
export const noticeKinds: readonly NoticeKind[] = [
  ...callNotices,
  ...callFeatureNotices,
  ...calendarNotices,
  ...chatNotices,
  ...conferenceNotices,
  ...deskNotices,
  ...directoryNotices,
  ...emergencyNotices,
  ...portalNotices,
  ...presenceNotices,
  ...mailChannelNotices,
  ...voicemailNotices,
  ...webChatNotices,
  ...workNotices,
  ...queueVoiceNotices,
  ...figureNotices,
]

import { adminFeature } from '../admin/feature.ts'
import { agentFeature } from '../agent/feature.ts'
import { attendantFeature } from '../attendant/feature.ts'
import { calendarFeature } from '../calendar/feature.ts'
import { chatFeature } from '../chat/feature.ts'
import { mailChannelFeature } from '../mail-channel/feature.ts'
import { conferenceFeature } from '../conference/feature.ts'
import { emergencyFeature } from '../emergency/feature.tsx'
import { historyFeature } from '../history/feature.ts'
import { peopleFeature } from '../people/feature.ts'
import { phoneFeature } from '../phone/feature.tsx'
import { presenceFeature } from '../presence/feature.ts'
import { recordingsFeature } from '../recordings/feature.ts'
import { securityFeature } from '../settings/security/feature.ts'
import { sessionFeature } from '../session/feature.ts'
import { settingsFeature } from '../settings/feature.ts'
import { supervisorFeature } from '../supervisor/feature.ts'
import { telephoneFeature } from '../telephone/feature.tsx'
import { voicemailFeature } from '../voicemail/feature.ts'
import type { WebFeature } from './feature.ts'

/** Everything that the web app has. */
export const features: readonly WebFeature[] = [
  sessionFeature,
  presenceFeature,
  phoneFeature,
  telephoneFeature,
  peopleFeature,
  chatFeature,
  conferenceFeature,
  historyFeature,
  recordingsFeature,
  voicemailFeature,
  settingsFeature,
  calendarFeature,
  securityFeature,
  agentFeature,
  mailChannelFeature,
  attendantFeature,
  supervisorFeature,
  adminFeature,
  emergencyFeature,
]

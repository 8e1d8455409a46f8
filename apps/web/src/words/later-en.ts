import { calendarEn } from '../calendar/words/en.ts'
import { voicemailEn } from '../voicemail/words/en.ts'
import { errorsEn } from './errors/en.ts'
import { agentEn } from '../agent/words/en.ts'
import { attendantEn } from '../attendant/words/en.ts'
import { supervisorEn } from '../supervisor/words/en.ts'
import { handlingEn } from '../settings/handling/words/en.ts'
import { securityEn } from '../settings/security/words/en.ts'
import { adminEn } from '../admin/words/en.ts'
import { storyEn } from '../history/words/story-en.ts'

/** Texts that come a moment later: nobody needs them to begin, or to call. */
export const laterEn = {
  errors: errorsEn,
  voicemail: voicemailEn,
  calendar: calendarEn,
  agent: agentEn,
  attendant: attendantEn,
  supervisor: supervisorEn,
  handling: handlingEn,
  security: securityEn,
  admin: adminEn,
  history: storyEn,
}

import { calendarSv } from '../calendar/words/sv.ts'
import { voicemailSv } from '../voicemail/words/sv.ts'
import { errorsSv } from './errors/sv.ts'
import type { laterEn } from './later-en.ts'
import { agentSv } from '../agent/words/sv.ts'
import { attendantSv } from '../attendant/words/sv.ts'
import { supervisorSv } from '../supervisor/words/sv.ts'
import { handlingSv } from '../settings/handling/words/sv.ts'
import { securitySv } from '../settings/security/words/sv.ts'
import { adminSv } from '../admin/words/sv.ts'
import { storySv } from '../history/words/story-sv.ts'

/** Texts that come a moment later: nobody needs them to begin, or to call. */
export const laterSv: typeof laterEn = {
  errors: errorsSv,
  voicemail: voicemailSv,
  calendar: calendarSv,
  agent: agentSv,
  attendant: attendantSv,
  supervisor: supervisorSv,
  handling: handlingSv,
  security: securitySv,
  admin: adminSv,
  history: storySv,
}

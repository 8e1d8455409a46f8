import { calendarFr } from '../calendar/words/fr.ts'
import { voicemailFr } from '../voicemail/words/fr.ts'
import { errorsFr } from './errors/fr.ts'
import type { laterEn } from './later-en.ts'
import { agentFr } from '../agent/words/fr.ts'
import { attendantFr } from '../attendant/words/fr.ts'
import { supervisorFr } from '../supervisor/words/fr.ts'
import { handlingFr } from '../settings/handling/words/fr.ts'
import { securityFr } from '../settings/security/words/fr.ts'
import { adminFr } from '../admin/words/fr.ts'
import { storyFr } from '../history/words/story-fr.ts'

/** Texts that come a moment later: nobody needs them to begin, or to call. */
export const laterFr: typeof laterEn = {
  errors: errorsFr,
  voicemail: voicemailFr,
  calendar: calendarFr,
  agent: agentFr,
  attendant: attendantFr,
  supervisor: supervisorFr,
  handling: handlingFr,
  security: securityFr,
  admin: adminFr,
  history: storyFr,
}

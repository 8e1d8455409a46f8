import { errorsSv } from './errors/sv.ts'
import { shellSv } from '../shell/words/sv.ts'
import { sessionSv } from '../session/words/sv.ts'
import { telephoneSv } from '../telephone/words/sv.ts'
import { phoneSv } from '../phone/words/sv.ts'
import { peopleSv } from '../people/words/sv.ts'
import { presenceSv } from '../presence/words/sv.ts'
import { chatSv } from '../chat/words/sv.ts'
import { conferenceSv } from '../conference/words/sv.ts'
import { historySv } from '../history/words/sv.ts'
import { recordingsSv } from '../recordings/words/sv.ts'
import { voicemailSv } from '../voicemail/words/sv.ts'
import { settingsSv } from '../settings/words/sv.ts'
import { handlingSv } from '../settings/handling/words/sv.ts'
import { securitySv } from '../settings/security/words/sv.ts'
import { adminSv } from '../admin/words/sv.ts'
import type { Words } from './shape.ts'

export const sv: Words = {
  errors: errorsSv,
  shell: shellSv,
  session: sessionSv,
  phone: phoneSv,
  telephone: telephoneSv,
  people: peopleSv,
  presence: presenceSv,
  chat: chatSv,
  conference: conferenceSv,
  history: historySv,
  recordings: recordingsSv,
  voicemail: voicemailSv,
  settings: settingsSv,
  handling: handlingSv,
  security: securitySv,
  admin: adminSv,
}

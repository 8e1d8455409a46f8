import { firstErrorsSv } from './errors/first-sv.ts'
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
import { settingsSv } from '../settings/words/sv.ts'
import type { coreEn } from './core-en.ts'

/** Texts that are there from the first moment. */
export const coreSv: typeof coreEn = {
  errors: firstErrorsSv,
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
  settings: settingsSv,
}

import { firstErrorsEn } from './errors/first-en.ts'
import { shellEn } from '../shell/words/en.ts'
import { sessionEn } from '../session/words/en.ts'
import { telephoneEn } from '../telephone/words/en.ts'
import { phoneEn } from '../phone/words/en.ts'
import { peopleEn } from '../people/words/en.ts'
import { presenceEn } from '../presence/words/en.ts'
import { chatEn } from '../chat/words/en.ts'
import { conferenceEn } from '../conference/words/en.ts'
import { historyEn } from '../history/words/en.ts'
import { recordingsEn } from '../recordings/words/en.ts'
import { settingsEn } from '../settings/words/en.ts'

/** Texts that are there from the first moment. */
export const coreEn = {
  errors: firstErrorsEn,
  shell: shellEn,
  session: sessionEn,
  phone: phoneEn,
  telephone: telephoneEn,
  people: peopleEn,
  presence: presenceEn,
  chat: chatEn,
  conference: conferenceEn,
  history: historyEn,
  recordings: recordingsEn,
  settings: settingsEn,
}

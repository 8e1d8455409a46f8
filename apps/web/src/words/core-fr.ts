import { firstErrorsFr } from './errors/first-fr.ts'
import { shellFr } from '../shell/words/fr.ts'
import { sessionFr } from '../session/words/fr.ts'
import { telephoneFr } from '../telephone/words/fr.ts'
import { phoneFr } from '../phone/words/fr.ts'
import { peopleFr } from '../people/words/fr.ts'
import { presenceFr } from '../presence/words/fr.ts'
import { chatFr } from '../chat/words/fr.ts'
import { conferenceFr } from '../conference/words/fr.ts'
import { historyFr } from '../history/words/fr.ts'
import { recordingsFr } from '../recordings/words/fr.ts'
import { settingsFr } from '../settings/words/fr.ts'
import type { coreEn } from './core-en.ts'

/** Texts that are there from the first moment. */
export const coreFr: typeof coreEn = {
  errors: firstErrorsFr,
  shell: shellFr,
  session: sessionFr,
  phone: phoneFr,
  telephone: telephoneFr,
  people: peopleFr,
  presence: presenceFr,
  chat: chatFr,
  conference: conferenceFr,
  history: historyFr,
  recordings: recordingsFr,
  settings: settingsFr,
}

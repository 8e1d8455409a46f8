import { callHandlingSentences } from './call-handling.ts'
import { featureCodeSentences } from './feature-codes.ts'
import { flowSentences } from './flows.ts'
import { numberSentences } from './numbers.ts'
import { queueSentences } from './queue.ts'
import { recordingSentences } from './recording.ts'
import { conferenceSentences } from './conference.ts'
import { refusalSentences } from './refusals.ts'
import type { Sentences } from './sentence.ts'
import { voicemailSentences } from './voicemail.ts'

export type { Sentence, Sentences } from './sentence.ts'

/** All that the platform says, by name; each part of it names its own sentences. */
export const sentences: Sentences = {
  ...callHandlingSentences,
  ...featureCodeSentences,
  ...recordingSentences,
  ...refusalSentences,
  ...conferenceSentences,
  ...flowSentences,
  ...numberSentences,
  ...queueSentences,
  ...voicemailSentences,
}

import type { Sentences } from '@vaxel/site'

/** Texts about the recording of a call that goes on. */
export const callSentences = {
  record: { en: 'Record', sv: 'Spela in', fr: 'Enregistrer' },
  stop: { en: 'Stop recording', sv: 'Sluta spela in', fr: 'Arrêter l’enregistrement' },
  pause: { en: 'Pause the recording', sv: 'Pausa inspelningen', fr: 'Suspendre l’enregistrement' },
  resume: { en: 'Go on recording', sv: 'Fortsätt inspelningen', fr: 'Reprendre l’enregistrement' },
  recording: { en: 'Recorded', sv: 'Spelas in', fr: 'Enregistré' },
  paused: { en: 'Recording paused', sv: 'Inspelning pausad', fr: 'Enregistrement suspendu' },
} satisfies Sentences<string>

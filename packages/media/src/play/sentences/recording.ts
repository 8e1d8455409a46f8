import type { Sentences } from './sentence.ts'

/** What people in a call hear when it is recorded. */
export const recordingSentences: Sentences = {
  'call-is-recorded': {
    en: 'This call is being recorded.',
    sv: 'Samtalet spelas in.',
    fr: 'Cet appel est enregistré.',
  },
  'recording-on': {
    en: 'Recording has started.',
    sv: 'Inspelningen har startat.',
    fr: "L'enregistrement a commencé.",
  },
  'recording-off': {
    en: 'Recording has stopped.',
    sv: 'Inspelningen har avslutats.',
    fr: "L'enregistrement est arrêté.",
  },
  'recording-paused': {
    en: 'Recording is paused.',
    sv: 'Inspelningen är pausad.',
    fr: "L'enregistrement est suspendu.",
  },
  'recording-resumed': {
    en: 'Recording continues.',
    sv: 'Inspelningen fortsätter.',
    fr: "L'enregistrement reprend.",
  },
}

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
  'recording-no-call': {
    en: 'You have no call that is recorded or could be.',
    sv: 'Du har inget samtal som spelas in eller kan spelas in.',
    fr: "Vous n'avez aucun appel enregistré ou enregistrable.",
  },
  'recording-not-allowed': {
    en: 'Your company does not allow that.',
    sv: 'Ditt företag tillåter inte det.',
    fr: 'Votre entreprise ne le permet pas.',
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

import type { Sentences } from '@vaxel/site'

/** What agents read in a conversation with a visitor of a website. */
export const webChatSentences = {
  conversation: { en: 'Conversation', sv: 'Konversation', fr: 'Conversation' },
  visitor: { en: 'Visitor', sv: 'Besökare', fr: 'Visiteur' },
  you: { en: 'You', sv: 'Du', fr: 'Vous' },
  on: { en: 'On {page}', sv: 'På {page}', fr: 'Sur {page}' },
  write: { en: 'Write to the visitor', sv: 'Skriv till besökaren', fr: 'Écrire au visiteur' },
  send: { en: 'Send', sv: 'Skicka', fr: 'Envoyer' },
  unsent: { en: 'not sent yet', sv: 'inte skickat än', fr: 'pas encore envoyé' },
  typing: { en: 'The visitor is writing …', sv: 'Besökaren skriver …', fr: 'Le visiteur écrit …' },
  away: {
    en: 'The visitor’s page does not answer. What you write is there when they come back.',
    sv: 'Besökarens sida svarar inte. Det du skriver finns kvar när besökaren kommer tillbaka.',
    fr: 'La page du visiteur ne répond pas. Ce que vous écrivez l’attendra à son retour.',
  },
  offerVoice: { en: 'Offer to speak', sv: 'Erbjud samtal', fr: 'Proposer de parler' },
  withdrawVoice: { en: 'Take the offer back', sv: 'Ta tillbaka erbjudandet', fr: 'Retirer la proposition' },
  transcript: { en: 'Mail what was written', sv: 'Mejla det som skrevs', fr: 'Envoyer la conversation par e-mail' },
  transcriptSent: {
    en: 'It goes to {address}.',
    sv: 'Det skickas till {address}.',
    fr: 'C’est envoyé à {address}.',
  },
  end: { en: 'End the conversation', sv: 'Avsluta konversationen', fr: 'Terminer la conversation' },
  joined: {
    en: '{name} took the conversation.',
    sv: '{name} tog konversationen.',
    fr: '{name} a pris la conversation.',
  },
  left: { en: '{name} left.', sv: '{name} gick.', fr: '{name} est parti.' },
  returned: {
    en: 'The conversation was given back.',
    sv: 'Konversationen lämnades tillbaka.',
    fr: 'La conversation a été rendue.',
  },
  ended: { en: 'The conversation is over.', sv: 'Konversationen är avslutad.', fr: 'La conversation est terminée.' },
  visitorEnded: {
    en: 'The visitor ended the conversation.',
    sv: 'Besökaren avslutade konversationen.',
    fr: 'Le visiteur a mis fin à la conversation.',
  },
  visitorGone: {
    en: 'The visitor closed the page.',
    sv: 'Besökaren stängde sidan.',
    fr: 'Le visiteur a fermé la page.',
  },
  closed: { en: 'Nobody was there.', sv: 'Ingen var där.', fr: 'Personne n’était là.' },
  full: {
    en: 'This conversation is as long as one can be: neither of you can write more. End it; the visitor can begin a new one.',
    sv: 'Konversationen är så lång som den kan bli: ingen av er kan skriva mer. Avsluta den; besökaren kan börja en ny.',
    fr: 'Cette conversation a atteint sa longueur maximale : plus personne ne peut y écrire. Terminez-la ; le visiteur peut en commencer une nouvelle.',
  },
  voiceOffered: { en: '{name} offered to speak.', sv: '{name} erbjöd ett samtal.', fr: '{name} a proposé de parler.' },
  voiceBegan: { en: 'The call began.', sv: 'Samtalet började.', fr: 'L’appel a commencé.' },
  voiceEnded: { en: 'The call ended.', sv: 'Samtalet avslutades.', fr: 'L’appel est terminé.' },
} satisfies Sentences<string>

export type WebChatSentence = keyof typeof webChatSentences

import type { Language, WebChatCode } from '@vaxel/core'

interface Words {
  readonly consent: string
  readonly greeting: string
  readonly transcriptSubject: (site: string) => string
  readonly transcriptHead: (site: string, day: string) => string
  readonly visitor: string
  readonly offlineSubject: (site: string, who: string) => string
  readonly codes: Readonly<Record<WebChatCode, (name: string) => string>>
}

/** What the platform says in chats of websites and their mails, where the company has no words of its own. */
export const webChatWords: Readonly<Record<Language, Words>> = {
  en: {
    consent: 'What you write is kept so that we can answer you. Nothing is stored on your device before you start.',
    greeting: 'Hello! How can we help you?',
    transcriptSubject: (site) => `Your conversation with ${site}`,
    transcriptHead: (site, day) => `Your conversation with ${site}, ${day}`,
    visitor: 'You',
    offlineSubject: (site, who) => `Message from ${who}, left at ${site}`,
    codes: {
      joined: (name) => `${name} is here.`,
      left: (name) => `${name} has left.`,
      returned: () => 'Somebody else will go on with you in a moment.',
      ended: () => 'The conversation was ended.',
      visitorEnded: () => 'You ended the conversation.',
      visitorGone: () => 'The conversation was ended, as the page was closed.',
      closed: () => 'Nobody is here at the moment.',
      full: () =>
        'This conversation is as long as one can be. Nothing more can be written in it; a new one can be begun.',
      voiceOffered: (name) => `${name} offers to speak with you.`,
      voiceBegan: () => 'The call began.',
      voiceEnded: () => 'The call ended.',
    },
  },
  sv: {
    consent: 'Det du skriver sparas så att vi kan svara dig. Ingenting lagras på din enhet innan du börjar.',
    greeting: 'Hej! Vad kan vi hjälpa dig med?',
    transcriptSubject: (site) => `Din konversation med ${site}`,
    transcriptHead: (site, day) => `Din konversation med ${site}, ${day}`,
    visitor: 'Du',
    offlineSubject: (site, who) => `Meddelande från ${who}, lämnat på ${site}`,
    codes: {
      joined: (name) => `${name} är här.`,
      left: (name) => `${name} har gått.`,
      returned: () => 'Någon annan fortsätter med dig om en stund.',
      ended: () => 'Konversationen avslutades.',
      visitorEnded: () => 'Du avslutade konversationen.',
      visitorGone: () => 'Konversationen avslutades eftersom sidan stängdes.',
      closed: () => 'Ingen är här just nu.',
      full: () => 'Konversationen är så lång som den kan bli. Inget mer kan skrivas i den; en ny kan påbörjas.',
      voiceOffered: (name) => `${name} erbjuder dig ett samtal.`,
      voiceBegan: () => 'Samtalet började.',
      voiceEnded: () => 'Samtalet avslutades.',
    },
  },
  fr: {
    consent:
      'Ce que vous écrivez est conservé pour vous répondre. Rien n’est enregistré sur votre appareil avant le début.',
    greeting: 'Bonjour ! Comment pouvons-nous vous aider ?',
    transcriptSubject: (site) => `Votre conversation avec ${site}`,
    transcriptHead: (site, day) => `Votre conversation avec ${site}, ${day}`,
    visitor: 'Vous',
    offlineSubject: (site, who) => `Message de ${who}, laissé sur ${site}`,
    codes: {
      joined: (name) => `${name} est là.`,
      left: (name) => `${name} est parti.`,
      returned: () => 'Quelqu’un d’autre va poursuivre avec vous dans un instant.',
      ended: () => 'La conversation est terminée.',
      visitorEnded: () => 'Vous avez mis fin à la conversation.',
      visitorGone: () => 'La conversation est terminée, car la page a été fermée.',
      closed: () => 'Personne n’est là pour le moment.',
      full: () =>
        'Cette conversation a atteint sa longueur maximale. On ne peut plus rien y écrire ; une nouvelle peut commencer.',
      voiceOffered: (name) => `${name} vous propose de parler.`,
      voiceBegan: () => 'L’appel a commencé.',
      voiceEnded: () => 'L’appel est terminé.',
    },
  },
}

import type { Sentence, Sentences } from './sentence.ts'

/** In minutes, as callers are told how long they will wait (features/queue-voice, `roundWait`). */
const waits = [2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30]

const waitOf = (minutes: number): Sentence => ({
  en: `The wait is about ${minutes} minutes.`,
  sv: `Väntetiden är ungefär ${minutes} minuter.`,
  fr: `Le temps d'attente est d'environ ${minutes} minutes.`,
})

/** What callers hear in a queue, and what agents and supervisors hear who are called for one. */
export const queueSentences: Sentences = {
  'queue-greeting': {
    en: 'Welcome. We will answer your call as soon as we can.',
    sv: 'Välkommen. Vi besvarar ditt samtal så snart vi kan.',
    fr: 'Bienvenue. Nous prendrons votre appel dès que possible.',
  },
  'queue-next': {
    en: 'You are next in line.',
    sv: 'Du står på tur.',
    fr: 'Vous êtes le prochain appelant.',
  },
  'queue-place': {
    en: 'Your place in the queue is number',
    sv: 'Din plats i kön är nummer',
    fr: "Votre position dans la file d'attente :",
  },
  'queue-wait-0': {
    en: 'The wait is less than one minute.',
    sv: 'Väntetiden är mindre än en minut.',
    fr: "Le temps d'attente est de moins d'une minute.",
  },
  'queue-wait-1': {
    en: 'The wait is about one minute.',
    sv: 'Väntetiden är ungefär en minut.',
    fr: "Le temps d'attente est d'environ une minute.",
  },
  ...Object.fromEntries(waits.map((minutes) => [`queue-wait-${minutes}`, waitOf(minutes)])),
  'queue-wait-long': {
    en: 'The wait is more than half an hour.',
    sv: 'Väntetiden är mer än en halvtimme.',
    fr: "Le temps d'attente est de plus d'une demi-heure.",
  },
  'queue-wait-longer': {
    en: 'It takes longer than we thought.',
    sv: 'Det tar längre tid än vi trodde.',
    fr: "L'attente est plus longue que prévu.",
  },
  'queue-offer-call-back': {
    en: 'To be called back without losing your place, press one.',
    sv: 'Tryck ett om du vill bli uppringd. Du behåller din plats i kön.',
    fr: 'Pour être rappelé sans perdre votre place, appuyez sur un.',
  },
  'queue-offer-message': {
    en: 'To leave a message, press two.',
    sv: 'Tryck två om du vill lämna ett meddelande.',
    fr: 'Pour laisser un message, appuyez sur deux.',
  },
  'queue-call-back-at': {
    en: 'We will call you back at',
    sv: 'Vi ringer upp dig på',
    fr: 'Nous vous rappellerons au',
  },
  'queue-call-back-confirm': {
    en: 'To confirm, press one. For another number, press two. To stay on the line, press star.',
    sv: 'Tryck ett för att bekräfta, två för ett annat nummer, eller stjärna för att vänta kvar.',
    fr: 'Pour confirmer, appuyez sur un. Pour un autre numéro, appuyez sur deux. Pour rester en ligne, appuyez sur étoile.',
  },
  'queue-call-back-number': {
    en: 'Please enter the number with its area code, then press hash.',
    sv: 'Slå numret med riktnummer och avsluta med fyrkant.',
    fr: 'Composez le numéro complet, puis appuyez sur dièse.',
  },
  'queue-call-back-not-possible': {
    en: 'We cannot call that number.',
    sv: 'Det numret kan vi inte ringa upp.',
    fr: 'Nous ne pouvons pas appeler ce numéro.',
  },
  'queue-call-back-set': {
    en: 'Thank you. You keep your place, and we will call when it is your turn. Goodbye.',
    sv: 'Tack. Du behåller din plats och vi ringer när det är din tur. Hej då.',
    fr: 'Merci. Vous gardez votre place et nous vous appellerons quand ce sera votre tour. Au revoir.',
  },
  'queue-closed': {
    en: 'We are closed at the moment. Please call again during our opening hours. Goodbye.',
    sv: 'Vi har stängt just nu. Välkommen att ringa igen under våra öppettider. Hej då.',
    fr: "Nos bureaux sont fermés. Merci de rappeler pendant nos heures d'ouverture. Au revoir.",
  },
  'queue-busy': {
    en: 'We are sorry, nobody can take your call at the moment. Please call again later. Goodbye.',
    sv: 'Tyvärr kan ingen ta emot ditt samtal just nu. Ring gärna igen senare. Hej då.',
    fr: "Nous sommes désolés, personne ne peut prendre votre appel pour l'instant. Merci de rappeler plus tard. Au revoir.",
  },
  'queue-back': {
    en: 'The connection to our colleague was lost. You are first in line, one moment please.',
    sv: 'Förbindelsen med vår medarbetare bröts. Du står först på tur, ett ögonblick.',
    fr: "La liaison avec notre collègue a été coupée. Vous êtes le premier de la file, un instant s'il vous plaît.",
  },
  'queue-agent-offer': {
    en: 'A customer is waiting in queue',
    sv: 'En kund väntar i kö',
    fr: 'Un client attend dans la file',
  },
  'queue-agent-call-back-offer': {
    en: 'A customer is to be called back, queue',
    sv: 'En kund ska ringas upp, kö',
    fr: 'Un client est à rappeler, file',
  },
  'queue-agent-press-one': {
    en: 'To take it, press one. To decline, press star.',
    sv: 'Tryck ett för att ta samtalet, eller stjärna för att avböja.',
    fr: "Pour l'accepter, appuyez sur un. Pour refuser, appuyez sur étoile.",
  },
  'queue-agent-gone': {
    en: 'The customer is no longer waiting. Goodbye.',
    sv: 'Kunden väntar inte längre. Hej då.',
    fr: "Le client n'attend plus. Au revoir.",
  },
  'queue-agent-login': {
    en: 'This is the contact centre. To stay on the line and take calls, press one.',
    sv: 'Det här är kundtjänsten. Tryck ett för att hålla linjen och ta emot samtal.',
    fr: 'Ici le centre de contact. Pour rester en ligne et prendre des appels, appuyez sur un.',
  },
  'queue-agent-connected': {
    en: 'You are connected. One: ready. Zero: not ready. Hash ends a call. Star logs you off.',
    sv: 'Du är ansluten. Ett: redo. Noll: inte redo. Fyrkant avslutar ett samtal. Stjärna loggar ut dig.',
    fr: 'Vous êtes connecté. Un : disponible. Zéro : indisponible. Dièse termine un appel. Étoile vous déconnecte.',
  },
  'queue-agent-customer': {
    en: 'A customer from queue',
    sv: 'En kund från kö',
    fr: 'Un client de la file',
  },
  'queue-agent-logged-in': {
    en: 'You are logged in.',
    sv: 'Du är inloggad.',
    fr: 'Vous êtes connecté.',
  },
  'queue-agent-logged-off': {
    en: 'You are logged off. Goodbye.',
    sv: 'Du är utloggad. Hej då.',
    fr: 'Vous êtes déconnecté. Au revoir.',
  },
  'queue-agent-ready': { en: 'You are ready.', sv: 'Du är redo.', fr: 'Vous êtes disponible.' },
  'queue-agent-not-ready': { en: 'You are not ready.', sv: 'Du är inte redo.', fr: 'Vous êtes indisponible.' },
  'queue-agent-not-possible': {
    en: 'That is not possible now.',
    sv: 'Det går inte just nu.',
    fr: "Ce n'est pas possible pour l'instant.",
  },
  'queue-agent-unknown': {
    en: 'You are not an agent of the contact centre.',
    sv: 'Du är inte agent i kundtjänsten.',
    fr: "Vous n'êtes pas agent du centre de contact.",
  },
  'queue-call-back-dialling': {
    en: 'The customer is being called.',
    sv: 'Kunden rings upp.',
    fr: 'Nous appelons le client.',
  },
  'queue-call-back-later': {
    en: 'The customer did not answer and will be called again later.',
    sv: 'Kunden svarade inte och rings upp igen senare.',
    fr: "Le client n'a pas répondu et sera rappelé plus tard.",
  },
  'queue-call-back-over': {
    en: 'The customer did not answer, for the last time.',
    sv: 'Kunden svarade inte den här gången heller. Fler försök görs inte.',
    fr: "Le client n'a toujours pas répondu. Il ne sera plus rappelé.",
  },
  'queue-monitor-listen': { en: 'You are listening.', sv: 'Du lyssnar.', fr: 'Vous écoutez.' },
  'queue-monitor-whisper': {
    en: 'Only the agent hears you.',
    sv: 'Bara agenten hör dig.',
    fr: "Seul l'agent vous entend.",
  },
  'queue-monitor-barge': { en: 'Everybody hears you.', sv: 'Alla hör dig.', fr: 'Tout le monde vous entend.' },
  'queue-monitor-over': {
    en: 'The call is over. Goodbye.',
    sv: 'Samtalet är slut. Hej då.',
    fr: "L'appel est terminé. Au revoir.",
  },
}

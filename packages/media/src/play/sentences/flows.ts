import type { Sentences } from './sentence.ts'

/** What flows say, and what they offer to those who draw them. */
export const flowSentences: Sentences = {
  'flow-cannot-go-on': {
    en: 'We are sorry, your call cannot be taken any further. Please call again later.',
    sv: 'Vi kan tyvärr inte hjälpa dig vidare just nu. Ring gärna igen senare.',
    fr: 'Nous sommes désolés, votre appel ne peut pas aboutir. Merci de rappeler plus tard.',
  },
  'flow-welcome': { en: 'Welcome.', sv: 'Välkommen.', fr: 'Bienvenue.' },
  'flow-menu-three': {
    en: 'For sales, press one. For the switchboard, press two. To leave a message, press three.',
    sv: 'Tryck ett för försäljning, två för växeln eller tre för att lämna ett meddelande.',
    fr: 'Pour le service commercial, tapez un. Pour le standard, tapez deux. Pour laisser un message, tapez trois.',
  },
  'flow-closed': {
    en: 'We are closed at the moment. Please call again during our opening hours.',
    sv: 'Vi har stängt just nu. Välkommen att ringa igen under våra öppettider.',
    fr: "Nos bureaux sont actuellement fermés. Merci de rappeler pendant nos heures d'ouverture.",
  },
  'flow-holiday': {
    en: 'We are closed today because of the holiday. Please call again on the next working day.',
    sv: 'Vi har stängt i dag på grund av helgdag. Välkommen att ringa igen nästa vardag.',
    fr: "Nos bureaux sont fermés aujourd'hui, jour férié. Merci de rappeler le prochain jour ouvrable.",
  },
  'flow-everybody-busy': {
    en: 'Everybody is busy with other callers at the moment. Please call again later.',
    sv: 'Alla är upptagna i andra samtal just nu. Ring gärna igen senare.',
    fr: 'Tous nos correspondants sont en ligne. Merci de rappeler plus tard.',
  },
  'flow-one-moment': { en: 'One moment, please.', sv: 'Ett ögonblick.', fr: 'Un instant, je vous prie.' },
  'flow-connecting': {
    en: 'You are being connected.',
    sv: 'Du kopplas nu vidare.',
    fr: 'Nous vous mettons en relation.',
  },
  'flow-leave-message': {
    en: 'Please leave a message after the tone.',
    sv: 'Lämna ett meddelande efter tonen.',
    fr: 'Veuillez laisser un message après le signal sonore.',
  },
  'flow-press-number': {
    en: 'Please enter the number, and end with the hash key.',
    sv: 'Slå numret och avsluta med fyrkant.',
    fr: 'Composez le numéro, puis terminez par la touche dièse.',
  },
  'flow-recorded': {
    en: 'This call may be recorded.',
    sv: 'Samtalet kan komma att spelas in.',
    fr: 'Cet appel est susceptible d’être enregistré.',
  },
  'flow-not-on-offer': {
    en: 'That is not one of the choices.',
    sv: 'Det valet finns inte.',
    fr: "Ce choix n'est pas proposé.",
  },
  'flow-not-understood': {
    en: 'That was not understood. Please try again.',
    sv: 'Det gick inte att tolka. Försök igen.',
    fr: "Votre saisie n'a pas été comprise. Veuillez réessayer.",
  },
  'flow-thank-you': {
    en: 'Thank you for your call. Goodbye.',
    sv: 'Tack för att du ringde. Hej då.',
    fr: 'Merci de votre appel. Au revoir.',
  },
}

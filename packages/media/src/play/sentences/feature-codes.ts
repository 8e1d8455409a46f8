import type { Sentences } from './sentence.ts'

/** What feature codes answer. */
export const featureCodeSentences: Sentences = {
  'feature-unknown': {
    en: 'This code is not in use.',
    sv: 'Koden används inte.',
    fr: 'Ce code n’est pas utilisé.',
  },
  'feature-done': { en: 'Done.', sv: 'Klart.', fr: 'C’est fait.' },
  'feature-on': { en: 'Switched on.', sv: 'På.', fr: 'Activé.' },
  'feature-off': { en: 'Switched off.', sv: 'Av.', fr: 'Désactivé.' },
  'feature-not-possible': {
    en: 'That is not possible right now.',
    sv: 'Det går inte just nu.',
    fr: 'Ce n’est pas possible pour le moment.',
  },
  'pickup-nothing-rings': {
    en: 'There is no call to pick up.',
    sv: 'Det finns inget samtal att hämta.',
    fr: 'Il n’y a aucun appel à intercepter.',
  },
  'pickup-no-group': {
    en: 'You are not in a pickup group. Dial the code for one extension instead.',
    sv: 'Du är inte med i någon hämtgrupp. Slå koden för en enskild anknytning i stället.',
    fr: 'Vous ne faites partie d’aucun groupe d’interception. Composez plutôt le code suivi d’un poste.',
  },
  'park-parked-at': { en: 'The call is parked at', sv: 'Samtalet är parkerat på', fr: 'L’appel est parqué au' },
  'park-nothing-held': {
    en: 'You have no call on hold. Put the call on hold first, then dial the code.',
    sv: 'Du har inget parkerat samtal i vänteläge. Sätt samtalet i vänteläge först och slå sedan koden.',
    fr: 'Vous n’avez aucun appel en attente. Mettez d’abord l’appel en attente, puis composez le code.',
  },
  'park-all-taken': {
    en: 'All parking places are taken.',
    sv: 'Alla parkeringsplatser är upptagna.',
    fr: 'Toutes les places de parcage sont occupées.',
  },
  'park-place-taken': {
    en: 'This parking place is taken.',
    sv: 'Parkeringsplatsen är upptagen.',
    fr: 'Cette place de parcage est occupée.',
  },
  'park-nobody-there': {
    en: 'Nobody is parked there.',
    sv: 'Ingen är parkerad där.',
    fr: 'Personne n’est parqué à cet endroit.',
  },
  'park-given-up': {
    en: 'Unfortunately nobody can take your call. Please try again later.',
    sv: 'Tyvärr kan ingen ta emot ditt samtal. Försök igen senare.',
    fr: 'Malheureusement, personne ne peut prendre votre appel. Veuillez rappeler plus tard.',
  },
  'busy-offer': {
    en: 'The line is busy. Press five to be called when it is free.',
    sv: 'Det är upptaget. Tryck fem, så blir du uppringd när det är ledigt.',
    fr: 'La ligne est occupée. Tapez cinq pour être rappelé dès qu’elle sera libre.',
  },
  'camp-on-set': {
    en: 'You will be called as soon as both of you are free.',
    sv: 'Du blir uppringd så snart ni båda är lediga.',
    fr: 'Vous serez rappelé dès que vous serez tous les deux libres.',
  },
  'camp-on-no-call': {
    en: 'There is nobody whom you have just tried to reach.',
    sv: 'Det finns ingen som du nyss har försökt nå.',
    fr: 'Vous n’avez essayé de joindre personne récemment.',
  },
  'camp-on-cancelled': {
    en: 'Your call-backs are cancelled.',
    sv: 'Dina bevakningar är borttagna.',
    fr: 'Vos rappels automatiques sont annulés.',
  },
  'flip-no-call': {
    en: 'You have no call on another telephone.',
    sv: 'Du har inget samtal på någon annan telefon.',
    fr: 'Vous n’avez aucun appel sur un autre téléphone.',
  },
  'forward-to-what': {
    en: 'Dial the number to forward to, then press hash.',
    sv: 'Slå numret som du vill vidarekoppla till och avsluta med fyrkant.',
    fr: 'Composez le numéro de renvoi, puis appuyez sur dièse.',
  },
  'forward-set-to': { en: 'Your calls go to', sv: 'Dina samtal går till', fr: 'Vos appels sont renvoyés au' },
  'desk-enter-extension': {
    en: 'Dial your extension, then press hash.',
    sv: 'Slå din anknytning och avsluta med fyrkant.',
    fr: 'Composez votre numéro de poste, puis appuyez sur dièse.',
  },
  'desk-enter-pin': {
    en: 'Dial your PIN, then press hash.',
    sv: 'Slå din PIN-kod och avsluta med fyrkant.',
    fr: 'Composez votre code PIN, puis appuyez sur dièse.',
  },
  'desk-wrong': {
    en: 'The extension or the PIN is not right.',
    sv: 'Anknytningen eller PIN-koden stämmer inte.',
    fr: 'Le poste ou le code PIN est incorrect.',
  },
  'desk-locked': {
    en: 'There were too many wrong attempts. Please try again later.',
    sv: 'För många felaktiga försök. Försök igen senare.',
    fr: 'Trop de tentatives incorrectes. Veuillez réessayer plus tard.',
  },
  'desk-logged-in': {
    en: 'You are logged in. Your calls now come to this telephone.',
    sv: 'Du är inloggad. Dina samtal kommer nu till den här telefonen.',
    fr: 'Vous êtes connecté. Vos appels arrivent désormais sur ce téléphone.',
  },
  'desk-logged-out': {
    en: 'You are logged out of this telephone.',
    sv: 'Du är utloggad från den här telefonen.',
    fr: 'Vous êtes déconnecté de ce téléphone.',
  },
  'desk-not-shared': {
    en: 'Nobody can log in at this telephone.',
    sv: 'Ingen kan logga in på den här telefonen.',
    fr: 'Personne ne peut se connecter sur ce téléphone.',
  },
}

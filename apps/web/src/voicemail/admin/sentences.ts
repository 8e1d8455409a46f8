import type { Sentences } from '@vaxel/site'

/** What the administrators' screen of mailboxes says. */
export const mailboxSentences = {
  title: { en: 'Mailboxes', sv: 'Röstbrevlådor', fr: 'Boîtes vocales' },
  shared: { en: 'Shared mailboxes', sv: 'Delade röstbrevlådor', fr: 'Boîtes vocales partagées' },
  sharedHint: {
    en: 'Calls to a group or a queue that come to voicemail are left here. Members hear them; nobody else does, administrators included.',
    sv: 'Här hamnar meddelanden till grupper och köer. Medlemmarna hör dem, ingen annan, inte heller administratörer.',
    fr: 'Les messages laissés à un groupe ou à une file arrivent ici. Seuls les membres les écoutent, pas même les administrateurs.',
  },
  none: {
    en: 'There are no shared mailboxes yet.',
    sv: 'Det finns inga delade röstbrevlådor än.',
    fr: 'Aucune boîte partagée pour l’instant.',
  },
  make: { en: 'New shared mailbox', sv: 'Ny delad röstbrevlåda', fr: 'Nouvelle boîte partagée' },
  edit: { en: 'Edit {name}', sv: 'Ändra {name}', fr: 'Modifier {name}' },
  name: { en: 'Name', sv: 'Namn', fr: 'Nom' },
  number: { en: 'Number', sv: 'Nummer', fr: 'Numéro' },
  numberHint: {
    en: 'Whose calls it takes: a group or a queue. Members enter it by this number at the telephone.',
    sv: 'Vars samtal den tar: en grupp eller kö. Medlemmarna loggar in med det på telefonen.',
    fr: 'Celui du groupe ou de la file. Les membres y accèdent au téléphone par ce numéro.',
  },
  members: { en: 'Members', sv: 'Medlemmar', fr: 'Membres' },
  leaveOut: { en: 'Leave out {name}', sv: 'Ta bort {name} ur listan', fr: 'Retirer {name}' },
  inIt: { en: 'New / saved', sv: 'Nya / sparade', fr: 'Nouveaux / archivés' },
  mostMessages: { en: 'Messages that fit', sv: 'Antal meddelanden som ryms', fr: 'Messages au maximum' },
  mostMinutes: { en: 'Minutes that fit', sv: 'Antal minuter som ryms', fr: 'Minutes au maximum' },
  removeTitle: { en: 'Remove {name}?', sv: 'Ta bort {name}?', fr: 'Supprimer {name} ?' },
  removeText: {
    en: 'Its messages are gone with it.',
    sv: 'Meddelandena försvinner med den.',
    fr: 'Ses messages disparaissent avec elle.',
  },
  people: { en: 'Somebody’s mailbox', sv: 'En persons röstbrevlåda', fr: 'La boîte d’une personne' },
  peopleHint: {
    en: 'You see how full it is, never what is in it.',
    sv: 'Du ser hur full den är, aldrig vad som finns i den.',
    fr: 'Vous voyez son remplissage, jamais son contenu.',
  },
  choose: { en: 'Choose a person', sv: 'Välj person', fr: 'Choisir une personne' },
  used: {
    en: '{messages} of {most} messages, {minutes} of {mostMinutes} minutes',
    sv: '{messages} av {most} meddelanden, {minutes} av {mostMinutes} minuter',
    fr: '{messages} messages sur {most}, {minutes} minutes sur {mostMinutes}',
  },
  pinSet: { en: 'A PIN is set.', sv: 'En pinkod är satt.', fr: 'Un code est défini.' },
  pinNone: { en: 'No PIN is set.', sv: 'Ingen pinkod är satt.', fr: 'Aucun code n’est défini.' },
  resetPin: { en: 'Take the PIN away', sv: 'Ta bort pinkoden', fr: 'Retirer le code' },
  resetText: {
    en: '{name} then gets in at their own devices only, and sets a new one there or in the web app.',
    sv: '{name} kommer då in bara från sina egna enheter och väljer en ny där eller i webbappen.',
    fr: '{name} n’y accède alors que de ses propres appareils, et choisit un nouveau code là ou dans l’application web.',
  },
} satisfies Sentences<string>

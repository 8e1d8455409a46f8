import type { Sentences } from '@vaxel/site'

export const sentences = {
  what: {
    en: 'For somebody who is not of your company and wishes to be forgotten: everything that calls, voicemail, recordings, queues, mails and chats of websites keep of them. First you see how much that is.',
    sv: 'För någon utanför företaget som vill bli glömd: allt som samtal, röstbrevlådor, inspelningar, köer, mejl och webbchattar har kvar om personen. Först ser du hur mycket det är.',
    fr: 'Pour une personne extérieure à l’entreprise qui souhaite être oubliée : tout ce que les appels, la messagerie vocale, les enregistrements, les files, les e-mails et les chats des sites web gardent d’elle. Vous voyez d’abord ce que cela représente.',
  },
  who: {
    en: 'Telephone numbers and mail addresses',
    sv: 'Telefonnummer och mejladresser',
    fr: 'Numéros de téléphone et adresses e-mail',
  },
  whoHint: { en: 'One on each line.', sv: 'Ett per rad.', fr: 'Un par ligne.' },
  look: { en: 'Look what is kept', sv: 'Se vad som finns', fr: 'Voir ce qui est conservé' },
  erase: { en: 'Erase for good', sv: 'Radera för gott', fr: 'Effacer définitivement' },
  ask: {
    en: 'What is listed is erased now, for good. Nobody can bring it back.',
    sv: 'Det som står i listan raderas nu, för gott. Ingen kan återställa det.',
    fr: 'Ce qui est listé est effacé maintenant, définitivement. Personne ne pourra le rétablir.',
  },
  working: { en: 'This takes a moment …', sv: 'Detta tar en stund …', fr: 'Cela prend un moment…' },
  found: { en: 'What is kept', sv: 'Det som finns', fr: 'Ce qui est conservé' },
  done: { en: 'What was erased', sv: 'Det som raderades', fr: 'Ce qui a été effacé' },
  nothing: {
    en: 'Nothing is kept under these numbers and addresses.',
    sv: 'Inget finns under dessa nummer och adresser.',
    fr: 'Rien n’est conservé sous ces numéros et adresses.',
  },
  kind: { en: 'What', sv: 'Vad', fr: 'Quoi' },
  goes: { en: 'To erase', sv: 'Raderas', fr: 'À effacer' },
  gone: { en: 'Erased', sv: 'Raderat', fr: 'Effacé' },
  stays: { en: 'Stays', sv: 'Blir kvar', fr: 'Reste' },
  calls: { en: 'Calls', sv: 'Samtal', fr: 'Appels' },
  recordings: { en: 'Recordings', sv: 'Inspelningar', fr: 'Enregistrements' },
  voiceMessages: { en: 'Voice messages', sv: 'Röstmeddelanden', fr: 'Messages vocaux' },
  visits: { en: 'Visits of queues, and notes', sv: 'Besök i köer och anteckningar', fr: 'Passages en file et notes' },
  mails: { en: 'Conversations by mail', sv: 'Mejlkonversationer', fr: 'Conversations par e-mail' },
  chats: { en: 'Chats of websites', sv: 'Webbchattar', fr: 'Chats des sites web' },
  callsStay: {
    en: 'They go on, or their recording stays.',
    sv: 'De pågår, eller inspelningen blir kvar.',
    fr: 'Ils sont en cours, ou leur enregistrement reste.',
  },
  recordingsStay: {
    en: 'Somebody holds them, or they are being made.',
    sv: 'Någon har låst dem, eller de pågår.',
    fr: 'Quelqu’un les retient, ou ils sont en cours.',
  },
  visitsStay: {
    en: 'They wait or are worked on.',
    sv: 'De väntar eller hanteras.',
    fr: 'Ils attendent ou sont traités.',
  },
  mailsStay: {
    en: 'They are open. Close them first.',
    sv: 'De är öppna. Stäng dem först.',
    fr: 'Elles sont ouvertes. Fermez-les d’abord.',
  },
  chatsStay: { en: 'They go on.', sv: 'De pågår.', fr: 'Ils sont en cours.' },
  contacts: {
    en: 'Contacts stay: remove them under People. Copies in backups go when these do.',
    sv: 'Kontakter blir kvar: ta bort dem under Personer. Kopior i säkerhetskopior försvinner med dem.',
    fr: 'Les contacts restent : retirez-les sous Personnes. Les copies des sauvegardes partent avec elles.',
  },
  own: {
    en: '{of} is a number of your company. People of the company are removed under Users.',
    sv: '{of} är ett nummer i företaget. Företagets egna tas bort under Användare.',
    fr: '{of} est un numéro de l’entreprise. Ses membres se retirent sous Utilisateurs.',
  },
  emergency: {
    en: '{of} is an emergency number and nobody’s own. Emergency calls go by their age alone.',
    sv: '{of} är ett nödnummer och ingens eget. Nödsamtal försvinner bara efter sin tid.',
    fr: '{of} est un numéro d’urgence et n’appartient à personne. Ces appels ne partent qu’après leur durée.',
  },
  unread: {
    en: '{of} is neither a telephone number nor a mail address.',
    sv: '{of} är varken ett telefonnummer eller en mejladress.',
    fr: '{of} n’est ni un numéro de téléphone ni une adresse e-mail.',
  },
  nobody: {
    en: 'Write a number or an address, twenty of each at most.',
    sv: 'Skriv ett nummer eller en adress, högst tjugo av varje.',
    fr: 'Écrivez un numéro ou une adresse, vingt de chaque au plus.',
  },
} satisfies Sentences<string>

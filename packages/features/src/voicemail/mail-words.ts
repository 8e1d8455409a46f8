import type { Language } from '@vaxel/core'

interface MailWords {
  readonly locale: string
  readonly withheld: string
  subject(of: { who: string; length: string }): string
  /** @param of `box`: the name of a mailbox that is not the receiver's own */
  left(of: { who: string; when: string; length: string; box: string | undefined }): string
  forwarded(by: string): string
  readonly attached: string
  readonly link: string
  readonly listen: string
}

/** What mails about voice messages say. */
export const mailWords: Readonly<Record<Language, MailWords>> = {
  en: {
    locale: 'en-GB',
    withheld: 'a withheld number',
    subject: ({ who, length }) => `Voice message from ${who} (${length})`,
    left: ({ who, when, length, box }) =>
      `${who} left a message of ${length} minutes${box === undefined ? '' : ` in the mailbox ${box}`} on ${when}.`,
    forwarded: (by) => `${by} has forwarded it to you.`,
    attached: 'It is attached. Listening to the attachment does not mark it as heard.',
    link: 'Listen, call back, delete or forward:',
    listen: 'Listen in the web app or by calling your voicemail.',
  },
  sv: {
    locale: 'sv-SE',
    withheld: 'hemligt nummer',
    subject: ({ who, length }) => `Röstmeddelande från ${who} (${length})`,
    left: ({ who, when, length, box }) =>
      `${who} lämnade ett meddelande på ${length} minuter${box === undefined ? '' : ` i röstbrevlådan ${box}`} ${when}.`,
    forwarded: (by) => `${by} har skickat det vidare till dig.`,
    attached: 'Det är bifogat. Att lyssna på bilagan markerar det inte som avlyssnat.',
    link: 'Lyssna, ring upp, ta bort eller skicka vidare:',
    listen: 'Lyssna i webbappen eller ring din röstbrevlåda.',
  },
  fr: {
    locale: 'fr-FR',
    withheld: 'un numéro masqué',
    subject: ({ who, length }) => `Message vocal de ${who} (${length})`,
    left: ({ who, when, length, box }) =>
      `${who} a laissé un message de ${length} minutes${box === undefined ? '' : ` dans la boîte ${box}`}, ${when}.`,
    forwarded: (by) => `${by} vous l’a transféré.`,
    attached: 'Il est en pièce jointe. Écouter la pièce jointe ne le marque pas comme écouté.',
    link: 'Écouter, rappeler, supprimer ou transférer :',
    listen: 'Écoutez-le dans l’application web ou en appelant votre boîte vocale.',
  },
}

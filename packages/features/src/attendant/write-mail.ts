import type { Language, Mail } from '@vaxel/core'

interface MailWords {
  subject(from: string): string
  foot(from: string): string
}

const words: Readonly<Record<Language, MailWords>> = {
  en: {
    subject: (from) => `Message from ${from}`,
    foot: (from) => `${from} took this message for you. It is in your chat too.`,
  },
  sv: {
    subject: (from) => `Meddelande från ${from}`,
    foot: (from) => `${from} tog emot meddelandet åt dig. Det finns även i din chatt.`,
  },
  fr: {
    subject: (from) => `Message de ${from}`,
    foot: (from) => `${from} a pris ce message pour vous. Il est aussi dans votre messagerie.`,
  },
}

/** A message that somebody took for a colleague, in the colleague's language. */
export function writeMail(message: {
  readonly to: string
  readonly language: Language
  readonly from: string
  readonly text: string
}): Mail {
  const { to, language, from, text } = message
  // A name stands in a header field: it has no line of its own.
  const name = from.replace(/\s+/g, ' ').trim()
  const { subject, foot } = words[language]
  return { to, subject: subject(name), text: `${text}\n\n${foot(name)}\n` }
}

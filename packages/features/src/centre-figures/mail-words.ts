import type { Language } from '@vaxel/core'

interface ReportMailWords {
  readonly locale: string
  subject(of: { name: string; period: string }): string
  text(of: { name: string; period: string; company: string }): string
  readonly attached: string
  readonly look: string
  readonly change: string
}

/** What mails with reports say. */
export const reportMailWords: Readonly<Record<Language, ReportMailWords>> = {
  en: {
    locale: 'en-GB',
    subject: ({ name, period }) => `${name}, ${period}`,
    text: ({ name, period, company }) => `${name} of ${company} for ${period}.`,
    attached:
      'The rows are attached, for a spreadsheet. Each item counts where it arrived; what was still open when this was sent may be answered since.',
    look: 'The report, with the definition of each figure:',
    change: 'Supervisors change or stop this mail under Reports.',
  },
  sv: {
    locale: 'sv-SE',
    subject: ({ name, period }) => `${name}, ${period}`,
    text: ({ name, period, company }) => `${name} för ${company}, ${period}.`,
    attached:
      'Raderna är bifogade för ett kalkylprogram. Varje ärende räknas där det kom in; det som var öppet när detta skickades kan ha besvarats sedan dess.',
    look: 'Rapporten, med definitionen av varje tal:',
    change: 'Arbetsledare ändrar eller stoppar det här utskicket under Rapporter.',
  },
  fr: {
    locale: 'fr-FR',
    subject: ({ name, period }) => `${name}, ${period}`,
    text: ({ name, period, company }) => `${name} de ${company}, ${period}.`,
    attached:
      'Les lignes sont jointes, pour un tableur. Chaque demande compte là où elle est arrivée ; ce qui était ouvert à l’envoi a pu être traité depuis.',
    look: 'Le rapport, avec la définition de chaque chiffre :',
    change: 'Les superviseurs modifient ou arrêtent cet envoi sous Rapports.',
  },
}

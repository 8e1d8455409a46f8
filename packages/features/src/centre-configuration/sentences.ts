import type { Language } from '@vaxel/core'

/** Why something is not done, for whoever asks over the API or on the screen, in their language. */
interface Sentences {
  readonly numbersLead: (numbers: readonly string[]) => string
  readonly goesOn: (queues: readonly string[]) => string
  readonly textsAlone: (texts: readonly string[]) => string
  readonly channelsLead: (channels: readonly string[]) => string
  readonly skillNeeded: (queues: readonly string[]) => string
  readonly hoursUsed: (queues: readonly string[]) => string
  readonly emergency: (number: string) => string
  readonly taken: (number: string) => string
  readonly newQueue: (name: string) => string
}

const english = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
const swedish = (names: readonly string[]) => names.map((name) => `”${name}”`).join(', ')
const french = (names: readonly string[]) => names.map((name) => `« ${name} »`).join(', ')

export const sentences: Readonly<Record<Language, Sentences>> = {
  en: {
    numbersLead: (numbers) =>
      `${numbers.join(', ')} ${numbers.length === 1 ? 'leads' : 'lead'} to this queue. Let calls go elsewhere first (Numbers).`,
    goesOn: (queues) => `Work of ${english(queues)} goes on to this queue. Let it go elsewhere first.`,
    textsAlone: (texts) => `The texts ${english(texts)} are for this queue alone. Remove them first.`,
    channelsLead: (channels) => `Mails or chats of ${english(channels)} wait in this queue. Give them another first.`,
    skillNeeded: (queues) => `The queues ${english(queues)} need this skill. Change them first.`,
    hoursUsed: (queues) => `The queues ${english(queues)} go by these hours. Give them others first.`,
    emergency: (number) => `${number} is an emergency number. Choose another.`,
    taken: (number) => `The number ${number} leads to something else already. Choose another.`,
    newQueue: (name) => `New queue ${name}`,
  },
  sv: {
    numbersLead: (numbers) =>
      `${numbers.join(', ')} leder till den här kön. Låt samtalen gå någon annanstans först (Nummer).`,
    goesOn: (queues) =>
      `Ärenden från ${swedish(queues)} går vidare till den här kön. Låt dem gå någon annanstans först.`,
    textsAlone: (texts) => `Texterna ${swedish(texts)} gäller bara den här kön. Ta bort dem först.`,
    channelsLead: (channels) =>
      `Mejl eller chattar från ${swedish(channels)} väntar i den här kön. Ge dem en annan först.`,
    skillNeeded: (queues) => `Köerna ${swedish(queues)} kräver den här kompetensen. Ändra dem först.`,
    hoursUsed: (queues) => `Köerna ${swedish(queues)} följer de här öppettiderna. Ge dem andra först.`,
    emergency: (number) => `${number} är ett nödnummer. Välj ett annat.`,
    taken: (number) => `Numret ${number} leder redan till något annat. Välj ett annat.`,
    newQueue: (name) => `Ny kö ${name}`,
  },
  fr: {
    numbersLead: (numbers) =>
      `${numbers.join(', ')} ${numbers.length === 1 ? 'mène' : 'mènent'} à cette file. Dirigez d’abord les appels ailleurs (Numéros).`,
    goesOn: (queues) => `Les demandes de ${french(queues)} passent à cette file. Dirigez-les d’abord ailleurs.`,
    textsAlone: (texts) => `Les textes ${french(texts)} ne servent qu’à cette file. Supprimez-les d’abord.`,
    channelsLead: (channels) =>
      `Les mails ou discussions de ${french(channels)} attendent dans cette file. Donnez-leur-en d’abord une autre.`,
    skillNeeded: (queues) => `Les files ${french(queues)} demandent cette compétence. Modifiez-les d’abord.`,
    hoursUsed: (queues) => `Les files ${french(queues)} suivent cet horaire. Donnez-leur-en d’abord un autre.`,
    emergency: (number) => `${number} est un numéro d’urgence. Choisissez-en un autre.`,
    taken: (number) => `Le numéro ${number} mène déjà ailleurs. Choisissez-en un autre.`,
    newQueue: (name) => `Nouvelle file ${name}`,
  },
}

import { counted } from '../../words/count.ts'
import type { attendantEn } from './en.ts'

const count = counted('sv')

export const attendantSv: typeof attendantEn = {
  title: 'Telefonistbordet',
  calls: 'Samtal',
  people: 'Personer',
  person: 'Vald person',
  numbers: 'Telefonnummer',
  search: 'Namn, nummer, avdelning, kompetens',
  keysHint: 'Enter kopplar, Skift+Enter frågar först',
  noCalls: 'Inga samtal. Nästa visas här.',
  ringing: (calls) => count(calls, '# samtal ringer', '# samtal ringer'),
  held: (calls) => count(calls, '# samtal i väntan', '# samtal i väntan'),
  queued: (calls) => (calls === 0 ? 'Väntar i köer' : count(calls, '# väntar i köer', '# väntar i köer')),
  handovers: 'Kopplas just nu',
  ringsAt: (name) => `ringer hos ${name}`,
  back: (name) => `kom tillbaka: ${name} tog inte samtalet`,
  takeBack: 'Ta',
  forgotten: 'har väntat länge',
  find: 'Hitta en person',
  give: 'Koppla',
  giveTo: (number) => `Koppla till ${number}`,
  ask: 'Fråga först',
  call: 'Ring upp',
  complete: 'Koppla ihop dem',
  park: 'Parkera samtalet',
  toVoicemail: 'Till röstbrevlådan',
  noNumber: 'Personen har inget nummer.',
  message: {
    title: 'Lämna ett meddelande',
    to: (name) => `Meddelande till ${name}`,
    text: 'Meddelande',
    hint: 'Ctrl+Enter skickar det.',
    called: (who, time) => `${who} ringde kl. ${time}.`,
    byMail: 'Även med e-post',
    send: 'Skicka',
    sent: (name) => `${name} har ditt meddelande i chatten.`,
    sentBoth: (name) => `${name} har ditt meddelande i chatten, och det skickas även med e-post.`,
    noAddress: (name) => `${name} har ditt meddelande i chatten. Ingen e-post skickades: adress saknas.`,
  },
}

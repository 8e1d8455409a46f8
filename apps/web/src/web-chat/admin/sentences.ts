import type { Sentences } from '@vaxel/site'

/** What the administrators' screen of chats on websites says. */
export const chatSiteSentences = {
  title: { en: 'Website chat', sv: 'Webbchatt', fr: 'Discussion sur le site' },
  hint: {
    en: 'Visitors of these websites write to your agents. Nothing is kept of them before they have read what is kept and begun.',
    sv: 'Besökare på de här webbplatserna skriver till era agenter. Ingenting sparas om dem innan de har läst vad som sparas och börjat.',
    fr: 'Les visiteurs de ces sites écrivent à vos agents. Rien n’est conservé avant qu’ils aient lu ce qui l’est et commencé.',
  },
  none: {
    en: 'No website has a chat yet.',
    sv: 'Ingen webbplats har en chatt än.',
    fr: 'Aucun site n’a encore de discussion.',
  },
  noQueue: {
    en: 'No queue takes chats. Give one that channel in the contact centre, publish it, then come back.',
    sv: 'Ingen kö tar emot chattar. Ge en kö den kanalen i kontaktcentret, publicera, och kom tillbaka.',
    fr: 'Aucune file ne prend de discussions. Donnez ce canal à une file du centre de contacts, publiez, puis revenez.',
  },
  make: { en: 'New website', sv: 'Ny webbplats', fr: 'Nouveau site' },
  edit: { en: 'Edit {name}', sv: 'Ändra {name}', fr: 'Modifier {name}' },
  name: { en: 'Name', sv: 'Namn', fr: 'Nom' },
  queue: { en: 'Queue', sv: 'Kö', fr: 'File' },
  origins: { en: 'Addresses of the website', sv: 'Webbplatsens adresser', fr: 'Adresses du site' },
  originsHint: {
    en: 'One in a line, without a path: https://www.example.com. Other pages cannot show the chat.',
    sv: 'En per rad, utan sökväg: https://www.example.com. Andra sidor kan inte visa chatten.',
    fr: 'Une par ligne, sans chemin : https://www.example.com. Les autres pages ne peuvent pas l’afficher.',
  },
  asks: { en: 'Visitors say first', sv: 'Besökaren uppger först', fr: 'Le visiteur indique d’abord' },
  'asks.nothing': { en: 'nothing', sv: 'ingenting', fr: 'rien' },
  'asks.name': { en: 'their name', sv: 'sitt namn', fr: 'son nom' },
  'asks.nameAndAddress': { en: 'name and e-mail address', sv: 'namn och e-postadress', fr: 'nom et adresse e-mail' },
  greeting: { en: 'Greeting', sv: 'Hälsning', fr: 'Message d’accueil' },
  consent: {
    en: 'What is kept, in your words',
    sv: 'Vad som sparas, med era ord',
    fr: 'Ce qui est conservé, dans vos mots',
  },
  empty: {
    en: 'Empty: a sentence of ours in the visitor’s language.',
    sv: 'Tomt: en mening från oss på besökarens språk.',
    fr: 'Vide : une phrase de notre part dans la langue du visiteur.',
  },
  privacyUrl: {
    en: 'Address of your privacy page',
    sv: 'Adress till er integritetssida',
    fr: 'Adresse de votre page de confidentialité',
  },
  offlineMail: {
    en: 'Messages go here while nobody is there',
    sv: 'Hit går meddelanden när ingen är där',
    fr: 'Les messages arrivent ici quand personne n’est là',
  },
  offersVoice: {
    en: 'Agents may offer to speak',
    sv: 'Agenter får erbjuda samtal',
    fr: 'Les agents peuvent proposer de parler',
  },
  keepDays: {
    en: 'Days that conversations are kept',
    sv: 'Dagar som konversationer sparas',
    fr: 'Jours de conservation',
  },
  script: {
    en: 'Put this before </body> of each page:',
    sv: 'Lägg detta före </body> på varje sida:',
    fr: 'À placer avant </body> sur chaque page :',
  },
  removeTitle: {
    en: 'Remove the chat of {name}?',
    sv: 'Ta bort chatten på {name}?',
    fr: 'Retirer la discussion de {name} ?',
  },
  removeText: {
    en: 'The script on the website shows nothing from now on. What was written stays as long as it is kept.',
    sv: 'Skriptet på webbplatsen visar inget längre. Det som skrevs finns kvar så länge det sparas.',
    fr: 'Le script du site n’affichera plus rien. Ce qui a été écrit reste le temps de sa conservation.',
  },
} satisfies Sentences<string>

import { type CompanyId, makeId, type RandomBytes } from '@vaxel/base'
import { type Contact, foldText } from '@vaxel/core'

type Row = readonly [name: string, organisation: string, title: string, location: string, work: string, mobile: string]

/** All numbers are ones that regulators keep for fiction: PTS in Sweden, ARCEP in France, Ofcom in the United Kingdom. */
const rows: readonly Row[] = [
  ['Ingrid Ahlgren', 'Ahlgrens Åkeri AB', 'Transportledare', 'Göteborg', '+46313900650', '+46701740610'],
  ['Håkan Åberg', 'Nordfrakt AB', 'Speditör', 'Göteborg', '+46313900651', '+46701740611'],
  ['Sara Öberg', 'Öbergs Bageri', 'Ägare', 'Malmö', '+46406280452', '+46701740612'],
  ['Lars Östlund', 'Östlunds El AB', 'Elektriker', 'Stockholm', '+46846500453', '+46701740613'],
  ['Eva Zetterberg', 'Riksförvaltarna AB', 'Fastighetsskötare', 'Stockholm', '+46846500454', '+46701740614'],
  ['Per Älgström', 'Kontorsgruppen AB', 'Säljare', 'Malmö', '+46406280455', '+46701740615'],
  ['Maria Blomdahl', 'Advokatbyrån Blomdahl', 'Advokat', 'Stockholm', '+46846500456', '+46701740616'],
  ['Nils Wikström', 'Wikströms Bil AB', 'Verkmästare', 'Göteborg', '+46313900657', '+46701740617'],
  ['Annika Lööf', 'Sjukhuset Norr', 'Inköpare', 'Kiruna', '+46980319258', '+46701740618'],
  ['Rolf Thorén', 'Malmfrakt AB', 'Platschef', 'Kiruna', '+46980319259', '+46701740619'],
  ['Ulla Engdahl', 'Engdahl & Co', 'Revisor', 'Stockholm', '+46846500460', '+46701740620'],
  ['Mikael Brännström', 'Fiberbolaget AB', 'Tekniker', 'Malmö', '+46406280461', '+46701740621'],
  ['Sofia Dalgren', 'Dalgren Städ AB', 'Arbetsledare', 'Stockholm', '+46846500462', '+46701740622'],
  ['Kundtjänst', 'Nätbolaget AB', '', 'Stockholm', '+46846500463', ''],
  ['Växel', 'Kommunförbundet Väst', '', 'Göteborg', '+46313900664', ''],
  ['Jonas Carlén', 'Carlén Tryckeri', 'Tryckare', 'Malmö', '+46406280465', '+46701740625'],
  ['Birgitta Sandell', 'Resebyrån Kompass', 'Resesäljare', 'Stockholm', '+46846500466', '+46701740626'],
  ['Amélie Garnier', 'Garnier Logistique', 'Responsable transport', 'Paris', '+33199005510', '+33639980510'],
  ['Benoît Chevalier', 'Chevalier & Fils', 'Gérant', 'Lyon', '+33199005511', '+33639980511'],
  ['Chloé Perrin', 'Atelier Perrin', 'Designer', 'Lyon', '+33199005512', '+33639980512'],
  ['Élodie Fabre', 'Imprimerie Fabre', 'Commerciale', 'Marseille', '+33199005513', '+33639980513'],
  ['Gérard Noël', 'Transports Noël', 'Directeur', 'Nantes', '+33199005514', '+33639980514'],
  ['Hélène Dupré', 'Cabinet Dupré', 'Avocate', 'Paris', '+33199005515', '+33639980515'],
  ['Jérôme Lacroix', 'Lacroix Électricité', 'Électricien', 'Lille', '+33199005516', '+33639980516'],
  ['Océane Barbier', 'Hôtel du Pont', 'Réceptionniste', 'Lyon', '+33199005517', '+33639980517'],
  ['Raphaël Colin', 'Colin Conseil', 'Consultant', 'Paris', '+33199005518', '+33639980518'],
  ['Sébastien Gautier', 'Gautier Voyages', 'Agent', 'Nantes', '+33199005519', '+33639980519'],
  ['Thérèse Aubert', 'Mairie du Vieux-Bourg', 'Secrétaire', 'Vieux-Bourg', '+33199005520', '+33639980520'],
  ['Accueil', 'Clinique des Tilleuls', '', 'Paris', '+33199005521', ''],
  ['Amelia Crowther', 'Crowther Freight Ltd', 'Dispatcher', 'London', '+442079460510', '+447700900510'],
  ['Benjamin Lockwood', 'Lockwood Legal', 'Solicitor', 'London', '+442079460511', '+447700900511'],
  ['Harriet Sinclair', 'Sinclair Events', 'Producer', 'London', '+442079460512', '+447700900512'],
  ["Kieran O'Malley", "O'Malley Builders", 'Site manager', 'Newtown', '+441632960513', '+447700900513'],
  ['Lucy Penhaligon', 'Penhaligon Print', 'Owner', 'Newtown', '+441632960514', '+447700900514'],
  ['Matthew Radcliffe', 'Radcliffe Audit LLP', 'Partner', 'London', '+442079460515', '+447700900515'],
  ['Nadia Rahman', 'Harbour Hotels', 'Bookings', 'London', '+442079460516', '+447700900516'],
  ['Owen Pritchard', 'Pritchard Motors', 'Service desk', 'Newtown', '+441632960517', '+447700900517'],
  ['Philippa Yates', 'Yates Recruitment', 'Consultant', 'London', '+442079460518', '+447700900518'],
  ['Reception', 'Meadow Street Clinic', '', 'London', '+442079460519', ''],
  ['Help desk', 'Northline Internet', '', 'London', '+442079460520', ''],
]

/** Contacts that the demo company shares. */
export function demoContacts(companyId: CompanyId, nowMs: number, random: RandomBytes): Contact[] {
  return rows.map(([name, organisation, title, location, work, mobile]) => ({
    id: makeId(nowMs, random),
    companyId,
    name,
    organisation,
    ...(title === '' ? {} : { title }),
    location,
    numbers: [
      { number: work, kind: 'work' as const },
      ...(mobile === '' ? [] : [{ number: mobile, kind: 'mobile' as const }]),
    ],
    emails: [`${mailPart(name, '.')}@${mailPart(organisation, '-')}.example`],
    changedAtMs: nowMs,
  }))
}

const mailPart = (text: string, joint: string): string =>
  foldText(text.replaceAll("'", ''))
    .replace(/[^a-z0-9]+/g, joint)
    .replace(/^[-.]|[-.]$/g, '')

import type { DocumentSection } from '../../catalogue/catalogue.ts'

/** The document has headings and no numbers; requirements name them as the document writes them. */
export const heading = {
  cover: 'Prérequis techniques Akio TWS V5',
  server: 'Prérequis serveur Akio TWS version 5',
  security: 'Sécurité',
  hardware: 'Configuration matérielle requise - machine virtuelle ou physique',
  mediaServer: 'Contrainte matérielle TWS Media Server',
  clients: 'Prérequis postes clients',
  exclusions: 'Prérequis client et serveur : autorisations, antivirus et exclusions firewall',
  network: 'Prérequis infrastructure réseau',
  serverToPcs: 'Entre le serveur Akio TWS et les PC des utilisateurs',
  softphone: 'TWS Softphone - PC des utilisateurs ↔ PABX / Proxy SIP / PC',
  pcsToPhones: 'Entre les PC des utilisateurs et le poste téléphonique (Yealink et Snom uniquement)',
  serverToPhones: 'Entre le serveur Akio TWS et le poste téléphonique (Yealink et Snom uniquement)',
  serverToPbx: 'Entre le serveur Akio TWS et le PABX',
  serverToOthers: "Entre le serveur Akio TWS et d'autres serveurs",
  bandwidth: 'Bande passante',
  telephony: 'Prérequis infrastructure téléphonique',
  snom: 'Prérequis SNOM',
  yealink: 'Prérequis YEALINK',
  mitel: 'Prérequis MITEL',
  alcatel: 'Prérequis IPBX ALCATEL',
  unify: 'Prérequis IPBX pour Unify (SIEMENS)',
} as const

const withoutReasons: Readonly<Record<string, string>> = {
  [heading.network]: 'A heading over the sections that follow; it has no text of its own.',
  [heading.telephony]: 'A heading over the sections that follow; it has no text of its own.',
}

export const sections: readonly DocumentSection[] = Object.values(heading).map((title) => ({
  number: title,
  title,
  ...(withoutReasons[title] !== undefined && { without: withoutReasons[title] }),
}))

/** Edition of the document. */
export const edition = '09/2024'

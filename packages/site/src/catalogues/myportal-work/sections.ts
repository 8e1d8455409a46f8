import type { DocumentSection } from '../../catalogue/catalogue.ts'

const titles: readonly (readonly [number: string, title: string, without?: string])[] = [
  ['Disclaimer', 'Disclaimer'],
  ['1', 'myPortal @work user configuration'],
  ['1.1', 'Local LAN configuration - UC and CTI client only'],
  ['1.2', 'Local LAN configuration - UC and VoIP client'],
  ['1.3', 'MULAP user configuration (Local LAN)'],
  ['1.4', 'Home user with VPN connection configuration'],
  ['1.5', 'myPortal @work via public Internet'],
  ['1.6', 'Home user with VPN and local LAN configuration'],
  ['1.7', 'myPortal @work via public Internet and local LAN configuration'],
  ['1.8', 'Deskshare user via local LAN'],
  ['1.9', 'Remote Deskshare user via VPN'],
  ['1.10', 'Remote Deskshare user via public Internet'],
  ['1.11', 'Combination of myPortal @work with other UC Suite clients and license configuration'],
  ['1.11.1', 'UC user license'],
  ['1.11.2', 'Groupware license'],
  ['1.11.3', 'Combination of IP, UC user and myAgent license'],
  ['2', 'Configuration steps to use myPortal @work via the internet', 'A heading over the sections that follow.'],
  ['2.1', 'Configuration Overview'],
  ['2.2', 'Network scenario description'],
  ['2.3', 'Configuration steps', 'Lists the three sections that follow.'],
  ['2.3.1', 'OpenScape Business configuration'],
  ['2.3.2', 'Office router configuration'],
  ['2.3.3', 'myPortal @work and external router configuration'],
  ['3', 'Other Configuration Hints & Settings', 'A heading over the sections that follow.'],
  ['3.1', 'STUN server settings'],
  ['3.2', 'Headsets'],
  ['3.3', 'Jabra/Plantronics headset integration'],
  ['3.4', 'Ports and Firewall Settings'],
  ['3.5', 'Restrictions on VoIP'],
  ['4', 'Troubleshooting Guide', 'A heading over the sections that follow.'],
  ['4.1', 'Connection Timeout'],
  ['4.2', 'No Payload'],
  ['5', 'Further Hints', 'A heading over the section that follows.'],
  ['5.1', 'SIP ALG (Application Layer Gateway)'],
]

export const sections: readonly DocumentSection[] = titles.map(([number, title, without]) => ({
  number,
  title,
  ...(without !== undefined && { without }),
}))

/** Edition of the document: release 01/2021, revision 2.4. */
export const edition = '2.4'

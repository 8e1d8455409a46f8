import type { DocumentSection } from '../../catalogue/catalogue.ts'
import type { Edition } from './editions.ts'

const heading = 'A heading; its parts carry the requirements.'
const references = 'A list of references; what they require is named where they are cited.'

const before: readonly DocumentSection[] = [
  { number: '1', title: 'Introduction' },
  { number: '2', title: 'General requirements for the target environment', without: heading },
  { number: '2.1', title: 'Internet and local area network' },
  { number: '2.2', title: 'SSL Certificates' },
  { number: '2.3', title: 'DataNet connection' },
  { number: '2.3.1', title: 'Demarcation point of DataNet at customer site' },
  { number: '2.3.2', title: 'Routing of data traffic' },
  { number: '2.4', title: 'E-mail server' },
  { number: '2.5', title: 'Personal Computers', without: heading },
  { number: '2.5.1', title: 'Web Browser' },
  { number: '2.5.2', title: 'Touchpoint Plus Softphone' },
]

const afterComputers: readonly DocumentSection[] = [
  { number: '2.6', title: 'IP Phones' },
  { number: '2.7', title: 'ATA analogue Adapter' },
  { number: '2.8', title: 'Mobile Devices' },
  { number: '3', title: 'Requirements for Touchpoint Plus add-ons', without: heading },
  { number: '3.1', title: 'Calendar Integration – Exchange' },
  { number: '3.1.1', title: 'Microsoft Exchange Online in Microsoft 365' },
  { number: '3.1.2', title: 'Microsoft Exchange on premise' },
]

const afterAddOns: readonly DocumentSection[] = [
  { number: '4', title: 'Other Products and Services, demand for the Target Environment' },
  { number: '5', title: 'Bandwidth requirements – Calculation examples' },
  { number: '5.1', title: 'Example' },
]

const sections344: readonly DocumentSection[] = [
  ...before,
  { number: '2.5.3', title: 'Advanced Attendant' },
  { number: '2.5.4', title: 'Remote Installation' },
  { number: '2.5.5', title: 'Local Firewall' },
  ...afterComputers,
  { number: '3.2', title: 'Skype For Business / Lync Integration' },
  { number: '3.2.1', title: 'Skype For Business / Lync Integration Presence only' },
  { number: '3.2.2', title: 'Skype For Business / Lync Integration Presence & Voice' },
  { number: '3.3', title: 'Teams Integration' },
  { number: '3.3.1', title: 'Teams Integration Presence' },
  { number: '3.3.2', title: 'Teams Integration Voice' },
  { number: '3.4', title: 'Advanced Attendant' },
  { number: '3.5', title: 'AD Integration with CSV-file' },
  { number: '3.6', title: 'AD Integration using MS Graph API' },
  { number: '3.7', title: 'Call recording' },
  ...afterAddOns,
  {
    number: '6',
    title: 'Table for required firewall openings',
    without: 'Introduces the tables of 6.1 to 6.7, each row of which is a requirement.',
  },
  { number: '6.1', title: 'Touchpoint Plus web portal (end-user and administrator)' },
  { number: '6.2', title: 'Touchpoint Plus Softphone' },
  { number: '6.3', title: 'Touchpoint Plus IP Phones and ATA-boxes' },
  { number: '6.4', title: 'Calendar Integration – Exchange' },
  { number: '6.5', title: 'S4B/Lync Integration' },
  { number: '6.6', title: 'Advanced Attendant' },
  { number: '6.7', title: 'AD Integration' },
  { number: '7', title: 'References', without: references },
]

const sections354: readonly DocumentSection[] = [
  ...before,
  { number: '2.5.3', title: 'Touchpoint Plus ConnectMe (web softphone)' },
  { number: '2.5.4', title: 'Advanced Attendant' },
  { number: '2.5.5', title: 'Remote Installation' },
  { number: '2.5.6', title: 'Local Firewall' },
  ...afterComputers,
  { number: '3.2', title: 'Teams Integration' },
  { number: '3.2.1', title: 'Teams Integration Presence' },
  { number: '3.2.2', title: 'Teams Integration Voice' },
  { number: '3.3', title: 'Advanced Attendant' },
  { number: '3.4', title: 'AD Integration with CSV-file' },
  { number: '3.5', title: 'AD Integration using MS Graph API' },
  { number: '3.6', title: 'Call recording' },
  ...afterAddOns,
  { number: '6', title: 'Required firewall openings' },
  { number: '6.1', title: 'Touchpoint Plus web portal (end-user and administrator)' },
  { number: '6.2', title: 'Touchpoint Plus Softphone' },
  { number: '6.3', title: 'Touchpoint Plus ConnectMe' },
  { number: '6.4', title: 'Touchpoint Plus IP Phones and ATA-boxes' },
  { number: '6.5', title: 'Calendar Integration – Exchange' },
  { number: '6.6', title: 'Advanced Attendant' },
  { number: '6.7', title: 'AD Integration' },
  { number: '7', title: 'References' },
]

/** Every section of one edition, in its order. */
export const sectionsOf = (edition: Edition): readonly DocumentSection[] =>
  edition === '3.44' ? sections344 : sections354

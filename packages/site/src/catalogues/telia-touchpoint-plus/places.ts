import type { Place, SiteOption } from '../../catalogue/catalogue.ts'
import { type Edition, serviceNetworks } from './editions.ts'

/** Who talks to whom, as chapter 6 and the add-ons name them. */
export function placesOf(edition: Edition): readonly Place[] {
  const places: Place[] = [
    { name: 'customer-network', label: 'Customer network', side: 'customer' },
    { name: 'computers', label: 'User computers', side: 'customer' },
    { name: 'telephones', label: 'IP telephones', side: 'customer' },
    { name: 'adapters', label: 'Analogue adapters', side: 'customer' },
    { name: 'mobile-phones', label: 'Mobile phones', side: 'customer' },
    { name: 'mail-server', label: 'Customer mail server', side: 'customer' },
    { name: 'exchange-server', label: 'Exchange Web Services', side: 'customer' },
    { name: 'ad-server', label: 'Server that exchanges directory data', side: 'customer' },
    { name: 'service', label: 'Touchpoint Plus', side: 'provider', addresses: serviceNetworks(edition) },
    {
      name: 'attendant-service',
      label: 'Advanced Attendant',
      side: 'provider',
      addresses: [{ network: '213.65.172.64-67' }],
    },
    {
      name: 'ad-integration',
      label: 'AD Integration servers',
      side: 'provider',
      addresses: [{ network: '213.65.58.109' }, { network: '213.65.37.180' }],
    },
    { name: 'access-router', label: 'DataNet access router', side: 'provider' },
    { name: 'mediatrix-redirection', label: 'Media5 start-up servers (Mediatrix)', side: 'third-party' },
    { name: 'mitel-redirection', label: 'Mitel start-up servers', side: 'third-party' },
    { name: 'snom-redirection', label: 'Snom start-up servers', side: 'third-party' },
    { name: 'microsoft-365', label: 'Microsoft 365', side: 'third-party' },
  ]
  if (edition === '3.44')
    places.push(
      { name: 's4b-front-end', label: 'Skype for Business / Lync Front End servers', side: 'customer' },
      { name: 's4b-mediation', label: 'Skype for Business / Lync Mediation servers', side: 'customer' },
    )
  else
    places.push(
      {
        name: 'connectme-login',
        label: 'Login of ConnectMe',
        side: 'provider',
        addresses: [{ name: 'login.touchpoint.telia.se' }, { network: '185.39.125.17' }],
      },
      {
        name: 'connectme-gateway',
        label: 'Web gateway of ConnectMe (SMG)',
        side: 'provider',
        addresses: [{ network: '185.39.124.98-99' }, { network: '185.39.125.98-99' }],
      },
    )
  return places
}

const choice = (id: string, label: string, ...choices: readonly (readonly [string, string])[]): SiteOption => ({
  id,
  label,
  kind: 'choice',
  choices: choices.map(([of, name]) => ({ id: of, label: name })),
})

const flag = (id: string, label: string): SiteOption => ({ id, label, kind: 'flag' })

/** What a customer orders or has, as far as it changes what is required. */
export const optionsOf = (edition: Edition): readonly SiteOption[] => [
  choice(
    'exchange',
    'Calendar integration',
    ['none', 'None'],
    ['online', 'Exchange Online in Microsoft 365'],
    ['on-premise', 'Exchange on premise'],
  ),
  ...(edition === '3.44'
    ? [
        choice(
          'skypeForBusiness',
          'Skype for Business / Lync integration',
          ['none', 'None'],
          ['presence', 'Presence only'],
          ['voice', 'Presence and voice'],
        ),
        flag('skypePrivateCertificate', 'Skype for Business with private certificates (an add-on to buy)'),
      ]
    : []),
  choice('teams', 'Teams integration', ['none', 'None'], ['presence', 'Presence'], ['voice', 'Presence and voice']),
  flag('advancedAttendant', 'Advanced Attendant'),
  flag('adCsv', 'AD integration with a CSV or LDIF file'),
  flag('adGraph', 'AD integration by Microsoft Graph'),
  flag('callRecording', 'Call recording'),
  flag('otherProducts', 'Other products of the provider that work together with the service'),
  choice(
    'phoneMaker',
    'Maker of the IP telephones',
    ['snom', 'Snom'],
    ['mitel', 'Mitel'],
    ['both', 'Snom and Mitel'],
    ['other', 'Another'],
  ),
  choice('ataMaker', 'Maker of the analogue adapters', ['mediatrix', 'Mediatrix'], ['other', 'Another']),
  flag('anyDestination', 'The firewall lets traffic out to any address'),
  flag('limitedDataNet', 'Only some networks of the site may use the service over DataNet'),
  flag('spf', 'The customer’s mail domain publishes SPF'),
  flag('acdViews', 'People use the contact centre or attendant view of the softphone'),
  flag('macComputers', 'The softphone runs on Mac computers'),
  flag('thinClients', 'The softphone runs on thin clients, terminal servers or streamed applications'),
  flag('remoteInstallation', 'Software is installed from a central place'),
  flag('localFirewall', 'Computers have a firewall of their own'),
]

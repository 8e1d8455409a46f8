import type { DeviceName } from '@vaxel/site'

/** As their makers call them. */
export const deviceTitles: Readonly<Record<DeviceName, string>> = {
  nftables: 'Linux nftables',
  iptables: 'Linux iptables',
  windows: 'Windows (PowerShell)',
  'cisco-ios': 'Cisco IOS',
  'cisco-asa': 'Cisco ASA',
  fortigate: 'Fortinet FortiGate',
  'palo-alto': 'Palo Alto Networks',
  pfsense: 'pfSense',
  opnsense: 'OPNsense',
  routeros: 'MikroTik RouterOS',
  'aws-terraform': 'AWS (Terraform)',
  'azure-terraform': 'Azure (Terraform)',
  csv: 'CSV',
}

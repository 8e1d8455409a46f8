import { type Place, runTool } from '@vaxel/testkit'

/** The test's own way to a page (the control network) is no way for its calls. */
export function callsGoThroughTheHome({ namespace }: Place): void {
  const rule = 'add table inet only; add chain inet only out { type filter hook output priority 0; }'
  const drop = 'add rule inet only out ip saddr 169.254.0.0/16 ip daddr 203.0.113.0/24 drop'
  runTool('ip', ['netns', 'exec', namespace, 'nft', `${rule}; ${drop}`])
}

/** As from Wi-Fi to another network: the address is gone without a word, another one is there. */
export function moveToAnotherNetwork({ namespace, address }: Place): void {
  const other = address.replace(/\d+$/, '77')
  for (const change of [
    ['del', `${address}/24`],
    ['add', `${other}/24`],
  ])
    runTool('ip', ['-n', namespace, 'address', ...change, 'dev', 'eth0'])
  runTool('ip', ['-n', namespace, 'route', 'replace', 'default', 'via', '192.168.1.1'])
}

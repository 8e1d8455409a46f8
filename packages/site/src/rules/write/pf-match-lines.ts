import { type AliasRule, familyWord } from './pf-aliases.ts'
import { element } from './xml.ts'

/**
 * What a rule of pfSense or OPNsense lets pass, and what it is called: the part of the element that both write alike.
 * @param any the element that stands for every address
 * @param title fit for the device
 */
export function matchLines({ rule, from, to, ports }: AliasRule, any: string, title: string): string[] {
  const { protocol } = rule.opening
  return [
    `      ${element('ipprotocol', familyWord(rule))}`,
    `      ${element('protocol', protocol)}`,
    ...(protocol === 'icmp' ? ['      <icmptype>echoreq</icmptype>'] : []),
    '      <source>',
    `        ${from === 'any' ? any : element('address', from)}`,
    '      </source>',
    '      <destination>',
    `        ${to === 'any' ? any : element('address', to)}`,
    ...(ports === 'any' ? [] : [`        ${element('port', ports)}`]),
    '      </destination>',
    `      ${element('descr', title)}`,
  ]
}

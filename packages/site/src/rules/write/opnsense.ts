import type { Device } from './device.ts'
import { aliasesOf } from './pf-aliases.ts'
import { matchLines } from './pf-match-lines.ts'
import { oneLine } from './plain-text.ts'
import { remark } from './remark.ts'
import { element, xmlComment } from './xml.ts'

/** OPNsense: a description has at most 255 characters. */
const mostDescription = 255

/** The alias model and the `filter` part of OPNsense's config.xml: floating rules that let pass on any interface. */
export const opnsense: Device = {
  fileName: 'vaxel-site-opnsense.xml',
  mediaType: 'application/xml',
  names: 'exact',
  write(rules, { language, head, note }) {
    note({ key: 'replacesSection', values: {} })
    const { aliases, rules: allNamed } = aliasesOf(rules)
    const fit = (text: string): string => oneLine(text).slice(0, mostDescription)
    const aliasLines = aliases.flatMap(({ name, type, items, title }) => [
      `        <alias uuid="${uuidOf(`alias ${name}`)}">`,
      '          <enabled>1</enabled>',
      `          ${element('name', name)}`,
      `          ${element('type', type)}`,
      // One a line: the only place where a line end is meant.
      `          <content>${items.join('\n')}</content>`,
      `          ${element('description', fit(title))}`,
      '        </alias>',
    ])
    const ruleLines = allNamed.flatMap((named) => [
      `    <rule uuid="${uuidOf(`rule ${named.rule.opening.id}`)}">`,
      '      <type>pass</type>',
      '      <floating>yes</floating>',
      '      <quick>1</quick>',
      '      <direction>any</direction>',
      '      <statetype>keep state</statetype>',
      ...matchLines(named, '<any>1</any>', remark(named.rule.opening, language, fit)),
      '    </rule>',
    ])
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      ...head().map(xmlComment),
      '<opnsense>',
      '  <OPNsense>',
      '    <Firewall>',
      '      <Alias>',
      '      <aliases>',
      ...aliasLines,
      '      </aliases>',
      '      </Alias>',
      '    </Firewall>',
      '  </OPNsense>',
      '  <filter>',
      ...ruleLines,
      '  </filter>',
      '</opnsense>',
    ]
    return `${lines.join('\n')}\n`
  },
}

/** The same text always gets the same id, so that a file made again differs only where the openings do (RFC 9562 §5.8, our own hash). */
function uuidOf(text: string): string {
  let hex = ''
  for (let round = 0; round < 4; round += 1) {
    let hash = 0x811c9dc5 ^ round
    for (const char of `${round} ${text}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0
    hex += hash.toString(16).padStart(8, '0')
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

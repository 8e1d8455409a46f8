import type { Device } from './device.ts'
import { aliasesOf } from './pf-aliases.ts'
import { matchLines } from './pf-match-lines.ts'
import { oneLine } from './plain-text.ts'
import { remark } from './remark.ts'
import { element, xmlComment } from './xml.ts'

/** pfSense: a rule's description has at most 52 characters in its form; longer ones are kept in the file but cut on screen. */
const mostDescription = 255

/** The `aliases` and `filter` parts of pfSense's config.xml, as its backup writes them: floating rules that let pass on any interface. */
export const pfsense: Device = {
  fileName: 'vaxel-site-pfsense.xml',
  mediaType: 'application/xml',
  names: 'exact',
  write(rules, { language, head, note }) {
    note({ key: 'replacesSection', values: {} })
    const { aliases, rules: allNamed } = aliasesOf(rules)
    const fit = (text: string): string => oneLine(text).slice(0, mostDescription)
    const aliasLines = aliases.flatMap(({ name, type, items, title }) => [
      '    <alias>',
      `      ${element('name', name)}`,
      `      ${element('type', type)}`,
      `      ${element('address', items.join(' '))}`,
      `      ${element('descr', fit(title))}`,
      '    </alias>',
    ])
    const ruleLines = allNamed.flatMap((named) => [
      '    <rule>',
      `      ${element('type', 'pass')}`,
      '      <floating>yes</floating>',
      '      <quick>yes</quick>',
      '      <direction>any</direction>',
      ...matchLines(named, '<any></any>', remark(named.rule.opening, language, fit)),
      '    </rule>',
    ])
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      ...head().map(xmlComment),
      '<pfsense>',
      '  <aliases>',
      ...aliasLines,
      '  </aliases>',
      '  <filter>',
      ...ruleLines,
      '  </filter>',
      '</pfsense>',
    ]
    return `${lines.join('\n')}\n`
  },
}
